"""Hard requirements: what makes a vacancy impossible for a worker, one bit for each code.

Each check is silent when what it needs is not known: an unknown age is a question to ask
(`needs`), never an exclusion. The rules are the hard reasons of the graded sample's rubric.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.pairs.facts import Facts
from matching.pairs.place_fit import NO, YES
from matching.pairs.trade_fit import SKILLED_NUMBER
from matching.tables.vacancies import NOT_SAID
from matching.types import ExclusionCode

BIRTH_YEAR, CERTIFICATE, GROUP = "birth_year", "certificate", "group"
HOME, WORKPLACE = "home", "workplace"
CODES = tuple(ExclusionCode)
WAGE_FLOOR_PERCENT = 85  # below this share of the wish nobody goes
GIG_DAYS = 7  # so short a job is not worth a journey
Bits = NDArray[np.uint16]
Flags = NDArray[np.bool_]
Check = Callable[[Facts, int], Flags]


def exclusion_bits(facts: Facts, *, today: date) -> Bits:
    """Give for each pair the reasons why it is impossible: bit n is CODES[n]; 0 is feasible."""
    bits = np.zeros(len(facts), np.uint16)
    for number, code in enumerate(CODES):
        bits |= CHECKS[code](facts, today.toordinal()) * np.uint16(1 << number)
    return bits


def codes_in(bits: int, /) -> tuple[ExclusionCode, ...]:
    """List the codes of one pair's bits."""
    return tuple(code for number, code in enumerate(CODES) if bits >> number & 1)


def bit(code: ExclusionCode, /) -> int:
    """Give the bit of a code."""
    return 1 << CODES.index(code)


def _expired(facts: Facts, today: int) -> Flags:
    return facts.of_vacancy(facts.crossing.vacancies.columns.valid_until) < today


def _trade(facts: Facts, _today: int) -> Flags:
    return ((facts.relation == 0) & (facts.skill == SKILLED_NUMBER)) | facts.refused_trade


def _age(facts: Facts, _today: int) -> Flags:
    age = facts.of_worker(facts.crossing.workers.columns.age)
    low = facts.of_vacancy(facts.crossing.vacancies.columns.age_low)
    high = facts.of_vacancy(facts.crossing.vacancies.columns.age_high)
    return (age != NOT_SAID) & ((age < low) | (age > high))


def _certificate(facts: Facts, _today: int) -> Flags:
    return facts.licensed == NO


def _migration(facts: Facts, _today: int) -> Flags:
    return facts.within_reach == NO


def _excluded_place(facts: Facts, _today: int) -> Flags:
    return facts.refused_place == YES


def _wage(facts: Facts, _today: int) -> Flags:
    wish = facts.wish
    is_low = facts.best_wage * 100 < wish * WAGE_FLOOR_PERCENT
    return (wish != NOT_SAID) & (facts.best_wage != NOT_SAID) & is_low


def _room_board(facts: Facts, _today: int) -> Flags:
    lodging = facts.of_vacancy(facts.crossing.vacancies.columns.lodging)
    return facts.far_where(facts.wants_room & (lodging == NO))


def _reserved(facts: Facts, _today: int) -> Flags:
    return facts.admitted == NO


def _education(facts: Facts, _today: int) -> Flags:
    had = facts.of_worker(facts.crossing.workers.columns.education)
    return (had != NOT_SAID) & (had < facts.of_vacancy(facts.crossing.vacancies.columns.education))


def _availability(facts: Facts, _today: int) -> Flags:
    starts_on = facts.of_vacancy(facts.crossing.vacancies.columns.starts_on)
    return facts.of_worker(facts.crossing.workers.columns.free_from) > starts_on


def _gig_far(facts: Facts, _today: int) -> Flags:
    return facts.far_where(facts.of_vacancy(facts.crossing.vacancies.columns.lasts) <= GIG_DAYS)


def _nearby_only(facts: Facts, _today: int) -> Flags:
    return facts.far_where(facts.of_vacancy(facts.crossing.vacancies.columns.nearby))


CHECKS: dict[ExclusionCode, Check] = {
    ExclusionCode.EXPIRED: _expired,
    ExclusionCode.TRADE: _trade,
    ExclusionCode.AGE: _age,
    ExclusionCode.CERTIFICATE: _certificate,
    ExclusionCode.MIGRATION: _migration,
    ExclusionCode.EXCLUDED_PLACE: _excluded_place,
    ExclusionCode.WAGE: _wage,
    ExclusionCode.ROOM_BOARD: _room_board,
    ExclusionCode.RESERVED: _reserved,
    ExclusionCode.EDUCATION: _education,
    ExclusionCode.AVAILABILITY: _availability,
    ExclusionCode.GIG_FAR: _gig_far,
    ExclusionCode.NEARBY_ONLY: _nearby_only,
}
