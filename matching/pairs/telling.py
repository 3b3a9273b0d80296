"""What a reason, a miss or an exclusion is about, for one pair at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from matching.pairs import requirements
from matching.pairs.crossing import Crossing, lacking
from matching.pairs.place_fit import NOT_KNOWN, containing
from matching.tables.vacancies import NOT_SAID, OLDEST, SCHOOLING
from matching.types import Education, ExclusionCode, ReasonCode

Value = str | int | None


class Pair(NamedTuple):
    """One pair as plain numbers: rows of the two tables, and facts as in `crossing.Facts`."""

    worker: int
    vacancy: int
    best_wage: int
    usual: float
    licensed: int
    within_reach: int
    admitted: int


def needs(crossing: Crossing, pair: Pair) -> tuple[str, ...]:
    """Name what must still be asked because the answer could exclude this pair."""
    workers, vacancies = crossing.workers, crossing.vacancies.columns
    low, high = vacancies.age_low[pair.vacancy], vacancies.age_high[pair.vacancy]
    asked = []
    if workers.columns.age[pair.worker] == NOT_SAID and (low != NOT_SAID or high != OLDEST):
        asked.append(requirements.BIRTH_YEAR)
    if pair.licensed == NOT_KNOWN:
        asked.append(requirements.CERTIFICATE)
    if pair.admitted == NOT_KNOWN:
        asked.append(requirements.GROUP)
    if pair.within_reach == NOT_KNOWN:
        is_homeless = workers.homes[workers.columns.home[pair.worker]] == NOT_SAID
        asked.append(requirements.HOME if is_homeless else requirements.WORKPLACE)
    return tuple(asked)


def value(code: ReasonCode, crossing: Crossing, pair: Pair) -> Value:
    """Give what a reason or a miss is about: the trade, the workplace, or yuan a month."""
    special = _REASONS.get(code)
    if special is not None:
        return special(crossing, pair)
    kind = code.value.split("_", maxsplit=1)[0]
    if kind == "trade":
        return crossing.vacancies.trade(pair.vacancy)
    if kind == "place":
        return workplace(crossing, pair)
    return pair.best_wage if kind == "wage" and pair.best_wage != NOT_SAID else None


def demand(code: ExclusionCode, crossing: Crossing, pair: Pair) -> Value:
    """Give what the vacancy demands or offers where this makes the pair impossible."""
    asked = _DEMANDS.get(code)
    return None if asked is None else asked(crossing, pair)


def workplace(crossing: Crossing, pair: Pair) -> str | None:
    """Give the code of the workplace, the town's where there is one."""
    return crossing.knowledge.code(crossing.vacancies.spot(pair.vacancy))


def licence_lacked(crossing: Crossing, pair: Pair) -> str | None:
    """Give the first licence that is required and not held."""
    workers, vacancies = crossing.workers, crossing.vacancies
    held = workers.held[workers.columns.held[pair.worker]]
    required = vacancies.licences[vacancies.columns.licence[pair.vacancy]]
    return None if held is None else lacking(held, required)


def _shared_group(crossing: Crossing, pair: Pair) -> str:
    workers = crossing.workers
    own: frozenset[str] | None = workers.groups[workers.columns.groups[pair.worker]]
    return min((own or frozenset()) & _reserved(crossing, pair))


def _reserved(crossing: Crossing, pair: Pair) -> frozenset[str]:
    vacancies = crossing.vacancies
    groups: frozenset[str] = vacancies.reserved[vacancies.columns.reserved[pair.vacancy]]
    return groups


def _age_limit(crossing: Crossing, pair: Pair) -> int:
    columns = crossing.vacancies.columns
    is_young = crossing.workers.columns.age[pair.worker] < columns.age_low[pair.vacancy]
    return int((columns.age_low if is_young else columns.age_high)[pair.vacancy])


def _area_refused(crossing: Crossing, pair: Pair) -> str | None:
    areas = crossing.workers.areas[crossing.workers.columns.refused[pair.worker]]
    first = containing(areas, crossing.at, crossing.knowledge)
    at = first[crossing.vacancies.columns.workplace[pair.vacancy]]
    return crossing.knowledge.code(areas[at])


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _schooling(crossing: Crossing, pair: Pair) -> str:
    number = crossing.vacancies.columns.education[pair.vacancy]
    return next(name.value for name in Education if SCHOOLING[name] == number)


def _column(name: str) -> Callable[[Crossing, Pair], int]:
    def read(crossing: Crossing, pair: Pair) -> int:
        return int(getattr(crossing.vacancies.columns, name)[pair.vacancy])

    return read


_REASONS: dict[ReasonCode, Callable[[Crossing, Pair], Value]] = {
    ReasonCode.TRADE_PAY_LOW: lambda _crossing, pair: round(pair.usual),
    ReasonCode.RESERVED_FOR_GROUP: _shared_group,
    ReasonCode.EXPERIENCE_SHORT: _column("years"),
    ReasonCode.TEMPORARY: _column("lasts"),
}
_DEMANDS: dict[ExclusionCode, Callable[[Crossing, Pair], Value]] = {
    ExclusionCode.EXPIRED: lambda crossing, pair: _day(_column("valid_until")(crossing, pair)),
    ExclusionCode.TRADE: lambda crossing, pair: crossing.vacancies.trade(pair.vacancy),
    ExclusionCode.AGE: _age_limit,
    ExclusionCode.CERTIFICATE: licence_lacked,
    ExclusionCode.MIGRATION: workplace,
    ExclusionCode.EXCLUDED_PLACE: _area_refused,
    ExclusionCode.WAGE: lambda _crossing, pair: pair.best_wage,
    ExclusionCode.RESERVED: lambda crossing, pair: "|".join(sorted(_reserved(crossing, pair))),
    ExclusionCode.EDUCATION: _schooling,
    ExclusionCode.AVAILABILITY: lambda crossing, pair: _day(_column("starts_on")(crossing, pair)),
    ExclusionCode.GIG_FAR: _column("lasts"),
    ExclusionCode.NEARBY_ONLY: workplace,
}
