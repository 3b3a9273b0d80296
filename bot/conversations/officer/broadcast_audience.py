"""Whom a broadcast is for: one line, or place, trade and standing asked one by one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.services.broadcasts import audiences, broadcasts
from bot.services.broadcasts.audiences import STANDINGS, Audience
from bot.services.deployment import Deployment
from storage.models import Broadcast, Officer

script = Script("broadcasting")
DRAFT = "broadcast"
ALL, ONE_BY_ONE = "all", "one_by_one"
PARTS = ("places", "trades", "standings")
READ: dict[str, Callable[[Deployment, Officer, str], tuple[str, ...]]] = {
    "places": audiences.read_places,
    "trades": audiences.read_trades,
    "standings": audiences.read_standings,
}


def my_officer(turn: Turn) -> Officer:
    """Return who sends here.

    Raises:
        UserError: Somebody else speaks here; this is for officers.
    """
    if turn.officer is None:
        raise UserError("broadcasting.refused.no_officer")
    return turn.officer


def broadcast_of(turn: Turn, key: str | None = None) -> Broadcast:
    """Return this conversation's broadcast, or the one of a button.

    Raises:
        UserError: There is none, or it is not for this officer to see; both read alike.
    """
    officer = my_officer(turn)
    try:
        found = uuid.UUID(key or str(turn.answers.get(DRAFT)))
    except ValueError:
        raise UserError("broadcasting.refused.unknown") from None
    broadcast = broadcasts.own(turn.uow, turn.deployment, officer, found)
    if broadcast is None:
        raise UserError("broadcasting.refused.unknown")
    return broadcast


def next_step(turn: Turn) -> None:
    """Ask what is still to be said about the audience, or show what sending would do."""
    audience = _said(turn)
    missing = audience.missing
    if missing is None:
        broadcasts.change_audience(broadcast_of(turn), audience)
        turn.uow.session.flush()
        turn.go("broadcasting.preview")
    elif audience == Audience():
        turn.go("broadcasting.audience")
    else:
        turn.go(f"broadcasting.{missing}")


def keep_audience(turn: Turn, audience: Audience) -> None:
    """Remember what was said of the audience; what was not said stays as it was."""
    for name in PARTS:
        value = getattr(audience, name)
        if value is not None:
            turn.answers[name] = list(value)


def _said(turn: Turn) -> Audience:
    known = {
        name: tuple(cast("list[str]", turn.answers[name]))
        for name in PARTS
        if isinstance(turn.answers.get(name), list)
    }
    return replace(Audience(), **known)


@script.asks("audience", WORDS, keeps_words=True)
def ask_audience(turn: Turn) -> None:
    """Ask for whom, in one line."""
    choices = [turn.choice(ONE_BY_ONE, "broadcasting.audience.one_by_one", "一个一个问")]
    turn.ask("broadcasting.audience.ask", choices)


@script.answers("audience")
def take_audience(turn: Turn, answer: Answer) -> bool | None:
    """Read the line; what it does not say is asked for."""
    if answer.choice == ONE_BY_ONE:
        turn.go("broadcasting.place")
        return None
    if not answer.text:
        return False
    keep_audience(turn, audiences.read_line(turn.deployment, my_officer(turn), answer.text))
    next_step(turn)
    return None


@script.asks("place", WORDS, keeps_words=True)
def ask_place(turn: Turn) -> None:
    """Ask where the people live."""
    scope = audiences.spoken_place(turn.deployment, my_officer(turn).scope)
    choices = [turn.choice(ALL, "broadcasting.place.all", "全部", "所有", scope=scope)]
    turn.ask("broadcasting.place.ask", choices)


@script.answers("place")
def take_place(turn: Turn, answer: Answer) -> bool | None:
    """Take one or several places within the scope."""
    whole = (my_officer(turn).scope,)
    return _take(turn, answer, "places", whole)


@script.asks("trade", WORDS, keeps_words=True)
def ask_trade(turn: Turn) -> None:
    """Ask what work the people do."""
    choices = [turn.choice(ALL, "broadcasting.trade.all", "全部", "所有")]
    turn.ask("broadcasting.trade.ask", choices)


@script.answers("trade")
def take_trade(turn: Turn, answer: Answer) -> bool | None:
    """Take one or several trades by their everyday words."""
    return _take(turn, answer, "trades", ())


@script.asks("standing", WORDS, keeps_words=True)
def ask_standing(turn: Turn) -> None:
    """Ask how the people stand."""
    choices = [
        turn.choice(name, f"broadcasting.standing.{name}", *words)
        for name, (_states, words) in STANDINGS.items()
    ]
    turn.ask("broadcasting.standing.ask", choices)


@script.answers("standing")
def take_standing(turn: Turn, answer: Answer) -> bool | None:
    """Take one standing by its number, or several by their words."""
    value = (answer.choice,) if answer.choice in STANDINGS else ()
    return _take(turn, answer, "standings", cast("tuple[str, ...]", value))


def _take(turn: Turn, answer: Answer, name: str, chosen: tuple[str, ...]) -> bool | None:
    """Keep one part of the audience: what a choice stands for, or what the words say."""
    if answer.choice is None and not answer.text:
        return False
    if answer.choice is None:
        chosen = READ[name](turn.deployment, my_officer(turn), answer.text)
    turn.answers[name] = list(chosen)
    next_step(turn)
    return None
