"""The terms of a score, each from 0 to 1 and nan where it is not known.

A term orders within a grade. The worst of each term is 0, so that a term left out for want of data
never weighs more than its worst.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.pairs.facts import Facts
from matching.pairs.place_fit import NOT_KNOWN, YES
from matching.ports import NEAR, SAME, TRANSFERABLE, UNRELATED
from matching.tables.knowledge import RELATIONS
from matching.tables.vacancies import NOT_SAID
from matching.tables.workers import TIERS
from matching.types import Migration
from matching.weights import Options

Values = NDArray[np.float32]
_RELATED = {SAME: 1.0, NEAR: 0.85, TRANSFERABLE: 0.5, UNRELATED: np.nan}
_RELATED_BY_NUMBER = np.array([_RELATED[word] for word in RELATIONS], dtype=np.float32)
_OPEN_TO_BEGINNER = np.float32(0.6)  # no skill asked, none lost
_OPEN_TO_OTHER_TRADE = np.float32(0.0)  # a trade would lie idle
# By Nearness, from elsewhere to the same town; the last is for "not known".
_NEARNESS = np.array([0.0, 0.25, 0.5, 0.7, 0.9, 1.0, np.nan], dtype=np.float32)
_WANTED_SHARE = np.float32(0.7)  # of the place term when places were named; nearness keeps the rest
_ANYWHERE = TIERS.index(Migration.ANYWHERE)
_LEAVES = TIERS.index(Migration.OUT_OF_PROVINCE)
_FRESH_DAYS = 14  # after which half of the freshness is gone
_MANY_PLACES = 5  # with so many openings half of the term is reached
_NAN = np.float32(np.nan)
_NOTHING = np.full(1, _NAN)
# What no worker changes, once it is known who would begin in a trade; and what else there is.
OF_VACANCIES = ("going", "fresh", "openings")
OF_PAIRS = ("trade", "place", "wage", "lodging", "board")


def trade(facts: Facts) -> Values:
    """How well the trades fit; nan for a worker of whom no trade is known."""
    other = np.where(facts.idle, _OPEN_TO_BEGINNER, _OPEN_TO_OTHER_TRADE)
    unrelated = np.where(facts.named, other, _NAN)
    return np.where(facts.relation == 0, unrelated, _RELATED_BY_NUMBER[facts.relation])


def place(facts: Facts) -> Values:
    """How well the workplace lies.

    Named places come first, nearness second. Who wants to leave the province, or does not mind,
    gains nothing from nearness.
    """
    tier = facts.tier
    abroad = np.where(facts.same_province == NOT_KNOWN, _NAN, (facts.same_province != YES))
    near = np.where(tier == _LEAVES, abroad, _NEARNESS[facts.nearness]).astype(np.float32)
    near = np.where(tier == _ANYWHERE, _NAN, near)
    wanted = np.where(facts.names_places & (facts.wanted != NOT_KNOWN), facts.wanted, _NAN)
    both = _WANTED_SHARE * wanted + (1 - _WANTED_SHARE) * near
    one = np.where(np.isnan(near), wanted, near)
    return np.where(np.isnan(both), one, both).astype(np.float32)


def wage(facts: Facts, *, usual: int) -> Values:
    """How well it pays: 0.5 when the middle of the range meets the wish, rising without end.

    Args:
        facts: The pairs.
        usual: Yuan a month to compare with where the worker stated no wish.
    """
    wish = facts.wish
    return _against(facts.middle_wage, np.where(wish > 0, wish, usual))


def going(facts: Facts, *, rates: Values | None) -> Values:
    """How well it pays beside what its trade pays at present, (T,) yuan a month."""
    if rates is None:
        return _NOTHING
    return _against(facts.middle_wage, rates[facts.trade])


def lodging(facts: Facts) -> Values:
    """Whether a wish for lodging is met; nan without a wish or without a word on it."""
    return _met(facts, facts.crossing.vacancies.columns.lodging)


def board(facts: Facts) -> Values:
    """Whether a wish for meals is met; nan without a wish or without a word on it."""
    return _met(facts, facts.crossing.vacancies.columns.board)


def fresh(facts: Facts, *, today: date) -> Values:
    """How new the post is: 1 today, 0.5 after a fortnight."""
    published = facts.of_vacancy(facts.crossing.vacancies.columns.published)
    days = np.maximum(today.toordinal() - published, 0).astype(np.float32)
    return np.where(published == NOT_SAID, _NAN, _FRESH_DAYS / (_FRESH_DAYS + days))


def openings(facts: Facts) -> Values:
    """How many are wanted: 0.5 for five, rising without end."""
    count = facts.of_vacancy(facts.crossing.vacancies.columns.headcount).astype(np.float32)
    return np.where(count < 0, _NAN, count / (count + _MANY_PLACES)).astype(np.float32)


def terms(*, usual: int, rates: Values | None, today: date) -> dict[str, Callable[[Facts], Values]]:
    """Give every term by its name, in the order in which officers read them."""
    return {
        "trade": trade,
        "place": place,
        "wage": lambda facts: wage(facts, usual=usual),
        "going": lambda facts: going(facts, rates=rates),
        "lodging": lodging,
        "board": board,
        "fresh": lambda facts: fresh(facts, today=today),
        "openings": openings,
    }


def weighted(facts: Facts, options: Options, names: Iterable[str]) -> tuple[Values, Values]:
    """Sum the known ones of some terms, each times its weight, and their weights, (N,) each."""
    by_name = terms(usual=options.weights.usual_wage, rates=options.going, today=options.today)
    weights = options.weights.by_term()
    total, weight = np.zeros(len(facts), np.float32), np.zeros(len(facts), np.float32)
    for name in names:
        value = by_name[name](facts) if weights[name] else _NOTHING
        is_known = ~np.isnan(value)
        if is_known.any():
            share = np.float32(weights[name])
            total += np.where(is_known, value * share, np.float32(0))
            weight += is_known * share
    return total, weight


def _against(pay: Values, measure: NDArray[np.integer] | Values) -> Values:
    ratio = pay / measure.astype(np.float32)
    square: Values = np.square(ratio)
    return square / (1 + square)


def _met(facts: Facts, given: NDArray[np.int8]) -> Values:
    wants = facts.wants_room
    if not wants.any():
        return _NOTHING
    said = given[facts.vacancy]
    return np.where(wants & (said != NOT_SAID), said, _NAN).astype(np.float32)
