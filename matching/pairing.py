"""What is established once about a worker and a vacancy before anything is judged.

The caller's ports may be slow (they can look things up); a ranking asks the same few trades and
places thousands of times, so answers are remembered for the length of one call.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from matching.ports import NEAR, SAME, TRANSFERABLE, UNRELATED, UNSKILLED, PlaceView, TradeRelations
from matching.types import Vacancy, WorkerProfile

CLOSE_KM = 30.0  # between county seats: commuting, by the rubric of the graded sample
_TOWN_DIGITS = 9
_BEST_FIRST = (SAME, NEAR, TRANSFERABLE, UNRELATED)

_Asked = tuple[str | None, tuple[str, ...], tuple[str, ...]]  # home, wanted and refused places


class Nearness(IntEnum):
    """How near a workplace is to the worker's home; a higher number is nearer."""

    ELSEWHERE = 0
    PROVINCE = 1
    CITY = 2
    CLOSE = 3
    COUNTY = 4
    TOWN = 5


class Chain(NamedTuple):
    """The units a code lies in, itself included; None where the code is wider than the level.

    A municipality has no prefecture: `city` is None there.
    """

    county: str | None
    city: str | None
    province: str | None


class PlaceFit(NamedTuple):
    """How a workplace lies to a worker; None means that one of the two is not known well enough.

    `refused` is the refused place the vacancy lies in; `wanted` is None without wanted places.
    """

    same_county: bool | None
    same_province: bool | None
    nearness: Nearness | None
    seats_km: float | None
    refused: str | None
    wanted: bool | None


class TradeFit(NamedTuple):
    """How a worker's trades serve in the vacancy's trade.

    `in_trade`: it is the worker's own work, or near enough to be no change of trade.
    `without_trade`: the worker named no trade, or only such as need no skill.
    """

    relation: str
    skill: str
    in_trade: bool
    without_trade: bool


class Pair(NamedTuple):
    """A worker, a vacancy, and what is known about the two together.

    `best_wage` is what this worker can reach, in yuan a month: the upper end of the range, but
    the lower end, where one is given, for somebody who would begin in an unrelated trade.
    """

    worker: WorkerProfile
    vacancy: Vacancy
    trade: TradeFit
    place: PlaceFit
    best_wage: int | None


class Pairing:
    """Brings workers and vacancies together; one instance serves one call."""

    def __init__(self, *, relations: TradeRelations, places: PlaceView) -> None:
        self._relations = relations
        self._places = places
        self._trade: dict[tuple[tuple[str, ...], str], TradeFit] = {}
        self._chain: dict[str, Chain] = {}
        self._km: dict[tuple[str, str], float | None] = {}
        self._place: dict[tuple[_Asked, str | None, str | None], PlaceFit] = {}

    def pair(self, worker: WorkerProfile, vacancy: Vacancy, /) -> Pair:
        """Establish what is known about one worker and one vacancy."""
        trade_key = (worker.trades, vacancy.trade)
        trade = self._trade.get(trade_key)
        if trade is None:
            trade = self._trade[trade_key] = self._trade_fit(*trade_key)
        asked = (worker.home, worker.locations, worker.excluded_locations)
        place_key = (asked, vacancy.adcode, vacancy.town)
        place = self._place.get(place_key)
        if place is None:
            place = self._place[place_key] = self._place_fit(worker, vacancy)
        first, other = vacancy.wage_max, vacancy.wage_min
        if trade.relation == UNRELATED and not trade.without_trade:
            first, other = other, first
        return Pair(worker, vacancy, trade, place, other if first is None else first)

    def _trade_fit(self, trades: tuple[str, ...], wanted: str) -> TradeFit:
        found = {self._relations.relation(trade, wanted) for trade in trades}
        relation = next((kind for kind in _BEST_FIRST if kind in found), UNRELATED)
        return TradeFit(
            relation=relation,
            skill=self._relations.skill(wanted),
            in_trade=relation in {SAME, NEAR},
            without_trade=all(self._relations.skill(trade) == UNSKILLED for trade in trades),
        )

    def chain(self, code: str, /) -> Chain:
        """Give the county, prefecture and province of a code."""
        found = self._chain.get(code)
        if found is None:
            city, province = self._places.city_of(code), self._places.province_of(code)
            found = Chain(
                self._places.county_of(code), None if city == province else city, province
            )
            self._chain[code] = found
        return found

    def _place_fit(self, worker: WorkerProfile, vacancy: Vacancy) -> PlaceFit:
        refused = wanted = None
        if worker.excluded_locations:
            inside = (area for area in worker.excluded_locations if self._inside(vacancy, area))
            refused = next(inside, None)
        if worker.locations:
            wanted = _any_known(self._inside(vacancy, area) for area in worker.locations)
        code = vacancy.adcode or vacancy.town
        if worker.home is None or code is None:
            return PlaceFit(None, None, None, None, refused, wanted)
        home, work = self.chain(worker.home), self.chain(code)
        same_county = _agree(home.county, work.county)
        if same_county is None and _agree(home.city, work.city) is False:
            same_county = False
        same_province = _agree(home.province, work.province)
        if same_province is False:
            same_county = False
        km = self._seats_km(home.county, work.county or _other_city(work, than=home))
        same_town = worker.home == vacancy.town
        nearness = Nearness.TOWN if same_town else _nearness(home, work, km=km)
        return PlaceFit(same_county, same_province, nearness, km, refused, wanted)

    def _seats_km(self, a: str | None, b: str | None) -> float | None:
        if a is None or b is None:
            return None
        if a == b:
            return 0.0
        if (a, b) not in self._km:
            self._km[a, b] = self._places.seat_distance_km(a, b)
        return self._km[a, b]

    def _inside(self, vacancy: Vacancy, area: str) -> bool | None:
        """Tell whether the workplace lies in an area; None if it is known too coarsely."""
        if area in {vacancy.town, vacancy.adcode}:
            return True
        code = vacancy.adcode or vacancy.town
        if code is None:
            return None
        around = self.chain(code)
        if area in around:
            return True
        if len(area) == _TOWN_DIGITS and vacancy.town is not None:
            return False
        return None if code in self.chain(area) else False


def _other_city(work: Chain, *, than: Chain) -> str | None:
    """Give the city of a workplace whose county is not known, unless it is the home's city.

    Some cities (东莞) have no counties; within one city its seat would tell nothing.
    """
    return work.city if work.city != than.city else None


def _agree(a: str | None, b: str | None) -> bool | None:
    return None if a is None or b is None else a == b


def _any_known(answers: Iterable[bool | None]) -> bool | None:
    """True if any is true, else None if any is unknown, else False."""
    seen = set(answers)
    if True in seen:
        return True
    return None if None in seen else False


def _nearness(home: Chain, work: Chain, *, km: float | None) -> Nearness | None:
    if home.province is None or work.province is None:
        return None
    if home.county is not None and home.county == work.county:
        return Nearness.COUNTY
    if km is not None and km <= CLOSE_KM:
        return Nearness.CLOSE
    if home.city is not None and home.city == work.city:
        return Nearness.CITY
    return Nearness.PROVINCE if home.province == work.province else Nearness.ELSEWHERE
