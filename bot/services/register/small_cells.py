"""Small numbers kept back from tables that leave the house, so that nobody is found in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

LEAST_SHOWN = 5
Line = list[tuple[int, int]]


def kept_back(matrix: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Return the cells, row and column, that a table does not show.

    Args:
        matrix: Counts with a sum at the end of each row and a row of sums below.

    Returns:
        Every count from 1 to 4, and as many others that no sum of a row or a column gives a
        single one of them away. Zero says nothing about anybody and is kept back only where
        nothing else can be.
    """
    hidden = {
        (row, column)
        for row, cells in enumerate(matrix)
        for column, count in enumerate(cells)
        if 0 < count < LEAST_SHOWN
    }
    while True:
        told = [one for line in _lines(matrix) if (one := _one_more(matrix, line, hidden))]
        if not told:
            return hidden
        hidden.add(told[0])


def _lines(matrix: Sequence[Sequence[int]]) -> Iterator[Line]:
    rows, columns = len(matrix), len(matrix[0]) if matrix else 0
    for row in range(rows):
        yield [(row, column) for column in range(columns)]
    for column in range(columns):
        yield [(row, column) for row in range(rows)]


def _one_more(
    matrix: Sequence[Sequence[int]], line: Line, hidden: set[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return what has to be kept back beside the only hidden cell of a line, or None."""
    if len([one for one in line if one in hidden]) != 1:
        return None
    rest = [one for one in line if one not in hidden]
    # The last of a line is its sum, the most useful number: it goes after all others.
    return min(
        rest, key=lambda one: (one == line[-1], _count(matrix, one) == 0, _count(matrix, one))
    )


def _count(matrix: Sequence[Sequence[int]], cell: tuple[int, int]) -> int:
    return matrix[cell[0]][cell[1]]
