"""Numbers for values that many rows share, so that each is compared once and not once a row."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=Hashable)


class Kinds(Generic[T]):
    """Distinct values in the order in which they were first met."""

    __slots__ = ("_numbers",)

    def __init__(self, values: Iterable[T] = ()) -> None:
        self._numbers: dict[T, int] = {}
        for value in values:
            self.number(value)

    def number(self, value: T, /) -> int:
        """Give the value's number; a new value gets the next one."""
        return self._numbers.setdefault(value, len(self._numbers))

    def values(self) -> tuple[T, ...]:
        """List the values by number."""
        return tuple(self._numbers)


def padded(rows: Sequence[Sequence[int]], *, fill: int) -> NDArray[np.int32]:
    """Put rows of different lengths into one array, (rows, the longest), at least one wide."""
    width = max([1, *map(len, rows)])
    array = np.full((len(rows), width), fill, dtype=np.int32)
    for number, row in enumerate(rows):
        array[number, : len(row)] = row
    return array


class RowsOfKinds(NamedTuple):
    """A row of each kind of craft, workplace and answer on lodging; see `row_of_each`."""

    craft: NDArray[np.intp]
    workplace: NDArray[np.intp]
    lodging: NDArray[np.intp]


def row_of_each(numbers: NDArray[np.integer], count: int) -> NDArray[np.intp]:
    """Give a row of each of `count` kinds, by number; row 0 for a kind that no row has."""
    rows = np.zeros(count, dtype=np.intp)
    rows[numbers] = np.arange(len(numbers))
    return rows
