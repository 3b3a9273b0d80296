"""A draft's line as it is gone through, and what of its post was not understood."""

from __future__ import annotations

from typing import cast

from bot.conversations.firm.draft_lines import draft_line
from bot.conversations.turn import Turn
from storage.models import Vacancy
from storage.states import Role

UNREAD = "unread"
SHOWN_UNREAD = 60


def note_unread(turn: Turn, vacancy: Vacancy, words: list[str]) -> None:
    """Keep what was not understood of the post of one draft."""
    if words:
        turn.answers[UNREAD] = {**_notes(turn, UNREAD), vacancy.id.hex: words}


def unread_of(turn: Turn, vacancy: Vacancy) -> str:
    """Return what was not understood of a draft's post, cut to a line; empty for nothing."""
    words = "、".join(cast("list[str]", _notes(turn, UNREAD).get(vacancy.id.hex) or []))
    return words if len(words) <= SHOWN_UNREAD else f"{words[:SHOWN_UNREAD]}…"


def line_of(turn: Turn, vacancy: Vacancy) -> str:
    """Return the draft in one line; an officer also reads the occupation's code."""
    line = draft_line(turn.deployment, vacancy, turn.language)
    if turn.role is not Role.OFFICER or not vacancy.occupation_code:
        return line  # a firm's post has no such digits
    code = turn.text("vacancy_posting.part.occupation", code=vacancy.occupation_code)
    return " | ".join(part for part in (line, code) if part)


def _notes(turn: Turn, kind: str) -> dict[str, object]:
    return cast("dict[str, object]", turn.answers.get(kind) or {})
