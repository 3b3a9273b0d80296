"""Turns what stands in a cell into the one text by which the register keeps it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.services.register.sheet_files import Raw
from content.check_digits import credit_code_problem, folded, id_number_problem
from content.register_columns import CellKind, RegisterColumns, plain

YES, NO = "是", "否"
YES_WORDS = frozenset({"是", "有", "1", "y", "yes", "true", "√", "对", "已参加", "参加", "已签"})
NO_WORDS = frozenset(
    {"否", "无", "0", "n", "no", "false", "×", "x", "不是", "未参加", "没有", "未签"}
)
EMPTY_WORDS = frozenset({"", "-", "—", "--", "/", "无数据", "null", "none", "nan", "n/a"})
SEX_WORDS = {
    "男": "男",
    "男性": "男",
    "m": "男",
    "1": "男",
    "女": "女",
    "女性": "女",
    "f": "女",
    "2": "女",
}
FORMULA_SIGNS = frozenset("=+-@\t\r")
EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(3_654, 73_051)  # 1910 to 2099
# Beyond fifteen digits a program that took a number for a sum has lost the rest.
EXACT_BELOW = 10**15
OLD_ID_LENGTH = 15
MOBILE = re.compile(r"1[3-9]\d{9}")
MOST_YUAN, MOST_MONTHS = 10_000_000, 1_200
LONGEST_TEXT, LONGEST_NAME = 200, 30
LONGEST_FIGURE = 20
_DAY = re.compile(r"(\d{4})\D{0,2}(\d{1,2})(?:\D{0,2}(\d{1,2}))?\D*")
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)(万|千|k|K)?")
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·•．.]{1,30}|[A-Za-z][A-Za-z .'·-]{0,40}")
_NUMBER = re.compile(r"[0-9A-Za-z-]{1,40}")
TIMES = {"万": 10_000, "千": 1_000, "k": 1_000, "K": 1_000}


class CellError(Exception):
    """A cell that cannot be kept; `code` is the last part of `register.problem.*`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class CellReader:
    """Reads cells; the same words in the same kind of column are read once.

    Attributes:
        columns: What the words of a sheet stand for.
        today: A day of birth after it is impossible.
    """

    columns: RegisterColumns
    today: date
    _known: dict[tuple[CellKind, Raw], str] = field(default_factory=dict)

    def read(self, kind: CellKind, raw: Raw) -> str:
        """Return the canonical text of a cell, empty for nothing said.

        Raises:
            CellError: It cannot be what its column holds.
        """
        if raw is None or raw == "":
            return ""
        key = (kind, raw)
        found = self._known.get(key)
        if found is None:
            text = _unguarded(raw) if isinstance(raw, str) else _text_of(raw)
            found = "" if text.casefold() in EMPTY_WORDS else _READERS[kind](self, raw, text)
            if kind in _REPEATED:
                self._known[key] = found
        return found

    def id_number(self, raw: Raw, text: str) -> str:
        """Return the 18 signs of an ID number; one of 15 digits gets its century and check."""
        if isinstance(raw, float) and raw >= EXACT_BELOW:
            raise CellError("digits_lost")
        number = folded(text)
        if len(number) == OLD_ID_LENGTH and number.isdecimal():
            number = widened(number)
        problem = id_number_problem(number, today=self.today)
        if problem is not None:
            raise CellError(f"id_{problem}")
        return number

    def education(self, raw: Raw, text: str) -> str:
        """Keep a known word for schooling as it stands."""
        del raw
        if plain(text) not in self.columns.education:
            raise CellError("education")
        return text


def widened(number: str) -> str:
    """Return an ID number of 15 digits as the 18 signs that replaced it (GB 11643-1999)."""
    seventeen = f"{number[:6]}19{number[6:]}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, weights, strict=True))
    return seventeen + "10X98765432"[total % 11]


def _unguarded(raw: str) -> str:
    """Return a text without the signs by which people keep programs from running or rounding it.

    Raises:
        CellError: It is a formula.
    """
    if raw.startswith("'") and raw[1:2] in FORMULA_SIGNS:
        return " ".join(raw[1:].split())
    if raw.startswith('="') and raw.endswith('"'):
        return raw[2:-1].strip()
    if raw.startswith("="):
        raise CellError("formula")
    return " ".join(raw.split())


