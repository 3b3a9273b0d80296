"""One line of a sheet: its cells by column, and what is the matter with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.services.register.cells import CellError, CellReader
from bot.services.register.sheet_files import RawRow
from bot.services.register.sheet_tables import SheetTable

# What says who somebody is: a wrong one would find, or make, the wrong person.
IDENTITY = frozenset(
    {
        "name", "id_number", "person_number", "household_number", "head_name", "head_id_number",
        "firm", "credit_code", "title", "course", "starts_on", "ends_on", "seats",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not right in a row.

    Attributes:
        code: Last part of `register.problem.*`: a number of the national system's own rules
            (`5_01_004`) where it has one.
        column: Product name of the column, or empty for what concerns the whole row.
        refuses: The row is not taken over; else only that the sheet should be put right.
    """

    code: str
    column: str = ""
    refuses: bool = False


@dataclass(slots=True)
class SheetRow:
    """One line.

    Attributes:
        line: In the file, counting from 1.
        cells: Canonical texts by product name; columns that are not in the sheet are absent,
            empty cells too.
        findings: What is not right.
        raw: The cells as they stand in the file.
    """

    line: int
    cells: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    raw: RawRow = ()

    @property
    def is_refused(self) -> bool:
        """Whether the row is left out."""
        return any(one.refuses for one in self.findings)

    def refuse(self, code: str, column: str = "") -> None:
        """Leave the row out for this reason."""
        self._note(Finding(code, column, refuses=True))

    def warn(self, code: str, column: str = "") -> None:
        """Take the row, and say what should be put right."""
        self._note(Finding(code, column))

    def _note(self, finding: Finding) -> None:
        # Rows are looked at before they are taken over, and found wanting twice.
        if finding not in self.findings:
            self.findings.append(finding)


def read_rows(table: SheetTable, reader: CellReader) -> Iterator[SheetRow]:
    """Yield the rows of a sheet; a cell that cannot be read is left out and named.

    A wrong cell that says who somebody is refuses its row; so does a missing needed one.
    """
    placed = [(place, one) for place, one in enumerate(table.columns) if one is not None]
    # By their names, so that a row is the same in whatever order its columns stand.
    known = sorted(placed, key=lambda pair: pair[1].name)
    needed = [one.name for _place, one in known if one.needed]
    for line, raw in table.lines():
        row = SheetRow(line, {}, raw=raw)
        width = len(raw)
        for place, column in known:
            cell = raw[place] if place < width else None
            if cell is None or cell == "":
                continue
            try:
                text = reader.read(column.kind, cell)
            except CellError as wrong:
                refuses = column.name in IDENTITY
                row.findings.append(Finding(wrong.code, column.name, refuses=refuses))
                continue
            if text:
                row.cells[column.name] = text
        for name in needed:
            if name not in row.cells and not row.is_refused:
                row.refuse("missing", name)
        yield row
