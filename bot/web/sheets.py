"""Draws a table as an Excel sheet or as comma-separated text."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import xlsxwriter

from bot.services.tables import Cell, Table

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
# A sheet that is saved as CSV and opened again would run these as formulas.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
LONGEST_CELL = 32_767
WIDTH = 18


def xlsx(table: Table) -> bytes:
    """Return `table` as the bytes of an .xlsx file; of a row only the present one is in memory.

    Texts stay texts, phone numbers too; a text that begins like a formula gets a leading
    apostrophe, as people type it.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(sheet_name(table.title))
    bold = book.add_format({"bold": True, "text_wrap": True})
    as_text = book.add_format({"num_format": "@"})
    as_day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.set_column(0, max(0, len(table.columns) - 1), WIDTH)
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(table.columns):
        sheet.write_string(0, column, plain(head), bold)
    for row, cells in enumerate(table.rows, 1):
        for column, cell in enumerate(cells):
            _write(sheet, row, column, cell, as_text=as_text, as_day=as_day)
    book.close()
    return file.getvalue()


def csv_text(table: Table) -> str:
    """Return `table` as comma-separated text with a mark by which Excel knows UTF-8.

    A text that begins like a formula gets a leading apostrophe.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([plain(head) for head in table.columns])
    for cells in table.rows:
        writer.writerow([plain(cell) if isinstance(cell, str) else cell for cell in cells])
    return f"\ufeff{file.getvalue()}"


def plain(words: str) -> str:
    """Return words that no program takes for a formula."""
    safe = f"'{words}" if words.startswith(FORMULA_SIGNS) else words
    return safe[:LONGEST_CELL]


def sheet_name(title: str) -> str:
    """Return a title as a sheet may be called: 31 characters, none of its own signs."""
    return NOT_IN_A_NAME.sub(" ", title).strip()[:LONGEST_NAME] or "1"


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    cell: Cell,
    *,
    as_text: xlsxwriter.format.Format,
    as_day: xlsxwriter.format.Format,
) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, plain(cell), as_text)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, as_day)
    else:
        sheet.write_number(row, column, cell)
