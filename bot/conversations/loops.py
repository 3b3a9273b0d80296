"""Machines that answer our answers are let go; people who repeat themselves are told so."""

from __future__ import annotations

from bot.conversations.answering import (
    is_bare_number,
    is_urgent,
    resolve,
    unsubscribes,
    wants_person,
)
from bot.conversations.turn import Turn
from bot.services.sending.repeated_words import EVERYTHING, MOST_ALIKE, Heard, heard_from, mark_of
from storage.states import Role

SAME_SAID = "loops.same.said"
ALL_SAID = "loops.all.said"
# A page cannot be written to by a machine that gets our answers there.
OPEN_TO_MACHINES = frozenset({"sms", "telegram"})


def ends_loop(turn: Turn) -> bool:
    """Note a typed message; True where it gets no answer, or one last word.

    Of words that come for the fourth time within ten minutes, and of everything behind twenty
    messages within ten minutes, nothing is answered until that has rested for half an hour.
    Whoever complains of wages, wants a person or no more messages is heard all the same, as
    long as the words are new: a machine repeats its own.

    What is noted stands beside the open question, so that it costs no statement.
    """
    if not _is_watched(turn):
        return False
    mark = mark_of(turn.inbound.text)
    before = heard_from(turn.heard)
    heard = before.with_message(mark, now=turn.deployment.now)
    what = _let_go(turn, heard, mark)
    if what is not None:
        if heard.let_go != what:
            turn.say(ALL_SAID if what == EVERYTHING else SAME_SAID)
        heard = heard.letting_go(what)
        turn.silently()
    turn.heard = heard.as_json()
    return what is not None


def _is_watched(turn: Turn) -> bool:
    """Buttons are pressed by people, and what a person at the other end reads is not ours."""
    return (
        turn.channel in OPEN_TO_MACHINES
        and turn.inbound.button is None
        and turn.inbound.event is None
        and turn.role is not Role.OFFICER
        and turn.address.handed_over_to is None
    )


def _let_go(turn: Turn, heard: Heard, mark: str) -> str | None:
    """Return what is answered no more with this message, or None where it is answered."""
    alike = heard.alike(mark)
    if heard.is_too_much or heard.let_go == EVERYTHING:
        return None if alike == 1 and _must_be_heard(turn) else EVERYTHING
    if not mark or turn.inbound.text.startswith("/"):
        return None
    if heard.let_go != mark and (alike < MOST_ALIKE or _chooses(turn)):
        return None
    return mark


def _must_be_heard(turn: Turn) -> bool:
    typed = turn.inbound.text.strip()
    return is_urgent(turn.reading) or unsubscribes(typed) or wants_person(typed)


def _chooses(turn: Turn) -> bool:
    """Return whether the words pick a choice, or try to: one digit answers many questions."""
    if is_bare_number(turn.inbound.text.strip()):
        return True
    chosen = resolve(turn)
    return chosen.choice is not None or chosen.action is not None
