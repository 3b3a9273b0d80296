"""A table as a value: what a sheet or a printed page shows, before anybody draws it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column heads.

    Attributes:
        title: Names the sheet and the file.
        columns: Heads, in the order shown.
        rows: As many cells each as there are columns. Numbers that are names, such as phone
            numbers, are texts. May be a generator: it is read once.
    """

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
