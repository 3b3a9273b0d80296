"""Trades and places as numbers, so that whole columns can be compared at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.ports import (
    NEAR,
    SAME,
    SKILLED,
    TRAINABLE,
    TRANSFERABLE,
    UNRELATED,
    UNSKILLED,
    PlaceView,
    TradeRelations,
)

RELATIONS = (UNRELATED, TRANSFERABLE, NEAR, SAME)  # by number, the closest highest
SKILLS = (UNSKILLED, TRAINABLE, SKILLED)  # by number, the hardest highest
UNKNOWN = -1
_TOWN_DIGITS = 9
_REMEMBERED = 512  # homes whose distances are kept; a register has a few dozen


class Spot(NamedTuple):
    """A place by number: its finest six-digit unit, and the town's code as a number or 0."""

    unit: int
    town: int


class Knowledge:
    """Numbers for trades and places; never changes, and serves all threads.

    Trade numbers follow the order of `TradeRelations.words`; one more stands for all other
    words. Unit numbers follow `PlaceView.codes`; -1 is a unit that is not known.

    Attributes:
        trades: The words by number; the last is empty and stands for every unknown one.
        relations: (T, T) numbers of RELATIONS, worker's trade first.
        skills: (T,) numbers of SKILLS.
        near_from: (T, M) the trades whose people can start in a trade at once, itself first; short
            rows repeat it.
        codes: The codes by unit number.
        county: (P,) the unit itself or -1 where it is wider than a county.
        city: (P,) the prefecture; -1 in a municipality and above.
        province: (P,) the province.
    """

    def __init__(self, *, relations: TradeRelations, places: PlaceView) -> None:
        self.trades = (*relations.words(), "")
        self._trade_number = {word: number for number, word in enumerate(self.trades)}
        self.relations = _relation_matrix(self.trades, relations)
        self.skills = np.array(
            [SKILLS.index(relations.skill(word)) for word in self.trades], dtype=np.int8
        )
        self.near_from = _near_from(self.relations)
        self._places = places
        self.codes = tuple(places.codes())
        self._number = {code: number for number, code in enumerate(self.codes)}
        chains = [self._chain(code) for code in self.codes]
        columns = np.array(chains, dtype=np.int16).reshape(-1, 3).T
        self.county, self.city, self.province = columns
        self._km: dict[int, NDArray[np.float32]] = {}

    def trade(self, word: str, /) -> int:
        """Number a trade; every unknown word has the last number."""
        return self._trade_number.get(word, len(self.trades) - 1)

    def spot(self, code: str | None, /) -> Spot:
        """Number a place: what is not listed counts as the finest known unit around it."""
        if code is None:
            return Spot(UNKNOWN, 0)
        number = self._number.get(code)
        if number is not None:
            return Spot(number, 0)
        around = (
            self._places.county_of(code),
            self._places.city_of(code),
            self._places.province_of(code),
        )
        unit = next((self._number[one] for one in around if one in self._number), UNKNOWN)
        return Spot(unit, int(code) if len(code) == _TOWN_DIGITS and code.isdecimal() else 0)

    def code(self, spot: Spot, /) -> str | None:
        """Give the code of a place, the town's where there is one."""
        if spot.town:
            return str(spot.town)
        return None if spot.unit == UNKNOWN else self.codes[spot.unit]

    def km_from(self, unit: int, /) -> NDArray[np.float32]:
        """Give kilometres between seats, (P + 1,); the last is for unit -1; unknown is nan."""
        known = self._km.get(unit)
        if known is None:
            if len(self._km) >= _REMEMBERED:
                self._km.clear()
            known = self._km[unit] = self._distances(unit)
        return known

    def _distances(self, unit: int) -> NDArray[np.float32]:
        found = np.full(len(self.codes) + 1, np.nan, dtype=np.float32)
        if unit != UNKNOWN:
            found[:-1] = np.array(
                self._places.seat_distances_km(self.codes[unit], self.codes), dtype=np.float32
            )
            found[unit] = 0.0
        return found

    def _chain(self, code: str) -> tuple[int, int, int]:
        city, province = self._places.city_of(code), self._places.province_of(code)
        chain = (self._places.county_of(code), None if city == province else city, province)
        county, prefecture, above = (
            UNKNOWN if one is None else self._number.get(one, UNKNOWN) for one in chain
        )
        return county, prefecture, above


def _relation_matrix(words: Sequence[str], relations: TradeRelations) -> NDArray[np.int8]:
    """Compare every two trades; the unknown one is related to nothing, not even to itself."""
    matrix = np.zeros((len(words), len(words)), dtype=np.int8)
    for row, worker_trade in enumerate(words[:-1]):
        for column, wanted in enumerate(words[:-1]):
            matrix[row, column] = RELATIONS.index(relations.relation(worker_trade, wanted))
    return matrix


def _near_from(relations: NDArray[np.int8]) -> NDArray[np.intp]:
    serves = relations >= RELATIONS.index(NEAR)
    rows = [[trade, *np.flatnonzero(serves[:, trade])] for trade in range(len(serves))]
    width = max(map(len, rows))
    return np.array([row + row[:1] * (width - len(row)) for row in rows], dtype=np.intp)
