"""Hard requirements: what makes a vacancy impossible for a worker.

Each check is silent when what it needs is not known: an unknown age is a question to ask
(`needs`), never an exclusion.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from matching.pairing import CLOSE_KM, Pair, Pairing
from matching.ports import SKILLED, UNRELATED, PlaceView, TradeRelations
from matching.types import Exclusion, ExclusionCode, Migration, Vacancy, WorkerProfile

BIRTH_YEAR, CERTIFICATE, HOME, WORKPLACE = "birth_year", "certificate", "home", "workplace"
_WAGE_FLOOR_PERCENT = 85  # below this share of the wish nobody goes; rubric of the graded sample

Check = Callable[[Pair, date], Exclusion | None]


def exclusions(
    worker: WorkerProfile,
    vacancy: Vacancy,
    *,
    relations: TradeRelations,
    places: PlaceView,
    today: date,
) -> tuple[Exclusion, ...]:
    """Give every reason why the vacancy is impossible, in the order of ExclusionCode.

    Empty means feasible as far as is known; what is not known stands in `Match.needs`.
    """
    return exclusions_of(Pairing(relations=relations, places=places).pair(worker, vacancy), today)


def exclusions_of(pair: Pair, today: date, /) -> tuple[Exclusion, ...]:
    """Give every exclusion of a pair that is already established."""
    return tuple(found for check in _CHECKS if (found := check(pair, today)) is not None)


def is_feasible(pair: Pair, today: date, /) -> bool:
    """Tell whether no exclusion holds, stopping at the first that does."""
    for check in _CHECKS:  # noqa: SIM110 - all() over a generator costs twice the time here
        if check(pair, today) is not None:
            return False
    return True


def needs(pair: Pair, /) -> tuple[str, ...]:
    """Name what must still be asked because the answer could exclude this pair."""
    worker, vacancy = pair.worker, pair.vacancy
    asked = []
    if worker.age is None and (vacancy.age_min is not None or vacancy.age_max is not None):
        asked.append(BIRTH_YEAR)
    if worker.certificates is None and vacancy.certificates:
        asked.append(CERTIFICATE)
    if _within_reach(pair) is None:
        asked.append(HOME if worker.home is None else WORKPLACE)
    return tuple(asked)


def _expired(pair: Pair, today: date) -> Exclusion | None:
    last = pair.vacancy.valid_until
    if last is None or today <= last:
        return None
    return Exclusion(ExclusionCode.EXPIRED, last.isoformat())


def _trade(pair: Pair, _today: date) -> Exclusion | None:
    trade = pair.vacancy.trade
    beyond = pair.trade.relation == UNRELATED and pair.trade.skill == SKILLED
    if beyond or trade in pair.worker.refused_trades:
        return Exclusion(ExclusionCode.TRADE, trade)
    return None


def _age(pair: Pair, _today: date) -> Exclusion | None:
    age, low, high = pair.worker.age, pair.vacancy.age_min, pair.vacancy.age_max
    if age is None:
        return None
    if low is not None and age < low:
        return Exclusion(ExclusionCode.AGE, low)
    if high is not None and age > high:
        return Exclusion(ExclusionCode.AGE, high)
    return None


def _certificate(pair: Pair, _today: date) -> Exclusion | None:
    held = pair.worker.certificates
    if held is None:
        return None
    for required in pair.vacancy.certificates:
        if not any(one in held for one in required.split("|")):
            return Exclusion(ExclusionCode.CERTIFICATE, required)
    return None


def _within_reach(pair: Pair) -> bool | None:
    """Tell whether the workplace lies within the limit set by the worker; None if unknown."""
    migration = pair.worker.migration
    if migration is Migration.NEAR_HOME or migration is Migration.IN_COUNTY:
        return pair.place.same_county
    return pair.place.same_province if migration is Migration.IN_PROVINCE else True


def _migration(pair: Pair, _today: date) -> Exclusion | None:
    if _within_reach(pair) is not False:
        return None
    return Exclusion(ExclusionCode.MIGRATION, pair.vacancy.adcode or pair.vacancy.town)


def _excluded_place(pair: Pair, _today: date) -> Exclusion | None:
    refused = pair.place.refused
    return None if refused is None else Exclusion(ExclusionCode.EXCLUDED_PLACE, refused)


def _wage(pair: Pair, _today: date) -> Exclusion | None:
    wish = pair.worker.wage_min
    if wish is None:
        return None
    best = pair.best_wage
    if best is None or best * 100 >= wish * _WAGE_FLOOR_PERCENT:
        return None
    return Exclusion(ExclusionCode.WAGE, best)


def _room_board(pair: Pair, _today: date) -> Exclusion | None:
    if pair.worker.wants_room_board is not True or pair.vacancy.lodging is not False:
        return None
    km = pair.place.seats_km
    return Exclusion(ExclusionCode.ROOM_BOARD) if km is not None and km > CLOSE_KM else None


def _reserved(pair: Pair, _today: date) -> Exclusion | None:
    groups = pair.vacancy.reserved_for
    if not groups or groups & pair.worker.groups:
        return None
    return Exclusion(ExclusionCode.RESERVED, "|".join(sorted(groups)))


_CHECKS: tuple[Check, ...] = (
    _expired,
    _trade,
    _age,
    _certificate,
    _migration,
    _excluded_place,
    _wage,
    _room_board,
    _reserved,
)