def _text_of(raw: Raw) -> str:
    if isinstance(raw, bool):
        return YES if raw else NO
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else str(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    return " ".join(str(raw).split())


def _text(_reader: CellReader, _raw: Raw, text: str) -> str:
    return text[:LONGEST_TEXT]


def _name(_reader: CellReader, _raw: Raw, text: str) -> str:
    said = unicodedata.normalize("NFKC", text)
    if not any(sign.isascii() and sign.isalpha() for sign in said):
        said = "".join(said.split())
    if len(said) > LONGEST_NAME or not _NAME.fullmatch(said):
        raise CellError("name")
    return said


def _number(_reader: CellReader, raw: Raw, text: str) -> str:
    if isinstance(raw, float) and raw >= EXACT_BELOW:
        raise CellError("digits_lost")
    number = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if not _NUMBER.fullmatch(number):
        raise CellError("number")
    return number


def _phone(_reader: CellReader, _raw: Raw, text: str) -> str:
    digits = "".join(one for one in unicodedata.normalize("NFKC", text) if one not in " -—()·")
    digits = digits.removeprefix("+86").removeprefix("0086")
    if not MOBILE.fullmatch(digits):
        raise CellError("2_01_013")
    return digits


def _sex(_reader: CellReader, _raw: Raw, text: str) -> str:
    found = SEX_WORDS.get(text.casefold())
    if found is None:
        raise CellError("sex")
    return found


def _day(_reader: CellReader, raw: Raw, text: str) -> str:
    if isinstance(raw, (date, datetime)):
        return text[:10]
    folded_text = unicodedata.normalize("NFKC", text)
    is_short = len(folded_text) <= LONGEST_FIGURE
    if is_short and folded_text.isdecimal() and int(folded_text) in SERIALS:
        return (EXCEL_EPOCH + timedelta(days=int(folded_text))).isoformat()
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})?", folded_text)
    found = compact or _DAY.fullmatch(folded_text)
    if found is None:
        raise CellError("day")
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)).isoformat()
    except ValueError:
        raise CellError("day") from None


def _yes_no(_reader: CellReader, _raw: Raw, text: str) -> str:
    said = unicodedata.normalize("NFKC", text).casefold()
    if said in YES_WORDS:
        return YES
    if said in NO_WORDS:
        return NO
    raise CellError("yes_no")


def _figure(most: int) -> Callable[[CellReader, Raw, str], str]:
    def read(_reader: CellReader, _raw: Raw, text: str) -> str:
        found = _FIGURE.match(unicodedata.normalize("NFKC", text).replace(",", ""))
        if found is None or len(found[1]) > LONGEST_FIGURE:
            raise CellError("figure")
        value = round(float(found[1]) * TIMES.get(found[2] or "", 1))
        if value > most:
            raise CellError("figure")
        return str(value)

    return read


def _credit_code(_reader: CellReader, _raw: Raw, text: str) -> str:
    if credit_code_problem(text) is not None:
        raise CellError("credit_code")
    return folded(text)


_READERS: Mapping[CellKind, Callable[[CellReader, Raw, str], str]] = {
    CellKind.TEXT: _text,
    CellKind.NAME: _name,
    CellKind.NUMBER: _number,
    CellKind.CODE: _number,
    CellKind.ID_NUMBER: CellReader.id_number,
    CellKind.CREDIT_CODE: _credit_code,
    CellKind.PHONE: _phone,
    CellKind.PLACE: _text,
    CellKind.WORKPLACE: _text,
    CellKind.SEX: _sex,
    CellKind.DAY: _day,
    CellKind.EDUCATION: CellReader.education,
    CellKind.YES_NO: _yes_no,
    CellKind.MONTHS: _figure(MOST_MONTHS),
    CellKind.COUNT: _figure(MOST_YUAN),
    CellKind.YUAN: _figure(MOST_YUAN),
}
# Names and numbers hardly come twice; keeping them would only hold them in memory.
_REPEATED = frozenset(CellKind) - {
    CellKind.NAME, CellKind.NUMBER, CellKind.ID_NUMBER, CellKind.CREDIT_CODE, CellKind.PHONE,
}  # fmt: skip
