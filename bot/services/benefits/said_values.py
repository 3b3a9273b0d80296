"""Sums, days and counts as people say them in answer to a question; what is unclear is None."""

from __future__ import annotations

import re
from datetime import date

from bot.understanding.writing.folding import fold
from bot.understanding.writing.numerals import read_number
from content.benefits.money import FEN_A_YUAN, MOST_YUAN

_NUMBER = r"\d+[百千万]\d{0,4}|[\d,]+(?:\.\d{1,2})?|[零一二两三四五六七八九十百千万]+"
_LEAD = r"(?:一共|总共|共|票价|价钱|花了|是|就是|要|¥|￥|rmb|人民币)*"
_TAIL = r"(?:钱|整|人民币|rmb|[。.!！])*"
_SUM = re.compile(
    rf"{_LEAD}(?P<yuan>{_NUMBER})(?:(?:块钱|块|元|圆)(?:零|又)?"
    rf"(?:(?P<jiao>[\d一二两三四五六七八九]{{1,2}})(?P<jiao_unit>角|毛)?)?"
    rf"(?:(?P<fen>[\d一二两三四五六七八九])分)?)?{_TAIL}"
)
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_DAY = re.compile(r"((?:19|20)\d{2})\s*[年./-]?\s*(\d{1,2})\s*[月./-]?\s*(\d{1,2})\s*[日号]?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
JIAO_A_YUAN = 10
# 198。5 slips from a Chinese keyboard.
_POINT = re.compile(r"(?<=\d)[。．](?=\d)")
_UNSURE = re.compile("左右|大概|差不多|好像|几|多块|多元|来块|不到|上下|约")


def fen_said(text: str) -> int | None:
    """Return the fen of one exact sum: 198块5 and 198.5 are 19850; None where it is no such.

    Words that only come near (两百多, 大概200, 一百几) are no exact sum, and neither are nothing,
    a negative number and two sums in one answer.
    """
    words = _POINT.sub(".", fold(text).replace(" ", ""))
    match = _SUM.fullmatch(words)
    if match is None or _UNSURE.search(words):
        return None
    yuan = _whole_or_decimal(match["yuan"])
    if yuan is None:
        return None
    fen = yuan + _small_change(match)
    return fen if 0 < fen <= MOST_YUAN * FEN_A_YUAN else None


def day_said(text: str) -> date | None:
    """Return the calendar day of 1974年3月5日, 1974-3-5 or 19740305, or None."""
    match = _DAY.search(fold(text))
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def year_said(text: str) -> int | None:
    """Return a year of four digits, or None."""
    match = _YEAR.search(fold(text))
    return int(match[1]) if match else None


def ticket_number_said(text: str) -> str | None:
    """Return a ticket's number in capitals without blanks; None for what can be none."""
    plain = "".join(sign for sign in fold(text).upper() if sign.isascii() and sign.isalnum())
    digits = sum(sign.isdigit() for sign in plain)
    return plain if digits >= 5 and len(plain) <= 32 else None  # noqa: PLR2004 - shortest, longest


def _whole_or_decimal(words: str) -> int | None:
    if words.replace(",", "").replace(".", "").isdigit():
        whole, _, part = words.replace(",", "").partition(".")
        if not whole.isdigit():
            return None
        return int(whole) * FEN_A_YUAN + int(part.ljust(2, "0") or 0)
    number = read_number(words)
    if number is None and words in _DIGITS:
        number = _DIGITS[words]
    return None if number is None else round(number) * FEN_A_YUAN


def _small_change(match: re.Match[str]) -> int:
    jiao, fen = match["jiao"] or "", match["fen"] or ""
    if len(jiao) > 1 and jiao.isdigit():
        return int(jiao)  # 198块50 is said for 198.50
    tenths = _digit(jiao) * FEN_A_YUAN // JIAO_A_YUAN
    return tenths + _digit(fen)


def _digit(sign: str) -> int:
    return int(sign) if sign.isdigit() else _DIGITS.get(sign, 0)
