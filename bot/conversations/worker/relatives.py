"""Somebody who writes for a relative: by which word, and for whom of those who are kept."""

from __future__ import annotations

from typing import cast

from bot.conversations.turn import Turn
from bot.conversations.worker.profile_facts import FAMILY, RELATION, draft
from storage.models import Worker

__all__ = ["FAMILY", "KIN", "RELATION", "kept", "known_as", "remember_word", "spoken_of"]
CALLED = "called"
# By which word the first person here was spoken of, until there is a row.
KIN = "kin"
ASKING_CONSENT = "family.consent"


def remember_word(turn: Turn, word: str, worker: Worker) -> None:
    """Keep by which word (嫂子) a relative was registered; the row gets the name later."""
    turn.memory[CALLED] = {**_words(turn), word: worker.id.hex}


def known_as(turn: Turn, word: str) -> Worker | None:
    """Return the one of this phone's people who is meant by a word of kinship, or None."""
    key = _words(turn).get(word)
    named = (one for one in turn.workers if one.name == word or one.id.hex == key)
    return next(named, None)


def spoken_of(turn: Turn) -> str | None:
    """Return by which word the relative is called that this conversation is for.

    None when somebody speaks of themselves; empty when the relative has no name yet.
    """
    if turn.reading.for_whom is not None:
        return turn.reading.for_whom
    if turn.step == ASKING_CONSENT:
        return str(turn.answers.get("name") or "")
    worker = turn.worker
    if worker is None:
        if turn.memory.get(RELATION) != FAMILY:
            return None
        return str(turn.memory.get(KIN) or draft(turn).name or "")
    if turn.uow.workers.relation(worker.id, turn.address.id) != FAMILY:
        return None
    words = [word for word, key in _words(turn).items() if key == worker.id.hex]
    return words[0] if words else worker.name or ""


def kept(turn: Turn) -> Worker | None:
    """Return the row of the person this conversation is about; None while there is none."""
    if turn.reading.for_whom is not None:
        return known_as(turn, turn.reading.for_whom)
    return None if turn.step == ASKING_CONSENT else turn.worker


def _words(turn: Turn) -> dict[str, str]:
    return cast("dict[str, str]", turn.memory.get(CALLED) or {})
