"""The terms of a score, each from 0 to 1 or None when it is not known, and the soft misses.

A soft miss costs a grade; a term orders within a grade. The worst of each term is 0, so that a term
left out for want of data never weighs more than its worst. The misses follow the rubric of the
graded sample; experience, temporary work and pay below the trade's usual are not judged yet.
"""

from __future__ import annotations

from matching.pairing import Nearness, Pair
from matching.ports import NEAR, SAME, TRANSFERABLE
from matching.types import Migration, Reason, ReasonCode

_RELATED = {SAME: 1.0, NEAR: 0.85, TRANSFERABLE: 0.5}
_OPEN_TO_BEGINNER = 0.6  # no skill asked, none lost
_OPEN_TO_OTHER_TRADE = 0.0  # a trade would lie idle
_NEARNESS = (0.0, 0.25, 0.5, 0.7, 0.9, 1.0)  # by Nearness, from elsewhere to the same town
_WANTED_SHARE = 0.7  # of the place term when the worker named places; nearness keeps the rest


def trade(pair: Pair, /) -> float | None:
    """How well the trades fit; None for a worker of whom no trade is known."""
    known = _RELATED.get(pair.trade.relation)
    if known is not None:
        return known
    if not pair.worker.trades:
        return None
    return _OPEN_TO_BEGINNER if pair.trade.without_trade else _OPEN_TO_OTHER_TRADE


def place(pair: Pair, /) -> float | None:
    """How well the workplace lies.

    Named places come first, nearness second. Who wants to leave the province, or does not mind,
    gains nothing from nearness.
    """
    fit, migration = pair.place, pair.worker.migration
    if migration is Migration.ANYWHERE:
        near = None
    elif migration is Migration.OUT_OF_PROVINCE:
        near = None if fit.same_province is None else float(not fit.same_province)
    else:
        near = None if fit.nearness is None else _NEARNESS[fit.nearness]
    if fit.wanted is None:
        return near
    if near is None:
        return float(fit.wanted)
    return _WANTED_SHARE * fit.wanted + (1 - _WANTED_SHARE) * near


def wage(pair: Pair, /, *, usual: int) -> float | None:
    """How well it pays: 0.5 when the middle of the range meets the wish, rising without end.

    Args:
        pair: The pair.
        usual: Yuan a month to compare with where the worker stated no wish.
    """
    best, low = pair.best_wage, pair.vacancy.wage_min
    if best is None:
        return None
    middle = best if low is None else (best + low) / 2
    ratio = middle / (pair.worker.wage_min or usual)
    return ratio * ratio / (1 + ratio * ratio)


def lodging(pair: Pair, /) -> float | None:
    """Whether a wish for lodging is met; None without a wish or without a word on it."""
    given = pair.vacancy.lodging
    return float(given) if pair.worker.wants_room_board and given is not None else None


def board(pair: Pair, /) -> float | None:
    """Whether a wish for meals is met; None without a wish or without a word on it."""
    given = pair.vacancy.board
    return float(given) if pair.worker.wants_room_board and given is not None else None


def misses(pair: Pair, /) -> tuple[Reason, ...]:
    """Give the soft misses in the order trade, place, wage, lodging; each costs one grade."""
    found = (_trade_miss(pair), _place_miss(pair), _wage_miss(pair), _lodging_miss(pair))
    return tuple(miss for miss in found if miss is not None)


def _trade_miss(pair: Pair) -> Reason | None:
    if pair.trade.in_trade or pair.trade.without_trade:
        return None
    transferable = pair.trade.relation == TRANSFERABLE
    code = ReasonCode.TRADE_TRANSFERABLE if transferable else ReasonCode.TRADE_OTHER
    return Reason(code, pair.vacancy.trade)


def _place_miss(pair: Pair) -> Reason | None:
    fit, migration = pair.place, pair.worker.migration
    if pair.worker.locations:
        unwanted = fit.wanted is False
    elif migration is Migration.OUT_OF_PROVINCE:
        unwanted = fit.same_province is True
    elif migration is Migration.IN_PROVINCE:
        unwanted = fit.nearness is not None and fit.nearness < Nearness.CITY
    else:
        unwanted = False
    if not unwanted:
        return None
    return Reason(ReasonCode.PLACE_UNWANTED, pair.vacancy.adcode or pair.vacancy.town)


def _wage_miss(pair: Pair) -> Reason | None:
    wish = pair.worker.wage_min
    if wish is None:
        return None
    best = pair.best_wage
    if best is None:
        return Reason(ReasonCode.WAGE_UNSTATED)
    return Reason(ReasonCode.WAGE_BELOW, best) if best < wish else None


def _lodging_miss(pair: Pair) -> Reason | None:
    given = pair.vacancy.lodging
    if not pair.worker.wants_room_board or given:
        return None
    return Reason(ReasonCode.LODGING_UNSTATED if given is None else ReasonCode.LODGING_DENIED)
