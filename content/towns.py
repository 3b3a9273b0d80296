"""The towns of the whole country, read when one is first needed."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import NamedTuple

from content.place_names import short_town_name

COUNTY_CODE_LENGTH = 6


class TownRow(NamedTuple):
    """One line of the register: nine digits, full name, code of the place it lies in."""

    code: str
    name: str
    county: str


class TownTable:
    """All towns in order of their codes; a town is known here by its number in that order."""

    __slots__ = ("_bare", "_codes", "_counties", "_names", "_parents", "words")

    def __init__(self, rows: Iterable[TownRow], words: frozenset[str]) -> None:
        """Take rows in any order; `words` are bare names that are ordinary words (太平)."""
        ordered = sorted(rows)
        self.words = words
        self._codes = array("I", (int(row.code) for row in ordered))
        # A fifth of the names are shared by several towns: each is kept once.
        kept: dict[str, str] = {}
        self._names = [kept.setdefault(row.name, row.name) for row in ordered]
        self._counties: dict[str, tuple[int, int]] = {}
        self._parents: dict[str, str] = {}
        bare: dict[str, int | tuple[int, ...]] = {}
        for number, row in enumerate(ordered):
            first, _ = self._counties.get(row.county, (number, number))
            self._counties[row.county] = (first, number + 1)
            if not row.code.startswith(row.county):
                self._parents[row.code[:COUNTY_CODE_LENGTH]] = row.county
            short = short_town_name(row.name)
            known = bare.get(short, ())
            others = (known,) if isinstance(known, int) else known
            # Most names are of one town: a bare number is a third of a tuple of one.
            bare[short] = (*others, number) if others else number
        self._bare: Mapping[str, int | tuple[int, ...]] = bare

    def row(self, code: str) -> TownRow | None:
        """Return the town of a code of nine digits, or None."""
        number = bisect_left(self._codes, int(code)) if code.isdecimal() else len(self._codes)
        if number == len(self._codes) or self._codes[number] != int(code):
            return None
        return self._row(number)

    def in_county(self, county: str) -> list[TownRow]:
        """Return the towns of a county by code; of a city where it has no counties."""
        first, end = self._counties.get(county, (0, 0))
        rows = [self._row(number) for number in range(first, end)]
        return [row for row in rows if row.county == county]

    def bare_names(self) -> Iterable[str]:
        """Return every name without 镇, 乡 or 街道."""
        return self._bare.keys()

    def bare(self, name: str) -> list[TownRow]:
        """Return the towns of a bare name by code (回龙)."""
        numbers = self._bare.get(name, ())
        return [self._row(one) for one in ((numbers,) if isinstance(numbers, int) else numbers)]

    def called(self, name: str) -> list[TownRow]:
        """Return the towns of a full name by code (回龙镇)."""
        return [row for row in self.bare(short_town_name(name)) if row.name == name]

    def _row(self, number: int) -> TownRow:
        code = str(self._codes[number])
        above = code[:COUNTY_CODE_LENGTH]
        return TownRow(code, self._names[number], self._parents.get(above, above))


class Towns:
    """Reads the table once, at the first need, from whichever thread comes first."""

    __slots__ = ("_lock", "_read", "_table")

    def __init__(self, read: Callable[[], TownTable]) -> None:
        self._read = read
        self._lock = Lock()
        self._table: TownTable | None = None

    def table(self) -> TownTable:
        """Return the table; the first call takes some 0.3 seconds.

        Raises:
            ContentError: The register is malformed.
        """
        if self._table is None:
            with self._lock:
                if self._table is None:
                    self._table = self._read()
        return self._table
