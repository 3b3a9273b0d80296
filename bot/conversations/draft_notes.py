"""What a post said beyond the vacancy's columns, kept among the answers until it is sent."""

from __future__ import annotations

from typing import cast

from bot.conversations.draft_lines import draft_line
from bot.conversations.turn import Turn
from bot.understanding import JobReading
from storage.models import Vacancy
from storage.states import Role

SAID, UNREAD = "said", "unread"
EDUCATIONS = frozenset({"none", "primary", "junior_high", "senior_high", "vocational", "college"})
SHOWN_UNREAD = 60


def note_said(turn: Turn, vacancy: Vacancy, job: JobReading) -> None:
    """Keep schooling, shifts, base pay and the occupation's code of one draft."""
    said = {
        "education": job.education,
        "shifts": list(job.shifts),
        "base_pay": job.base_pay,
        "occupation": job.occupation_code,
    }
    kept = {name: value for name, value in said.items() if value}
    if kept:
        turn.answers[SAID] = {**_notes(turn, SAID), vacancy.id.hex: kept}


def note_unread(turn: Turn, vacancy: Vacancy, words: list[str]) -> None:
    """Keep what was not understood of the post of one draft."""
    if words:
        turn.answers[UNREAD] = {**_notes(turn, UNREAD), vacancy.id.hex: words}


def unread_of(turn: Turn, vacancy: Vacancy) -> str:
    """Return what was not understood of a draft's post, cut to a line; empty for nothing."""
    words = "、".join(cast("list[str]", _notes(turn, UNREAD).get(vacancy.id.hex) or []))
    return words if len(words) <= SHOWN_UNREAD else f"{words[:SHOWN_UNREAD]}…"


def line_of(turn: Turn, vacancy: Vacancy) -> str:
    """Return the draft in one line with everything that its post said."""
    line = draft_line(turn.deployment, vacancy, turn.language)
    return " | ".join(part for part in (line, *_said_parts(turn, vacancy)) if part)


def _said_parts(turn: Turn, vacancy: Vacancy) -> list[str]:
    said = cast("dict[str, object]", _notes(turn, SAID).get(vacancy.id.hex) or {})
    parts = []
    if said.get("base_pay"):
        parts.append(turn.text("vacancy_posting.part.base_pay", wage=said["base_pay"]))
    if said.get("education") in EDUCATIONS:
        parts.append(turn.text(f"vacancy_posting.education.{said['education']}"))
    shifts = cast("list[str]", said.get("shifts") or [])
    parts += [turn.text(f"vacancy_posting.shift.{shift}") for shift in shifts]
    if said.get("occupation") and turn.role is Role.OFFICER:  # a firm's post has no such digits
        parts.append(turn.text("vacancy_posting.part.occupation", code=said["occupation"]))
    return parts


def _notes(turn: Turn, kind: str) -> dict[str, object]:
    return cast("dict[str, object]", turn.answers.get(kind) or {})
