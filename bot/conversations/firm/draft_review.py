"""A draft on its way to review: presented, corrected by one line, sent, and the next one."""

from __future__ import annotations

import uuid
from typing import cast

from bot.conversations.firm.draft_lines import changed_part, gap_words
from bot.conversations.firm.draft_notes import line_of, unread_of
from bot.conversations.turn import Answers, Turn
from bot.services.follow_up import applications
from bot.services.vacancies import posts, vacancies
from bot.services.vacancies.vacancy_drafts import (
    LOW_PAY,
    gaps,
    missing_essentials,
    snapshot,
)
from bot.understanding import Correction
from storage.models import Enterprise, Vacancy
from storage.states import EnterpriseStatus, VacancyStatus

UNDO_WORDS = frozenset({"撤销", "撤回", "改回去", "改回来", "undo"})
LONGEST_LINE = 200
SHOWN_UNREAD = 60
# Where a draft stands that still waits for a word.
WAITING = frozenset({VacancyStatus.DRAFT, VacancyStatus.CONFIRMED, VacancyStatus.NEEDS_FIX})
# The step that closes several posts with a count of what became of them.
CLOSING = "vacancy_posting.closing"


def begin(turn: Turn, drafts: list[Vacancy], *, firm: Enterprise) -> None:
    """Go through `drafts` one after the other, from the first."""
    turn.answers = answers_of(drafts, firm=firm)
    present(turn)


def answers_of(drafts: list[Vacancy], *, firm: Enterprise) -> Answers:
    """Return what is kept while drafts are gone through, from the first."""
    return {
        "drafts": [draft.id.hex for draft in drafts],
        "at": 0,
        "firm": firm.id.hex,
        "accepted": [],
    }


def present(turn: Turn) -> None:
    """Say what was understood of the present draft, and ask what it needs."""
    vacancy = current(turn)
    _take_out_what_was_agreed(turn, vacancy)
    keys = draft_keys(turn)
    line = line_of(turn, vacancy)
    if len(keys) > 1:
        turn.say(
            "vacancy_posting.read.one_of",
            line=f"{firm_part(turn, vacancy)}{line}",
            place=at(turn) + 1,
            count=len(keys),
        )
    elif line:
        turn.say("vacancy_posting.read.understood", line=line)
    unread = unread_of(turn, vacancy)
    if unread:
        turn.say("vacancy_posting.read.unread", words=unread)
    if gaps(vacancy) and not missing_essentials(vacancy):
        turn.say(
            "vacancy_posting.read.gaps", gaps=gap_words(turn.deployment, vacancy, turn.language)
        )
    turn.go("vacancy_posting.next")


def current(turn: Turn) -> Vacancy:
    """Return the draft that is looked at."""
    return turn.uow.vacancies.need(uuid.UUID(draft_keys(turn)[at(turn)]))


def draft_keys(turn: Turn) -> list[str]:
    """Return the drafts that are gone through, in order, as hex keys."""
    return cast("list[str]", turn.answers["drafts"])


def drafts_of(turn: Turn) -> list[Vacancy]:
    """Return the drafts that are gone through, in order."""
    return [turn.uow.vacancies.need(uuid.UUID(key)) for key in draft_keys(turn)]


def at(turn: Turn) -> int:
    """Return the place of the draft that is looked at, from 0."""
    return cast("int", turn.answers["at"])


def firm_part(turn: Turn, vacancy: Vacancy) -> str:
    """Return the firm's name with a bar behind it, where the drafts are of several firms."""
    if not turn.answers.get("several_firms"):
        return ""
    return f"{turn.uow.enterprises.need(vacancy.enterprise_id).name} | "


def correct_by_line(turn: Turn, text: str) -> bool:
    """Take 工资 4500-5500, several such parts, or 撤销; False when nothing of it was read."""
    vacancy = current(turn)
    if text.strip().lower() in UNDO_WORDS:
        _undo(turn, vacancy)
        return True
    found, unread = posts.corrections_in(turn.deployment, vacancy, text[:LONGEST_LINE])
    if not found:
        return False
    turn.answers["before"] = {**_kept(turn), vacancy.id.hex: snapshot(vacancy)}
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


def send(turn: Turn, vacancy: Vacancy, *, purpose: str) -> None:
    """Send it to review, tell by when it is answered, and turn to the next one."""
    vacancies.send_to_review(turn.uow, turn.deployment, vacancy)
    note_sent(turn, vacancy)
    turn.say(
        f"vacancy_posting.sent.{purpose}",
        number=vacancies.reference(vacancy),
        hours=vacancies.REVIEW_HOURS,
    )
    go_on(turn)


def note_sent(turn: Turn, vacancy: Vacancy) -> None:
    """Remember that this draft went out from here."""
    turn.answers["sent"] = [*cast("list[str]", turn.answers.get("sent") or []), vacancy.id.hex]


def go_on(turn: Turn) -> None:
    """Turn to the next draft that still waits for a word, or close."""
    rest = enumerate(drafts_of(turn)[at(turn) + 1 :], start=at(turn) + 1)
    following = next((place for place, one in rest if one.status in WAITING), None)
    if following is None:
        turn.go(CLOSING)
    else:
        go_to(turn, following)


def go_to(turn: Turn, place: int) -> None:
    """Look at the draft at `place`; what was agreed for a post holds for that post only."""
    before = current(turn)
    turn.answers["at"] = place
    if current(turn).post_text != before.post_text:
        turn.answers["accepted"] = []
    present(turn)


def say_pending_firms(turn: Turn) -> None:
    """Say which firms are still to be verified before what was sent is published."""
    sent = cast("list[str]", turn.answers.get("sent") or [])
    firms = {one.enterprise_id for one in drafts_of(turn) if one.id.hex in sent}
    for key in sorted(firms):
        firm = turn.uow.enterprises.need(key)
        if firm.status == EnterpriseStatus.PENDING:
            turn.say("vacancy_posting.sent.firm_pending", firm=firm.name)


def _undo(turn: Turn, vacancy: Vacancy) -> None:
    kept = _kept(turn)
    before = kept.pop(vacancy.id.hex, None)
    turn.answers["before"] = kept
    if not isinstance(before, dict):
        turn.say("vacancy_posting.change.nothing")
    else:
        vacancies.undo(turn.uow, turn.deployment, vacancy, before)
        turn.say("vacancy_posting.change.undone", line=line_of(turn, vacancy))
    turn.go("vacancy_posting.next")


def _kept(turn: Turn) -> dict[str, object]:
    """Return the wording before the last change of each draft."""
    return dict(cast("dict[str, object]", turn.answers.get("before") or {}))


def _take_out_what_was_agreed(turn: Turn, vacancy: Vacancy) -> None:
    """Apply what the firm accepted for an earlier draft of the same post; pay is each one's own."""
    accepted = set(cast("list[str]", turn.answers["accepted"])) - {LOW_PAY}
    codes = [code for code, _ in vacancy.violations if code in accepted]
    if codes:
        vacancies.remove_violations(turn.uow, turn.deployment, vacancy, codes)
