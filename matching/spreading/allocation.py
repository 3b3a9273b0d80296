"""Spreads attention: who hears of a vacancy now, who waits, and which single reason is reported."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matching.types import Exclusion, ExclusionCode, Match


class LeftOut(StrEnum):
    """Why a worker does not hear of a vacancy; the first eleven come from the ranking."""

    TRADE = "trade"
    TOO_FAR = "too_far"
    WAGE = "wage"
    AGE = "age"
    LODGING = "lodging"
    CERTIFICATE = "certificate"
    RESERVED = "reserved"
    EDUCATION = "education"
    AVAILABILITY = "availability"
    EXPIRED = "expired"
    WAITING = "waiting"
    BUDGET = "budget"
    UNSUBSCRIBED = "unsubscribed"
    PAUSED = "paused"
    NO_CONSENT = "no_consent"
    EMPLOYED = "employed"
    ALREADY_SENT = "already_sent"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class Spread:
    """Three parts that together are all matches given, each best first.

    `waiting` are beyond the first k per place; `full` had no attention left and took no turn.
    """

    chosen: tuple[Match, ...]
    waiting: tuple[Match, ...]
    full: tuple[Match, ...]


_LEFT_OUT = {  # in the order of precedence
    ExclusionCode.TRADE: LeftOut.TRADE,
    ExclusionCode.MIGRATION: LeftOut.TOO_FAR,
    ExclusionCode.EXCLUDED_PLACE: LeftOut.TOO_FAR,
    ExclusionCode.NEARBY_ONLY: LeftOut.TOO_FAR,
    ExclusionCode.GIG_FAR: LeftOut.TOO_FAR,
    ExclusionCode.WAGE: LeftOut.WAGE,
    ExclusionCode.AGE: LeftOut.AGE,
    ExclusionCode.ROOM_BOARD: LeftOut.LODGING,
    ExclusionCode.CERTIFICATE: LeftOut.CERTIFICATE,
    ExclusionCode.EDUCATION: LeftOut.EDUCATION,
    ExclusionCode.AVAILABILITY: LeftOut.AVAILABILITY,
    ExclusionCode.RESERVED: LeftOut.RESERVED,
    ExclusionCode.EXPIRED: LeftOut.EXPIRED,
}


def spread(
    matches: Sequence[Match],
    *,
    places: int | None,
    per_place: int = 3,
    full: Collection[str] = frozenset(),
    told: int = 0,
) -> Spread:
    """Choose the first `per_place` workers for each place; the others wait.

    Args:
        matches: Workers matched with one vacancy, in any order.
        places: The vacancy's headcount; None counts as one.
        per_place: How many hear of each place.
        full: Ids of workers whose attention is used up; they are passed over.
        told: How many already heard of this vacancy; they count against the room.

    Raises:
        ValueError: A number is negative.
    """
    if min(places or 0, per_place, told) < 0:
        raise ValueError("places, per_place and told cannot be negative")
    room = max(0, (1 if places is None else places) * per_place - told)
    ordered = sorted(matches, key=lambda match: (-match.score, match.worker_id))
    reachable = [match for match in ordered if match.worker_id not in full]
    return Spread(
        chosen=tuple(reachable[:room]),
        waiting=tuple(reachable[room:]),
        full=tuple(match for match in ordered if match.worker_id in full),
    )


def left_out_code(exclusions: Iterable[Exclusion], /) -> LeftOut:
    """Choose the one reason to report: trade first, then place, wage, age and so on.

    Raises:
        ValueError: No exclusion was given.
    """
    codes = {exclusion.code for exclusion in exclusions}
    for code, left_out in _LEFT_OUT.items():
        if code in codes:
            return left_out
    raise ValueError("a worker without an exclusion is not left out")
