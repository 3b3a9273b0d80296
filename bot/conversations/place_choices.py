"""Several places of one name as choices, and which of them an answer means."""

from __future__ import annotations

from typing import cast

from bot.conversations.profile_facts import named_places
from bot.conversations.script import Choice
from bot.conversations.summary import full_place_name
from bot.conversations.turn import Turn


def place_choices(turn: Turn) -> list[Choice]:
    """Return the places in the answers' `codes` as choices, and "another one"."""
    places = turn.deployment.catalogue.places
    codes = cast("list[str]", turn.answers["codes"])
    named = [Choice(code, full_place_name(places, code)) for code in codes]
    return [*named, turn.choice("other", "profile.which.other")]


def place_meant(turn: Turn, text: str) -> str | None:
    """Return the one of the answers' `codes` that lies in a place named in `text`: 重庆."""
    places = turn.deployment.catalogue.places
    named = {code for _, codes in named_places(places, text) for code in codes}
    codes = cast("list[str]", turn.answers["codes"])
    inside = [code for code in codes if {places.city_of(code), places.province_of(code)} & named]
    return inside[0] if len(inside) == 1 else None
