"""Several posts of one message: whose each is, and a draft for each that can be one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversations.firm.draft_batches import begin_all
from bot.conversations.firm.draft_notes import note_unread
from bot.conversations.officer.posted_firms import firms_in
from bot.conversations.turn import Turn
from bot.services.vacancies import posts, vacancies
from bot.understanding import PostReading
from bot.understanding.values import PostPart
from storage.models import Enterprise, Vacancy
from storage.states import EnterpriseStatus, Role

# What waits among the answers until its firm is known; a registration keeps it by this name too.
PASTED = "post"
SHOWN = 40


def firms_of(turn: Turn, parts: Sequence[PostPart]) -> list[Enterprise | None]:
    """Return the firm of each post: the firm that speaks, or the one an officer's words name."""
    if turn.role is Role.OFFICER and turn.officer is not None:
        return firms_in(turn, turn.officer, [part.text for part in parts])
    return [turn.enterprise for _ in parts]


def take_parts(turn: Turn, parts: Sequence[PostPart], firms: Sequence[Enterprise | None]) -> None:
    """Make drafts of all posts that can be one, say which cannot, and show the drafts.

    Left out, and named, are posts without any work in them, those of a suspended firm, and the
    very words that were posted within the hour.
    """
    turn.answers = {}
    drafts: list[Vacancy] = []
    for part, firm in zip(parts, firms, strict=True):
        if firm is not None and not _is_left_out(turn, part, firm):
            drafts += _drafts_of(turn, part, firm)
    if drafts:
        begin_all(turn, drafts)
    else:
        turn.finish()


def unread_in(reading: PostReading) -> list[str]:
    """Return what was not understood of a post, without the titles that are asked about."""
    named = [job.title_raw for job in reading.jobs if job.title_raw]
    return [part for part in reading.not_understood if not any(one in part for one in named)]


def _is_left_out(turn: Turn, part: PostPart, firm: Enterprise) -> bool:
    words = " ".join(part.text.split())[:SHOWN]
    if not part.reading.jobs:
        turn.say("vacancy_posting.all.no_work", words=words)
        return True
    if firm.status is EnterpriseStatus.SUSPENDED:
        turn.say("vacancy_posting.all.suspended", firm=firm.name, words=words)
        return True
    earlier = posts.same_post(turn.uow, turn.deployment, firm, part.text)
    if earlier is not None:
        number = vacancies.reference(earlier)
        turn.say("vacancy_posting.all.same_again", number=number, words=words)
    return earlier is not None


def _drafts_of(turn: Turn, part: PostPart, firm: Enterprise) -> list[Vacancy]:
    officer = turn.officer if turn.role is Role.OFFICER else None
    drafts = vacancies.create_drafts(
        turn.uow,
        turn.deployment,
        firm,
        part.text[: posts.LONGEST_READ],
        part.reading,
        officer_id=officer.id if officer is not None else None,
    )
    note_unread(turn, drafts[0], unread_in(part.reading))
    return drafts
