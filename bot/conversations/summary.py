"""What was understood, in one line of plain words."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversations.turn import Turn
from bot.services.people.workers import ProfileDraft, merged
from bot.understanding import WorkerReading
from content.places import Places

NOTHING_KNOWN = ProfileDraft()
NEAR = frozenset({"near_home", "in_county"})
# A message has 60 characters; a lead such as 听懂： and the full stop take theirs.
WIDEST = 54.0
# What stands before the figure: 要四千, 最少5000, 工资4500.
_BEFORE_AMOUNT = re.compile(r"^[^\d０-９一二两三四五六七八九十半百千万]+")
_OPEN_ENDED = re.compile(r"(?:以上|往上|起|\+|左右|打底|上下)$")


def understood_line(turn: Turn) -> str:
    """Return what the message said as one short line, or the line for "nothing yet"."""
    parts = reading_parts(turn, turn.reading)
    if not parts:
        return turn.text("fallback.understood.nothing")
    return turn.text("fallback.understood.parts", parts=joined_short(turn, parts))


def joined(turn: Turn, parts: list[str]) -> str:
    """Return the pieces as one enumeration in the person's language."""
    return turn.text("common.list.comma").join(parts)


def joined_short(turn: Turn, parts: list[str]) -> str:
    """Return the pieces as one enumeration that fits in a message; the last ones fall off first.

    Letters of other scripts take half the room of a Chinese character.
    """
    shown = parts[:1]
    for place, part in enumerate(parts[1:], start=1):
        longer = [*shown, part]
        more = turn.text("common.list.more") if place < len(parts) - 1 else ""
        if _width(joined(turn, longer) + more) > WIDEST:
            return joined(turn, shown) + turn.text("common.list.more")
        shown = longer
    return joined(turn, shown)


def reading_parts(turn: Turn, reading: WorkerReading) -> list[str]:
    """Return the pieces of a reading in the order they are repeated back, in the words said."""
    draft = merged(NOTHING_KNOWN, reading, today=turn.deployment.today)
    return draft_parts(turn, replace(draft, home=reading.home), said=reading)


def draft_parts(turn: Turn, draft: ProfileDraft, *, said: WorkerReading | None = None) -> list[str]:
    """Return what is known as pieces: trades, places, pay, bed and board, then the person.

    Args:
        turn: Whose language and whose message.
        draft: What is known.
        said: The present message; its own words are repeated where they tell the same.
    """
    pieces = _trade_parts(turn, draft) + _place_parts(turn, draft)
    pieces += _wage_parts(turn, draft, said)
    if draft.wants_room_board is not None:
        kind = "wanted" if draft.wants_room_board else "declined"
        pieces.append(turn.text(f"common.room_board.{kind}"))
    return pieces + _person_parts(turn, draft)


def spoken_trade(turn: Turn, trade: str) -> str:
    """Return the word for a trade: the one in this message (平车), else the canonical one."""
    if turn.language != "zh":
        known = turn.deployment.catalogue.trades.get(trade)
        return known.en if known else trade
    text = turn.inbound.text
    if trade in text:
        return trade
    synonyms = turn.deployment.catalogue.trades.synonyms()
    heard = [word for word, of in synonyms.items() if of == trade and word in text]
    return max(heard, key=len) if heard else trade


def _trade_parts(turn: Turn, draft: ProfileDraft) -> list[str]:
    refused = [
        turn.text("common.trade.refused", trade=spoken_trade(turn, trade))
        for trade in draft.refused_trades
    ]
    return [spoken_trade(turn, trade) for trade in draft.trades] + refused


def _place_parts(turn: Turn, draft: ProfileDraft) -> list[str]:
    places = turn.deployment.catalogue.places
    stays_near = draft.migration in NEAR
    kind = "only" if stays_near else "wanted"
    parts = [
        turn.text(f"common.place.{kind}", place=places.short_name(code)) for code in draft.locations
    ]
    # "就在中江" already says how far.
    if draft.migration and not (stays_near and parts):
        parts.append(turn.text(f"common.migration.{draft.migration}"))
    return parts + [
        turn.text("common.place.excluded", place=places.short_name(code))
        for code in draft.excluded_locations
    ]


def _person_parts(turn: Turn, draft: ProfileDraft) -> list[str]:
    parts = []
    if draft.home is not None and draft.home not in draft.locations:
        home = full_place_name(turn.deployment.catalogue.places, draft.home)
        parts.append(turn.text("common.home.said", place=home))
    if draft.birth_year is not None:
        parts.append(turn.text("common.birth_year.said", year=draft.birth_year))
    if draft.name:
        parts.append(turn.text("common.name.said", name=draft.name))
    if draft.phone:
        parts.append(turn.text("common.phone.said", phone=draft.phone))
    return parts + list(draft.certificates)


def full_place_name(places: Places, code: str) -> str:
    """Return a place with the place above it, which tells it from its namesakes: 重庆江北区."""
    place = places.get(code)
    if place is None:
        raise LookupError(f"no place {code}")
    above = places.short_name(place.parent) if place.parent else ""
    return f"{above}{place.name}"


def _wage_parts(turn: Turn, draft: ProfileDraft, said: WorkerReading | None) -> list[str]:
    if draft.wage_min is None:
        return []
    raw = ""
    if said is not None and said.wage_raw and said.wage_min == draft.wage_min:
        raw = _BEFORE_AMOUNT.sub("", said.wage_raw).strip()
    if raw.isascii() and raw.isdecimal():
        raw = ""  # a bare figure is said with its unit
    if raw and _OPEN_ENDED.search(raw):
        return [raw]
    wage = raw or turn.text("common.wage.amount", yuan=draft.wage_min)
    return [turn.text("common.wage.at_least", wage=wage)]


def _width(words: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in words)
