"""Place names that may mean several places: asked about one after the other, never guessed."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from bot.conversations.answering import in_own_words
from bot.conversations.script import Choice
from bot.conversations.summary import full_place_name
from bot.conversations.turn import Turn
from bot.understanding.values import OpenName
from content.places import Places

OPEN = "open_places"
MOST_CHOICES = 6
LONGEST = 200
HOME, WANTED, REFUSED = "home", "wanted", "refused"
QUESTIONS = {
    HOME: "profile.which_home",
    WANTED: "profile.which_place",
    REFUSED: "profile.which_place",
}


def is_open(turn: Turn) -> bool:
    """Return whether the message names a place that has to be asked about."""
    return bool(turn.reading.open_places or turn.reading.home_open)


def note_open(turn: Turn) -> None:
    """Keep what the message leaves open among the answers, home first."""
    if turn.inbound.button is not None or not turn.inbound.text:
        return
    reading = turn.reading
    found: list[dict[str, object]] = []
    if reading.home_open:
        found.append({"kind": HOME, "codes": list(reading.home_open), "name": ""})
    found += [_kept(one) for one in reading.open_places]
    if found:
        turn.answers[OPEN] = found


def ask_open(turn: Turn, **answers: object) -> bool:
    """Ask about the first name that is still open; False when none is.

    Args:
        turn: The message being answered.
        answers: What the question's answers keep besides, such as where to go on.
    """
    waiting = cast("list[dict[str, object]]", turn.answers.pop(OPEN, None) or [])
    if not waiting:
        return False
    first, *rest = waiting
    if rest:
        turn.answers[OPEN] = rest
    kind, codes = str(first["kind"]), cast("list[str]", first["codes"])
    # More than these nobody reads; the likeliest stand first, and another one can be named.
    codes = codes[:MOST_CHOICES]
    turn.go(QUESTIONS[kind], codes=codes, kind=kind, called=first["name"], **answers)
    return True


def hear_home(turn: Turn) -> bool:
    """Take the place that answers the question for home as it, whatever stands around the name.

    False when no place is named. A word more tells a town from its county: 中江 南华.
    """
    reading = turn.reading
    if reading.home is None and not reading.home_open:
        bureau = turn.deployment.bureau_adcode
        read = turn.deployment.reader.read_places(turn.inbound.text[:LONGEST], home=bureau)
        codes = [one.code for one in (*read.mentions, *read.origins)]
        finest = max(codes, key=len, default=None)
        is_open = finest is None and bool(read.open)
        turn.reading = replace(
            reading,
            home=finest,
            home_open=read.open[0].codes if is_open else (),
            locations=(),
            open_places=(),
        )
    return turn.reading.home is not None or bool(turn.reading.home_open)


def hear_sentence(turn: Turn) -> None:
    """Read a sentence without the question, where by itself it tells home and wish apart."""
    alone = in_own_words(turn)
    if (alone.home or alone.home_open) and (alone.locations or alone.open_places):
        turn.reading = alone


def ask_which(turn: Turn) -> None:
    """Ask which of the places in the answers' `codes` is meant."""
    is_refused = turn.answers.get("kind") == REFUSED
    key = "refused" if is_refused else "ask"
    name = str(turn.answers.get("called") or "")
    if OPEN in turn.answers and name and not is_refused:
        key = "ask_named"
    turn.ask(f"profile.which.{key}", [*place_choices(turn), turn.human_choice()], name=name)


def place_choices(turn: Turn) -> list[Choice]:
    """Return the places in the answers' `codes` as choices, and "another one"."""
    places = turn.deployment.catalogue.places
    named = [Choice(code, full_place_name(places, code)) for code in _codes(turn)]
    return [*named, turn.choice("other", "profile.which.other")]


def place_meant(turn: Turn) -> str | None:
    """Return the one of the answers' `codes` that is, or lies in, what the words name: 重庆."""
    bureau = turn.deployment.bureau_adcode
    read = turn.deployment.reader.read_places(turn.inbound.text[:LONGEST], home=bureau)
    named = {one.code for one in (*read.mentions, *read.origins)}
    places = turn.deployment.catalogue.places
    inside = [code for code in _codes(turn) if _line_of(places, code) & named]
    return inside[0] if len(inside) == 1 else None


def _kept(one: OpenName) -> dict[str, object]:
    kind = REFUSED if one.refused else WANTED
    return {"kind": kind, "codes": list(one.codes), "name": one.name}


def _codes(turn: Turn) -> list[str]:
    return cast("list[str]", turn.answers["codes"])


def _line_of(places: Places, code: str) -> set[str]:
    """Return a place with everything it lies in."""
    above = (places.county_of(code), places.city_of(code), places.province_of(code))
    return {code, *(one for one in above if one is not None)}
