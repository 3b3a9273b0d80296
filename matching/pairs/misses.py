"""Soft misses: each costs a vacancy one grade; the rubric of the graded sample, one bit each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matching.pairs.facts import Facts
from matching.pairs.place_fit import NO, NOT_KNOWN, YES, Nearness
from matching.pairs.trade_fit import SKILLED_NUMBER
from matching.ports import TRANSFERABLE
from matching.tables.knowledge import RELATIONS
from matching.tables.vacancies import NOT_SAID
from matching.tables.workers import TIERS
from matching.types import Migration, ReasonCode

# In the order in which they are told.
CODES = (
    ReasonCode.TRADE_TRANSFERABLE,
    ReasonCode.TRADE_OTHER,
    ReasonCode.TRADE_PAY_LOW,
    ReasonCode.EXPERIENCE_SHORT,
    ReasonCode.PLACE_UNWANTED,
    ReasonCode.WAGE_BELOW,
    ReasonCode.WAGE_UNSTATED,
    ReasonCode.LODGING_UNSTATED,
    ReasonCode.LODGING_DENIED,
    ReasonCode.TEMPORARY,
)
TEMPORARY_DAYS = 10
_TRANSFERABLE = RELATIONS.index(TRANSFERABLE)
_LEAVES = TIERS.index(Migration.OUT_OF_PROVINCE)
_STAYS = TIERS.index(Migration.IN_PROVINCE)
Flags = NDArray[np.bool_]
Check = Callable[[Facts], Flags]


def miss_bits(facts: Facts) -> NDArray[np.uint16]:
    """Give the misses of each pair: bit n is CODES[n]."""
    bits = np.zeros(len(facts), np.uint16)
    for number, code in enumerate(CODES):
        bits |= CHECKS[code](facts) * np.uint16(1 << number)
    return bits


def codes_in(bits: int, /) -> tuple[ReasonCode, ...]:
    """List the misses of one pair."""
    return tuple(code for number, code in enumerate(CODES) if bits >> number & 1)


def _trade_transferable(facts: Facts) -> Flags:
    return (facts.relation == _TRANSFERABLE) & ~facts.idle


def _trade_other(facts: Facts) -> Flags:
    return (facts.relation == 0) & ~facts.idle


def _trade_pay_low(facts: Facts) -> Flags:
    leaves = (facts.relation <= _TRANSFERABLE) & (facts.skill != SKILLED_NUMBER)
    return leaves & (facts.best_wage != NOT_SAID) & (facts.best_wage < facts.usual)


def _experience(facts: Facts) -> Flags:
    return facts.short_of_years


def _place(facts: Facts) -> Flags:
    tier = facts.tier
    leaves = (tier == _LEAVES) & (facts.same_province == YES)
    beyond = (tier == _STAYS) & (facts.nearness != NOT_KNOWN) & (facts.nearness < Nearness.CITY)
    return np.where(facts.names_places, facts.wanted == NO, leaves | beyond)


def _wage_below(facts: Facts) -> Flags:
    wish = facts.wish
    return (facts.best_wage != NOT_SAID) & (facts.best_wage < wish)


def _wage_unstated(facts: Facts) -> Flags:
    wish = facts.wish
    return (wish != NOT_SAID) & (facts.best_wage == NOT_SAID)


def _lodging(said: int) -> Check:
    def misses(facts: Facts) -> Flags:
        wants = facts.wants_room
        return wants & (facts.of_vacancy(facts.crossing.vacancies.columns.lodging) == said)

    return misses


def _temporary(facts: Facts) -> Flags:
    return facts.of_vacancy(facts.crossing.vacancies.columns.lasts) <= TEMPORARY_DAYS


CHECKS: dict[ReasonCode, Check] = {
    ReasonCode.TRADE_TRANSFERABLE: _trade_transferable,
    ReasonCode.TRADE_OTHER: _trade_other,
    ReasonCode.TRADE_PAY_LOW: _trade_pay_low,
    ReasonCode.EXPERIENCE_SHORT: _experience,
    ReasonCode.PLACE_UNWANTED: _place,
    ReasonCode.WAGE_BELOW: _wage_below,
    ReasonCode.WAGE_UNSTATED: _wage_unstated,
    ReasonCode.LODGING_UNSTATED: _lodging(NOT_SAID),
    ReasonCode.LODGING_DENIED: _lodging(NO),
    ReasonCode.TEMPORARY: _temporary,
}
