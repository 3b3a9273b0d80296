"""Numbers and ranges as they are spoken: 六千五, 五六千, 1万2, 4.5k-6k, 8千到1万2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cn2an import cn2an

_UNITS = {"百": 100, "千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000}
_NEXT_UNIT = {"百": 10, "千": 100, "k": 100, "万": 1_000, "w": 1_000}
_WIDEST = 2  # 三五千 is a range, 三八千 is not
_SMALL = 100  # 5-8千 shares its unit, 500-8千 does not
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
# 一 before a measure of time opens a new word: 三百三一天 is 330 a day.
_HAN = (
    "(?:(?!一(?:天|个月|月|小时|个小时|个钟|年|日|律|样|般|起|共))[零一二两三四五六七八九十百千万])"
)
_ARABIC = r"\d{1,9}(?:\.\d{1,2})?(?: ?[kw百千万](?:\d(?![\d.人名个位岁])[千百]?)?)?"
_ATOM = rf"(?:{_ARABIC}|{_HAN}{{1,9}})"
_TO = r"(?: ?(?:-{1,3}|到|至) ?)"
_MONEY = r"(?:元|块钱|块)?"
AMOUNT = re.compile(
    rf"(?<![\d.a-z])(?P<low>{_ATOM})(?:{_MONEY}{_TO}(?P<high>{_ATOM}))?(?![a-z\d])",
)
_ARABIC_PARTS = re.compile(r"(\d+(?:\.\d+)?) ?([kw百千万])?(?:(\d)([千百])?)?")
_NEIGHBOURS = re.compile(r"(十?)([一二两三四五六七八九])([一二两三四五六七八九])([十百千万]?)(万?)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a range at a place of the text; `low` equals `high` for one number."""

    low: float
    high: float
    start: int
    end: int


@lru_cache(maxsize=4096)
def read_number(words: str) -> float | None:
    """Read one number: 6500, 6.5k, 1万2, 六千五, 二十; None if it is none.

    A digit after a unit counts in the next lower unit (1万2 is 12,000). Bare rows of
    Chinese digits (一二三) are no number here.
    """
    if words[:1].isdigit():
        return _read_arabic(words)
    if len(words) > 1 and not re.search(r"[十百千万]", words):
        return None
    try:
        return float(cn2an(words, "smart"))
    except (ValueError, KeyError, IndexError):
        return None


def _read_arabic(words: str) -> float | None:
    parts = _ARABIC_PARTS.fullmatch(words)
    if parts is None:
        return None
    number, unit, tail, tail_unit = parts.groups()
    value = float(number) * _UNITS.get(unit or "", 1)
    if tail:
        value += int(tail) * (_UNITS[tail_unit] if tail_unit else _NEXT_UNIT[unit])
    return round(value, 2)


def _read_neighbours(words: str) -> tuple[float, float] | None:
    """Read 五六千, 两三万, 二三十, 十七八: two neighbouring digits that share a unit."""
    parts = _NEIGHBOURS.fullmatch(words)
    if parts is None:
        return None
    ten, first, second, unit, more = parts.groups()
    low, high = _DIGITS[first], _DIGITS[second]
    if not 0 < high - low <= _WIDEST or (ten and unit) or not (ten or unit):
        return None
    scale = {"十": 10, **_UNITS}.get(unit, 1) * (10_000 if more else 1)
    base = 10 if ten else 0
    return float(base + low * scale), float(base + high * scale)


def _share_unit(low: float, high: float, high_words: str) -> float:
    """Give the first number the unit of the second: 5-8千 begins at 5,000."""
    unit = re.search(r"[kw百千万]", high_words)
    if unit is None or low >= _SMALL or low > high:
        return low
    return low * _UNITS[unit.group()]


def amount_of(match: re.Match[str]) -> Amount | None:
    """Turn a match of `AMOUNT` into numbers; None if the words are no number."""
    low_words, high_words = match["low"], match["high"]
    if high_words is None:
        pair = _read_neighbours(low_words)
        if pair is not None:
            return Amount(*pair, match.start(), match.end())
    low = read_number(low_words)
    if low is None:
        return None
    if high_words is None:
        return Amount(low, low, match.start(), match.end())
    high = read_number(high_words)
    if high is None:
        return Amount(low, low, match.start(), match.end("low"))
    if not re.search(r"[kw百千万]", low_words):
        low = _share_unit(low, high, high_words)
    if high < low:
        return Amount(low, low, match.start(), match.end("low"))
    return Amount(low, high, match.start(), match.end())


def find_amounts(text: str) -> list[Amount]:
    """Find every number and range of folded text, in order; they never overlap."""
    found = (amount_of(match) for match in AMOUNT.finditer(text))
    return [amount for amount in found if amount is not None]
