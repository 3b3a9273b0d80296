"""What is wrong with a sheet, as a sheet that can be put right and brought in again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot.services.deployment import Deployment
from bot.services.register.sheet_files import Raw
from bot.services.register.sheet_rows import Finding, SheetRow
from bot.services.register.sheet_tables import SheetTable
from bot.services.tables import Cell, Table
from content.register_columns import CellKind, Column, Sheet

AS_TEXT = frozenset({CellKind.ID_NUMBER, CellKind.NUMBER, CellKind.PHONE, CellKind.CODE})


def error_sheet(
    deployment: Deployment, table: SheetTable, rows: Sequence[SheetRow], *, language: str
) -> Table:
    """Return the rows that are refused or should be put right, each with what is the matter.

    The columns stand as in the file; three are added behind them, which are passed over when
    the sheet comes in again.
    """
    say = deployment.text
    added = [say(f"register.sheet.{name}", language) for name in ("line", "taken", "reason")]
    return Table(
        say("register.sheet.title", language),
        [*table.headings, *added],
        _lines(deployment, table, rows, language),
    )


def reason_words(deployment: Deployment, findings: Sequence[Finding], *, language: str) -> str:
    """Return what is the matter with a row, with the headings of the columns."""
    return "；".join(_words(deployment, one, language=language) for one in dict.fromkeys(findings))


def _words(deployment: Deployment, finding: Finding, *, language: str) -> str:
    words = deployment.text(f"register.problem.{finding.code}", language)
    heading = heading_of(deployment, finding.column)
    return f"{heading}：{words}" if heading else words


def heading_of(deployment: Deployment, name: str) -> str:
    """Return the heading of a column by its product name; empty where there is none."""
    for columns in map(deployment.catalogue.register_columns.of, Sheet):
        for column in columns:
            if column.name == name:
                return column.heading
    return ""


def _lines(
    deployment: Deployment, table: SheetTable, rows: Sequence[SheetRow], language: str
) -> Iterator[list[Cell]]:
    width = len(table.headings)
    for row in rows:
        if not row.findings:
            continue
        cells = [
            _cell(row.raw[place] if place < len(row.raw) else None, table.columns[place])
            for place in range(width)
        ]
        taken = deployment.text(
            f"register.sheet.{'refused' if row.is_refused else 'warned'}", language
        )
        reason = reason_words(deployment, row.findings, language=language)
        yield [*cells, row.line, taken, reason]


def _cell(raw: Raw, column: Column | None) -> Cell:
    """Return a cell as it stood; numbers that are names become texts, so no program rounds them."""
    if raw is None or isinstance(raw, str):
        return raw
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw)) if column is not None and column.kind in AS_TEXT else int(raw)
    if isinstance(raw, datetime):
        return raw.date()
    return raw if isinstance(raw, (int, float, date)) else str(raw)
