"""Reads the cells of a file, whatever program wrote it, and refuses what is none of ours."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from bot.errors import UserError

Raw = str | int | float | bool | date | datetime | time | timedelta | None
RawRow = Sequence[Raw]

MOST_ROWS = 200_000
MOST_BYTES = 60_000_000
MOST_UNPACKED = 800_000_000
MOST_COLUMNS = 500
PART = 1 << 20
ZIP_SIGN = b"PK\x03\x04"
OLD_EXCEL_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARTING = (",", "\t", ";")


def read_file(content: bytes) -> list[RawRow]:
    """Return the lines of a sheet's first page, empty ones included, the first being line 1.

    What is in the file decides, not its name: .xlsx, .xls and .ods through Excel's own formats,
    everything else as text parted by commas, tabs or semicolons, in UTF-8, UTF-16 or GB18030.

    Raises:
        UserError: It is no sheet, it is empty, it is longer than 200,000 lines or 60 MB, or it
            unpacks to more than 800 MB.
    """
    if len(content) > MOST_BYTES:
        raise UserError("register.refused.too_big", most=MOST_BYTES // 1_000_000)
    if content.startswith(ZIP_SIGN):
        _check_unpacked(content)
        rows = _excel(content)
    elif content.startswith(OLD_EXCEL_SIGN):
        rows = _excel(content)
    else:
        rows = _text(content)
    if not any(any(cell not in (None, "") for cell in row) for row in rows):
        raise UserError("register.refused.empty")
    return rows


def _excel(content: bytes) -> list[RawRow]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = next((one for one in _sheets(book) if one.total_height), None)
        if sheet is None:
            raise UserError("register.refused.empty")
        if sheet.total_height > MOST_ROWS:
            raise UserError("register.refused.too_long", most=MOST_ROWS)
        if sheet.total_width > MOST_COLUMNS:
            raise UserError("register.refused.too_wide", most=MOST_COLUMNS)
        return list(sheet.to_python(skip_empty_area=False))
    except CalamineError:
        raise UserError("register.refused.no_sheet") from None


def _sheets(book: CalamineWorkbook) -> list[CalamineSheet]:
    return [book.get_sheet_by_index(number) for number in range(len(book.sheet_names))]


def _check_unpacked(content: bytes) -> None:
    """Unpack once without keeping anything: what an archive says of its sizes may be a lie."""
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as part:
                    while chunk := part.read(PART):
                        left -= len(chunk)
                        if left < 0:
                            raise UserError("register.refused.too_big", most=MOST_BYTES // 10**6)
    # `zipfile` raises these for an unknown compression and for a password.
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError,
    ):  # fmt: skip
        raise UserError("register.refused.no_sheet") from None


def _text(content: bytes) -> list[RawRow]:
    text = _decoded(content)
    if "\0" in text:
        raise UserError("register.refused.no_sheet")
    first = next((line for line in text.splitlines() if line.strip()), "")
    parting = max(PARTING, key=first.count)
    rows: list[RawRow] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=parting):
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise UserError("register.refused.too_long", most=MOST_ROWS)
    except csv.Error:
        raise UserError("register.refused.no_sheet") from None
    return rows


def _decoded(content: bytes) -> str:
    has_order = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if has_order else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("register.refused.no_sheet")
