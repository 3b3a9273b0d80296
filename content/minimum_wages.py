"""Statutory minimum wages by place and date; only rows that someone read at the source decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from content.data_files import DataFile, DataFolder, text_of, texts_of

Evidence = Literal["read", "excerpt", "unverified"]
_EVIDENCE: dict[str, Evidence] = {
    "read": "read",
    "excerpt": "excerpt",
    "unverified": "unverified",
}
_TABLE = "wage"


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """One row of the table.

    Attributes:
        areas: Codes (province, city or county) for which the row holds, all below them included.
        per_month: Yuan a month for full-time work, or None.
        per_hour: Yuan an hour for part-time work, or None.
        valid_from: First day.
        valid_to: Last day, or None while in force.
        source: Document and number, or where the figure was heard.
        evidence: `read` at the source, `excerpt` of it, or `unverified`.
    """

    areas: tuple[str, ...]
    per_month: float | None
    per_hour: float | None
    valid_from: date
    valid_to: date | None
    source: str
    evidence: Evidence

    def holds(self, on: date) -> bool:
        """Tell whether the row is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class MinimumWages:
    """All rows, and the one that decides for a place on a day."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Iterable[MinimumWage]) -> None:
        self._rows = tuple(rows)

    def rows(self) -> tuple[MinimumWage, ...]:
        """Return every row in the order of the file, unverified ones too: for officers only."""
        return self._rows

    def lookup(self, adcode: str, on: date) -> MinimumWage | None:
        """Return the row that decides for a place on a day, or None.

        The finest area wins: a county's own row before its city's. None means unknown, which
        is not the same as lawful: nobody has read the figure at its source.
        """
        decisive = [row for row in self._rows if row.evidence == "read" and row.holds(on)]
        matching = [(fit, row) for row in decisive if (fit := _fit(row, adcode))]
        return max(matching, key=lambda match: match[0])[1] if matching else None


def read_minimum_wages(folder: DataFolder) -> MinimumWages:
    """Read `minimum_wages.toml`.

    Raises:
        ContentError: A row lacks a field, or two `read` rows hold for one area on one day.
    """
    file = folder.read("minimum_wages.toml")
    listed = file.toml().get(_TABLE, [])
    if not isinstance(listed, list):
        raise file.error(file.line_of(_TABLE), "wage is not a list", "Write [[wage]] tables.")
    rows = [_row(file, index, row) for index, row in enumerate(listed)]
    _check_overlaps(file, rows)
    return MinimumWages(rows)


def _fit(row: MinimumWage, adcode: str) -> int:
    """Return how many digits the finest matching area shares with the code; 0 for no match."""
    prefixes = (area[:2] if area[2:] == "0000" else area.removesuffix("00") for area in row.areas)
    return max((len(prefix) for prefix in prefixes if adcode.startswith(prefix)), default=0)


def _row(file: DataFile, index: int, row: dict[str, object]) -> MinimumWage:
    line = file.table_line(_TABLE, index)
    evidence = _EVIDENCE.get(text_of(file, _TABLE, row, "evidence"))
    valid_from, valid_to = row.get("valid_from"), row.get("valid_to")
    amounts = [row.get("per_month"), row.get("per_hour")]
    problem = None
    if evidence is None:
        problem = f"evidence is not one of {', '.join(_EVIDENCE)}"
    elif not isinstance(valid_from, date) or not isinstance(valid_to, date | None):
        problem = "valid_from or valid_to is not a date such as 2025-01-01"
    elif amounts == [None, None] or not all(isinstance(one, int | float | None) for one in amounts):
        problem = "per_month or per_hour is not a number of yuan"
    if problem or evidence is None or not isinstance(valid_from, date):
        raise file.error(line, f"minimum wage {index + 1}: {problem}", "Correct the row.")
    return MinimumWage(
        areas=texts_of(file, _TABLE, row, "areas"),
        per_month=_yuan(amounts[0]),
        per_hour=_yuan(amounts[1]),
        valid_from=valid_from,
        valid_to=valid_to if isinstance(valid_to, date) else None,
        source=text_of(file, _TABLE, row, "source"),
        evidence=evidence,
    )


def _yuan(amount: object) -> float | None:
    return float(amount) if isinstance(amount, int | float) else None


def _check_overlaps(file: DataFile, rows: list[MinimumWage]) -> None:
    for index, row in enumerate(rows):
        for earlier in rows[:index]:
            decisive = row.evidence == earlier.evidence == "read"
            shared = set(row.areas) & set(earlier.areas)
            if (
                decisive
                and shared
                and (row.holds(earlier.valid_from) or earlier.holds(row.valid_from))
            ):
                raise file.error(
                    file.table_line(_TABLE, index),
                    f"two rows hold for {min(shared)} on one day",
                    "End the older row with valid_to.",
                )
