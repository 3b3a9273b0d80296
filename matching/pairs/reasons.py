"""What speaks for a pair, one bit for each reason."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.pairs.facts import Facts
from matching.pairs.place_fit import NO, NOT_KNOWN, YES, Nearness
from matching.ports import NEAR, SAME
from matching.tables.knowledge import RELATIONS
from matching.tables.vacancies import NOT_SAID
from matching.tables.workers import TIERS
from matching.types import Migration, ReasonCode

# In the order in which they are told: trade, wage, place, lodging, board, group.
CODES = (
    ReasonCode.TRADE_SAME,
    ReasonCode.TRADE_NEAR,
    ReasonCode.TRADE_OPEN,
    ReasonCode.WAGE_ENOUGH,
    ReasonCode.PLACE_WANTED,
    ReasonCode.PLACE_SAME_TOWN,
    ReasonCode.PLACE_SAME_COUNTY,
    ReasonCode.PLACE_CLOSE,
    ReasonCode.PLACE_SAME_CITY,
    ReasonCode.PLACE_SAME_PROVINCE,
    ReasonCode.LODGING_GIVEN,
    ReasonCode.BOARD_GIVEN,
    ReasonCode.RESERVED_FOR_GROUP,
)
_BY_NEARNESS = {
    ReasonCode.PLACE_SAME_TOWN: Nearness.TOWN,
    ReasonCode.PLACE_SAME_COUNTY: Nearness.COUNTY,
    ReasonCode.PLACE_CLOSE: Nearness.CLOSE,
    ReasonCode.PLACE_SAME_CITY: Nearness.CITY,
    ReasonCode.PLACE_SAME_PROVINCE: Nearness.PROVINCE,
}
_GOES_FAR = (TIERS.index(Migration.OUT_OF_PROVINCE), TIERS.index(Migration.ANYWHERE))
Flags = NDArray[np.bool_]


def reason_bits(facts: Facts) -> NDArray[np.uint16]:
    """Give what speaks for each pair: bit n is CODES[n]; 0 is nothing that is certain."""
    found = {
        **_trade(facts),
        ReasonCode.WAGE_ENOUGH: _wage_enough(facts),
        **_place(facts),
        **_room_and_board(facts),
        ReasonCode.RESERVED_FOR_GROUP: (facts.admitted == YES)
        & (facts.of_vacancy(facts.crossing.vacancies.columns.reserved) > 0),
    }
    bits = np.zeros(len(facts), np.uint16)
    for number, code in enumerate(CODES):
        bits |= found[code] * np.uint16(1 << number)
    return bits


def codes_in(bits: int, /) -> tuple[ReasonCode, ...]:
    """List the reasons of one pair, in the order in which they are told."""
    return tuple(code for number, code in enumerate(CODES) if bits >> number & 1)


def _trade(facts: Facts) -> dict[ReasonCode, Flags]:
    is_same = facts.relation == RELATIONS.index(SAME)
    is_near = facts.relation == RELATIONS.index(NEAR)
    return {
        ReasonCode.TRADE_SAME: is_same,
        ReasonCode.TRADE_NEAR: is_near,
        ReasonCode.TRADE_OPEN: facts.idle & ~is_same & ~is_near,
    }


def _wage_enough(facts: Facts) -> Flags:
    wish = facts.wish
    return (wish != NOT_SAID) & (facts.best_wage != NOT_SAID) & (facts.best_wage >= wish)


def _place(facts: Facts) -> dict[ReasonCode, Flags]:
    """Nearness is worth telling only to somebody who wants to stay."""
    nearness = facts.nearness
    is_wanted = facts.names_places & (facts.wanted == YES)
    tells_wanted = is_wanted & (nearness < Nearness.COUNTY)
    unwanted = facts.names_places & (facts.wanted == NO)
    goes_far = np.isin(facts.tier, _GOES_FAR)
    tells_near = ~tells_wanted & (nearness != NOT_KNOWN) & ~unwanted & (~goes_far | is_wanted)
    near = {code: tells_near & (nearness == level) for code, level in _BY_NEARNESS.items()}
    return {ReasonCode.PLACE_WANTED: tells_wanted, **near}


def _room_and_board(facts: Facts) -> dict[ReasonCode, Flags]:
    declines = facts.of_worker(facts.crossing.workers.columns.room) == NO
    vacancies = facts.crossing.vacancies.columns
    return {
        ReasonCode.LODGING_GIVEN: ~declines & (facts.of_vacancy(vacancies.lodging) == YES),
        ReasonCode.BOARD_GIVEN: ~declines & (facts.of_vacancy(vacancies.board) == YES),
    }
