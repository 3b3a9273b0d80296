"""The columns of the sheets that bureaus exchange, and the words that stand in them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import cast

from content.data_files import DataFile, DataFolder

FILE = "register_columns.toml"
MOST_NEAR = 2
NEAR_ENOUGH = 0.5


class Sheet(StrEnum):
    """What a sheet lists."""

    WORKERS = "workers"
    HOUSEHOLDS = "households"
    VACANCIES = "vacancies"
    COURSES = "courses"


class CellKind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    NAME = "name"
    NUMBER = "number"
    CODE = "code"
    ID_NUMBER = "id_number"
    CREDIT_CODE = "credit_code"
    PHONE = "phone"
    PLACE = "place"
    WORKPLACE = "workplace"
    SEX = "sex"
    DAY = "day"
    EDUCATION = "education"
    YES_NO = "yes_no"
    MONTHS = "months"
    COUNT = "count"
    YUAN = "yuan"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: What the product calls it.
        heading: What is written above it on the way out.
        kind: How its cells are read.
        sheets: In which sheets it stands.
        spellings: Other headings under which it is met.
        needed: A sheet without it is refused.
    """

    name: str
    heading: str
    kind: CellKind
    sheets: frozenset[Sheet]
    spellings: tuple[str, ...]
    needed: bool


class RegisterColumns:
    """All columns, and what the words in them stand for.

    Attributes:
        education: Word of the sheet → word of `matching.types.Education`.
        channels: Word → word of `storage.register_states.EmploymentChannel`.
        venues: Word → `workshop`.
        categories: Word for a household → word of `storage.register_states.Category`, empty
            where it says that there is none.
    """

    __slots__ = ("_by_heading", "_of_sheet", "categories", "channels", "education", "venues")

    def __init__(self, columns: Iterable[Column], words: Mapping[str, Mapping[str, str]]) -> None:
        kept = tuple(columns)
        self._of_sheet = {
            sheet: tuple(one for one in kept if sheet in one.sheets) for sheet in Sheet
        }
        self._by_heading = {sheet: _by_heading(self._of_sheet[sheet]) for sheet in Sheet}
        self.education = words["education"]
        self.channels = words["channels"]
        self.venues = words["venues"]
        self.categories = words["categories"]

    def of(self, sheet: Sheet) -> tuple[Column, ...]:
        """Return the columns of a sheet in the order in which they are written."""
        return self._of_sheet[sheet]

    def find(self, sheet: Sheet, heading: str) -> Column | None:
        """Return the column that a heading names; brackets and spaces make no difference."""
        return self._by_heading[sheet].get(plain(heading))

    def nearest(self, sheet: Sheet, column: Column, headings: Iterable[str]) -> tuple[str, ...]:
        """Return the headings that look most like those of a missing column, nearest first."""
        names = {plain(column.heading), *map(plain, column.spellings)}
        free = [one for one in headings if one and self.find(sheet, one) is None]
        scored = sorted(
            ((max(_likeness(plain(one), name) for name in names), one) for one in free),
            key=lambda pair: (-pair[0], pair[1]),
        )
        return tuple(one for score, one in scored if score >= NEAR_ENOUGH)[:MOST_NEAR]


def plain(words: str) -> str:
    """Return words without brackets, spaces and quotation marks, in half-width signs."""
    folded = unicodedata.normalize("NFKC", words)
    return "".join(one for one in folded if one.isalnum()).casefold()


def read_register_columns(folder: DataFolder) -> RegisterColumns:
    """Read `register_columns.toml`.

    Raises:
        ContentError: A column lacks a field, or two columns of a sheet share a heading.
    """
    file = folder.read(FILE)
    table = file.toml()
    rows = cast("list[dict[str, object]]", table.get("column") or [])
    columns = [_column(file, number, row) for number, row in enumerate(rows)]
    _check_headings(file, columns)
    names = ("education", "channels", "venues", "categories")
    return RegisterColumns(columns, {name: _words(file, table, name) for name in names})


def _column(file: DataFile, number: int, row: Mapping[str, object]) -> Column:
    try:
        return Column(
            name=str(row["name"]),
            heading=str(row["heading"]),
            kind=CellKind(str(row["kind"])),
            sheets=frozenset(Sheet(one) for one in cast("list[str]", row["sheets"])),
            spellings=tuple(cast("list[str]", row.get("spellings") or [])),
            needed=row.get("needed") is True,
        )
    except (KeyError, ValueError) as wrong:
        raise file.error(
            file.table_line("column", number),
            f"a column cannot be read: {wrong}",
            "Give name, heading, kind and sheets as the others do.",
        ) from wrong


def _check_headings(file: DataFile, columns: list[Column]) -> None:
    seen: dict[tuple[Sheet, str], str] = {}
    for number, column in enumerate(columns):
        for sheet in sorted(column.sheets):
            first = seen.setdefault((sheet, plain(column.heading)), column.name)
            if first != column.name:
                raise file.error(
                    file.table_line("column", number),
                    f"{column.heading} of {sheet} is {first} already",
                    "Give each column of a sheet a heading of its own.",
                )


def _by_heading(columns: Iterable[Column]) -> dict[str, Column]:
    kept = tuple(columns)
    found = {plain(one.heading): one for one in kept}
    for one in kept:
        for spelling in one.spellings:
            found.setdefault(plain(spelling), one)
    return found


def _words(file: DataFile, table: Mapping[str, object], name: str) -> Mapping[str, str]:
    rows = table.get(name)
    if not isinstance(rows, Mapping):
        raise file.error(1, f"[{name}] is missing", "Give what its words stand for.")
    return MappingProxyType(
        {plain(word): str(meaning) for meaning, words in rows.items() for word in words}
    )


def _likeness(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, a, b).ratio()
