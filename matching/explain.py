"""Says why: reasons for the worker, lines of the score for the officer. Values only, no words."""

from __future__ import annotations

from dataclasses import dataclass

from matching.pairing import Nearness, Pair
from matching.ports import NEAR, SAME
from matching.types import Match, Migration, Reason, ReasonCode

_TOLD_AT_MOST = 3
_NEAR_REASONS = (  # by Nearness, from elsewhere to the same town
    None,
    ReasonCode.PLACE_SAME_PROVINCE,
    ReasonCode.PLACE_SAME_CITY,
    ReasonCode.PLACE_CLOSE,
    ReasonCode.PLACE_SAME_COUNTY,
    ReasonCode.PLACE_SAME_TOWN,
)


@dataclass(frozen=True, slots=True)
class TermLine:
    """One line of a score for an officer: the term, its value from 0 to 1, or None if unknown."""

    name: str
    value: float | None


def why(match: Match, /) -> tuple[Reason, ...]:
    """Give at most three reasons worth telling a worker, the trade first, then wage, then place.

    Empty when nothing certain speaks for the vacancy; then nothing should be claimed.
    """
    return match.reasons[:_TOLD_AT_MOST]


def terms(match: Match, /) -> tuple[TermLine, ...]:
    """Give the five lines of the score in a fixed order, unknown ones included."""
    known = dict(match.terms)
    return tuple(
        TermLine(name, known.get(name)) for name in ("trade", "place", "wage", "lodging", "board")
    )


def reasons_of(pair: Pair, /) -> tuple[Reason, ...]:
    """Give all that speaks for a pair, in the order trade, wage, place, lodging, board, group."""
    found = (
        _trade_reason(pair),
        _wage_reason(pair),
        _place_reason(pair),
        *_room_and_board(pair),
        _group_reason(pair),
    )
    return tuple(reason for reason in found if reason is not None)


def _trade_reason(pair: Pair) -> Reason | None:
    if pair.trade.relation == SAME:
        return Reason(ReasonCode.TRADE_SAME, pair.vacancy.trade)
    if pair.trade.relation == NEAR:
        return Reason(ReasonCode.TRADE_NEAR, pair.vacancy.trade)
    return Reason(ReasonCode.TRADE_OPEN, pair.vacancy.trade) if pair.trade.without_trade else None


def _wage_reason(pair: Pair) -> Reason | None:
    wish, best = pair.worker.wage_min, pair.best_wage
    if wish is None or best is None or best < wish:
        return None
    return Reason(ReasonCode.WAGE_ENOUGH, best)


def _place_reason(pair: Pair) -> Reason | None:
    """Nearness is worth telling only to somebody who wants to stay."""
    fit, worker = pair.place, pair.worker
    code = pair.vacancy.town or pair.vacancy.adcode
    near = None if fit.nearness is None else _NEAR_REASONS[fit.nearness]
    at_home = fit.nearness is not None and fit.nearness >= Nearness.COUNTY
    if fit.wanted and not at_home:
        return Reason(ReasonCode.PLACE_WANTED, code)
    stays = worker.migration not in {Migration.OUT_OF_PROVINCE, Migration.ANYWHERE}
    if near is None or fit.wanted is False or not (stays or fit.wanted):
        return None
    return Reason(near, code)


def _room_and_board(pair: Pair) -> tuple[Reason | None, Reason | None]:
    if pair.worker.wants_room_board is False:
        return None, None
    return (
        Reason(ReasonCode.LODGING_GIVEN) if pair.vacancy.lodging else None,
        Reason(ReasonCode.BOARD_GIVEN) if pair.vacancy.board else None,
    )


def _group_reason(pair: Pair) -> Reason | None:
    shared = pair.vacancy.reserved_for & pair.worker.groups
    return Reason(ReasonCode.RESERVED_FOR_GROUP, min(shared)) if shared else None
