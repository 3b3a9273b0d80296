"""Finds the headings of a sheet, whatever stands above them, and what each column is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.errors import UserError
from bot.services.register.sheet_files import Raw, RawRow
from content.register_columns import Column, RegisterColumns, Sheet, plain

# Titles, dates and notes stand above the headings of official sheets.
LOOKED_AT = 12
FEWEST_KNOWN = 2
# What our own error sheets add.
ADDED = frozenset(
    map(plain, ("行号", "收没收", "要改的地方", "Line", "Taken over", "What to change"))
)


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A sheet with its columns recognised.

    Attributes:
        sheet: What it lists.
        headings: As they stand in the file.
        columns: The column at each place; None for one that is not taken over.
        ignored: Headings that are not taken over.
        rows: All lines of the file.
        first: Index in `rows` of the first line below the headings.
    """

    sheet: Sheet
    headings: tuple[str, ...]
    columns: tuple[Column | None, ...]
    ignored: tuple[str, ...]
    rows: Sequence[RawRow]
    first: int

    def lines(self) -> Iterator[tuple[int, RawRow]]:
        """Yield (line in the file counting from 1, its cells), without empty lines."""
        for index in range(self.first, len(self.rows)):
            row = self.rows[index]
            if any(cell not in (None, "") for cell in row):
                yield index + 1, row

    def has(self, name: str) -> bool:
        """Tell whether a column stands in the sheet."""
        return any(one is not None and one.name == name for one in self.columns)


def read_table(columns: RegisterColumns, sheet: Sheet, rows: Sequence[RawRow]) -> SheetTable:
    """Recognise the columns of a sheet.

    A title above the headings and headings in two lines (the upper one merged) are understood.
    Of two columns with one meaning the first counts.

    Raises:
        UserError: No line looks like headings, or needed columns are missing; it names them,
            and the headings that look most like them.
    """
    best = max(
        range(min(LOOKED_AT, len(rows))),
        key=lambda index: (_known(columns, sheet, rows[index]), -index),
        default=None,
    )
    if best is None or not _known(columns, sheet, rows[best]):
        raise UserError("register.refused.no_headings", needed=_needed_words(columns, sheet))
    first, headings = best + 1, _texts(rows[best])
    if first < len(rows) and _known(columns, sheet, rows[first]) >= FEWEST_KNOWN:
        headings = _joined(columns, sheet, headings, _texts(rows[first]))
        first += 1
    elif best and _known(columns, sheet, rows[best - 1]):
        headings = _joined(columns, sheet, _texts(rows[best - 1]), headings)
    found = _recognised(columns, sheet, headings)
    _check_needed(columns, sheet, found, headings)
    ignored = [
        heading
        for heading, column in zip(headings, found, strict=True)
        if heading and column is None and plain(heading) not in ADDED
    ]
    return SheetTable(sheet, tuple(headings), tuple(found), tuple(ignored), rows, first)


def _recognised(
    columns: RegisterColumns, sheet: Sheet, headings: Sequence[str]
) -> list[Column | None]:
    taken: set[str] = set()
    found: list[Column | None] = []
    for heading in headings:
        column = columns.find(sheet, heading) if heading else None
        is_new = column is not None and column.name not in taken
        found.append(column if is_new else None)
        if column is not None:
            taken.add(column.name)
    return found


def _check_needed(
    columns: RegisterColumns,
    sheet: Sheet,
    found: Sequence[Column | None],
    headings: Sequence[str],
) -> None:
    present = {one.name for one in found if one is not None}
    missing = [one for one in columns.of(sheet) if one.needed and one.name not in present]
    if not missing:
        return
    near = {one: columns.nearest(sheet, missing[0], headings) for one in (missing[0].heading,)}
    named = "、".join(one.heading for one in missing)
    closest = "、".join(near[missing[0].heading])
    if closest:
        raise UserError("register.refused.missing_near", missing=named, near=closest)
    raise UserError("register.refused.missing", missing=named)


def _joined(
    columns: RegisterColumns, sheet: Sheet, upper: Sequence[str], lower: Sequence[str]
) -> list[str]:
    """Return one heading a column of two lines: the one that is known, the lower one first."""
    width = max(len(upper), len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    below = [*lower, *[""] * (width - len(lower))]
    return [
        under if under and (columns.find(sheet, under) or not over) else over or under
        for over, under in zip(above, below, strict=True)
    ]


def _known(columns: RegisterColumns, sheet: Sheet, row: RawRow) -> int:
    names = {
        column.name
        for cell in row
        if isinstance(cell, str) and cell and (column := columns.find(sheet, cell)) is not None
    }
    return len(names)


def _texts(row: RawRow) -> list[str]:
    return [_text(cell) for cell in row]


def _text(cell: Raw) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _needed_words(columns: RegisterColumns, sheet: Sheet) -> str:
    return "、".join(one.heading for one in columns.of(sheet) if one.needed)
