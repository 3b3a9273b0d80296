"""A draft on its way to review: presented, corrected by one line, sent, and the next one."""

from __future__ import annotations

import uuid
from typing import cast

from bot.conversations.draft_lines import changed_part, draft_line, gap_words
from bot.conversations.turn import Turn
from bot.services import applications, posts, vacancies
from bot.services.vacancy_drafts import LOW_PAY, gaps, missing_essentials, snapshot
from bot.understanding import Correction
from storage.models import Enterprise, Vacancy
from storage.states import EnterpriseStatus

UNDO_WORDS = frozenset({"撤销", "撤回", "改回去", "改回来", "undo"})
LONGEST_LINE = 200
SHOWN_UNREAD = 60


def begin(turn: Turn, drafts: list[Vacancy], *, firm: Enterprise) -> None:
    """Go through `drafts` one after the other, from the first."""
    turn.answers = {
        "drafts": [draft.id.hex for draft in drafts],
        "at": 0,
        "firm": firm.id.hex,
        "accepted": [],
    }
    present(turn)


def present(turn: Turn) -> None:
    """Say what was understood of the present draft, and ask what it needs."""
    vacancy = current(turn)
    _take_out_what_was_agreed(turn, vacancy)
    drafts = cast("list[str]", turn.answers["drafts"])
    line = draft_line(turn.deployment, vacancy, turn.language)
    if len(drafts) > 1:
        place = cast("int", turn.answers["at"]) + 1
        turn.say("vacancy_posting.read.one_of", line=line, place=place, count=len(drafts))
    elif line:
        turn.say("vacancy_posting.read.understood", line=line)
    if gaps(vacancy) and not missing_essentials(vacancy):
        turn.say(
            "vacancy_posting.read.gaps", gaps=gap_words(turn.deployment, vacancy, turn.language)
        )
    turn.go("vacancy_posting.next")


def current(turn: Turn) -> Vacancy:
    """Return the draft that is looked at."""
    drafts = cast("list[str]", turn.answers["drafts"])
    return turn.uow.vacancies.need(uuid.UUID(drafts[cast("int", turn.answers["at"])]))


def correct_by_line(turn: Turn, text: str) -> bool:
    """Take 工资 4500-5500, several such parts, or 撤销; False when nothing of it was read."""
    vacancy = current(turn)
    if text.strip().lower() in UNDO_WORDS:
        _undo(turn, vacancy)
        return True
    found, unread = posts.corrections_in(turn.deployment, vacancy, text[:LONGEST_LINE])
    if not found:
        return False
    turn.answers["before"] = snapshot(vacancy)
    apply_all(turn, vacancy, found)
    if unread:
        turn.say("vacancy_posting.change.unread", words="、".join(unread)[:SHOWN_UNREAD])
    turn.go("vacancy_posting.next")
    return True


def correct_one(turn: Turn, vacancy: Vacancy, text: str) -> bool:
    """Take a line about a vacancy that was not being looked at; False leaves all as it was."""
    before = turn.answers
    turn.answers = {
        "drafts": [vacancy.id.hex],
        "at": 0,
        "firm": vacancy.enterprise_id.hex,
        "accepted": [],
    }
    if correct_by_line(turn, text):
        return True
    turn.answers = before
    return False


def apply_all(turn: Turn, vacancy: Vacancy, corrections: list[Correction]) -> None:
    """Make the corrections and repeat what they changed."""
    for correction in corrections:
        vacancies.correct(turn.uow, turn.deployment, vacancy, correction)
    if any(correction.field == "headcount" for correction in corrections):
        applications.close_if_full(turn.uow, turn.deployment, vacancy)
    comma = turn.text("vacancy_posting.part.comma")
    parts = [
        changed_part(turn.deployment, vacancy, correction.field, turn.language)
        for correction in corrections
    ]
    turn.say("vacancy_posting.change.done", changed=comma.join(dict.fromkeys(parts)))


def _undo(turn: Turn, vacancy: Vacancy) -> None:
    kept = turn.answers.pop("before", None)
    if not isinstance(kept, dict):
        turn.say("vacancy_posting.change.nothing")
    else:
        vacancies.undo(turn.uow, turn.deployment, vacancy, kept)
        line = draft_line(turn.deployment, vacancy, turn.language)
        turn.say("vacancy_posting.change.undone", line=line)
    turn.go("vacancy_posting.next")


def _take_out_what_was_agreed(turn: Turn, vacancy: Vacancy) -> None:
    """Apply what the firm accepted for an earlier draft of the same post; pay is each one's own."""
    accepted = set(cast("list[str]", turn.answers["accepted"])) - {LOW_PAY}
    codes = [code for code, _ in vacancy.violations if code in accepted]
    if codes:
        vacancies.remove_violations(turn.uow, turn.deployment, vacancy, codes)


def send(turn: Turn, vacancy: Vacancy, *, purpose: str) -> None:
    """Send it to review, tell by when it is answered, and turn to the next one."""
    vacancies.send_to_review(turn.uow, turn.deployment, vacancy)
    turn.answers["sent"] = True
    turn.say(
        f"vacancy_posting.sent.{purpose}",
        number=vacancies.reference(vacancy),
        hours=vacancies.REVIEW_HOURS,
    )
    go_on(turn)


def go_on(turn: Turn) -> None:
    """Turn to the next draft of the post, or close."""
    drafts = cast("list[str]", turn.answers["drafts"])
    place = cast("int", turn.answers["at"]) + 1
    if place < len(drafts):
        turn.answers["at"] = place
        turn.answers.pop("before", None)
        present(turn)
        return
    firm = turn.uow.enterprises.need(uuid.UUID(str(turn.answers["firm"])))
    if firm.status == EnterpriseStatus.PENDING and turn.answers.get("sent"):
        turn.say("vacancy_posting.sent.firm_pending", firm=firm.name)
    turn.finish(again="vacancy_posting.sent.again")
