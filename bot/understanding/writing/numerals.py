"""Numbers and ranges as they are spoken: 六千五, 五六千, 1万2, 4.5k-6k, 8千到1万2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.writing.spoken_number import SpokenNumber

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000}
# Formal digits stand in contracts and receipts; 〇 is folded to 0.
_PLAIN = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬兩", "一二二三三四五六六七八九十百千万两")
_FORMAL = "壹贰貳叁參肆伍陆陸柒捌玖兩"
_DIGIT = f"[一二两三四五六七八九{_FORMAL}]"
_SIGNS = f"零一二两三四五六七八九十百千万拾佰仟萬{_FORMAL}"
_BIG = "百千万kw佰仟萬"
# 一 before a measure opens a new word: 三百三一天 is 330 a day, 三百一个工 is 300.
_NEW_WORD = "一(?:天|个|月|小时|钟|年|日|周|班|工|律|样|般|起|共|h|定|直|下|哈|些|路|人)"
# A digit right before people is a headcount: 4千2人.
_HEADS = rf"(?<=[{_BIG}])(?:\d|{_DIGIT})(?:人|名|位|岁|个人)"
_HAN = rf"(?:(?!{_NEW_WORD}|{_HEADS})[{_SIGNS}])"
_POINT = rf"[.点。](?=(?:\d{{1,2}}|{_DIGIT}) ?[千万kw])"
_PAY_SIGN = "薪资钱入手遇给要拿开约合:¥"
_GROUPED = (
    r"\d{1,3}(?:,\d{3})+(?![\d.])"
    rf"|(?:(?<=[{_PAY_SIGN}])|(?<=[{_PAY_SIGN}] )|\A)\d{{1,2}} \d{{3}}(?!\d)"
)
_ARABIC = rf"(?:{_GROUPED}|\d{{1,9}}(?:\.\d{{1,2}})?)"
_NEXT = (
    rf"{_HAN}| ?[{_BIG}](?![a-z])|(?<=[{_BIG}零0])(?!{_HEADS})\d{{1,4}}(?![\d.])"
    rf"|(?<=[\d{_SIGNS}]){_POINT}(?:\d{{1,2}}|{_DIGIT})"
    rf"|(?<=[\d{_SIGNS}])、(?=[\d{_SIGNS}][十{_BIG}])[\d{_SIGNS}]|(?<=[{_BIG}])0(?={_DIGIT})"
)
_RUN = rf"(?:{_ARABIC}|{_HAN})(?:{_NEXT}){{0,14}}"
_BETWEEN = r"(?:元|块钱|块)?(?:/?(?:每个?|一个?)?(?:月|天|日|小时))?"
_TO = r"(?: ?(?:-{1,3}|到|至) ?|(?<=\d\d\d)/(?=\d{3}))"
_AMOUNT = re.compile(
    rf"(?<![\d.a-z])(?P<low>{_RUN})(?:{_BETWEEN}{_TO}¥?(?P<high>{_RUN}))?"
    r"(?!(?<=\d)(?:\d|\.\d)|(?!rmb|h\b)[a-z])"
)
_ANY = re.compile(rf"[\d{_SIGNS}]")
_PARTS = re.compile(r"\d+(?:\.\d+)?|[零一二两三四五六七八九]|[十百千万kw]|[ 、,]")
_SPOKEN_POINT = re.compile(r"([\d一二两三四五六七八九])[点。]([\d一二两三四五六七八九])")
_INVITES_BARE = re.compile("[上过破近小成]")
_SMALL = 100  # 5-8千 shares its unit, 500-8千 does not
_STEP = 1_000
_COUNTED = re.compile("[点号人名岁个天月日年小时:层楼]")
# 千八百 and its like name the size, not 1,800: somewhat below the bigger unit.
_SOMEWHAT_BELOW = {"千八百": (800.0, 1_000.0), "百八十": (80.0, 100.0), "万八千": (8e3, 1e4)}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a range at a place of the text; `low` equals `high` for one number."""

    low: float
    high: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Read:
    """What a run of numerals says, how many of its characters, and its last unit (or 0)."""

    low: float
    high: float
    length: int
    unit: float


@lru_cache(maxsize=4096)
def read_number(words: str) -> float | None:
    """Read one number: 6500, 6.5k, 4,500, 1万2, 六千五, 二十, 叁仟; None if it is none.

    A digit after a unit counts in the next lower unit (1万2 is 12,000). Bare rows of
    Chinese digits (一二三) and ranges (五六千) are no number here.
    """
    read = _read(words)
    if read is None or read.length != len(words) or read.low != read.high:
        return None
    return read.low


def find_amounts(text: str) -> list[Amount]:
    """Find every number and range of folded text, in order; they never overlap.

    A falling range (9-5) gives its first number alone. A lone 百, 千 or 万 is a number only
    behind 上, 过, 近, 小 and their like: 上万, but not 万州.
    """
    found: list[Amount] = []
    place = 0
    while _ANY.search(text, place) and (match := _AMOUNT.search(text, place)) is not None:
        amount, place = _amount_of(text, match)
        if amount is not None:
            found.append(amount)
    return found


def _amount_of(text: str, match: re.Match[str]) -> tuple[Amount | None, int]:
    """Return the amount at a match and where to read on."""
    start, low_end = match.span("low")
    low = _read(match["low"])
    if low is None:
        return None, low_end
    if _is_lone_unit(text, start, low):
        return None, start + low.length
    if not low.unit and low.length < low_end - start and text[start] in _SIGNS:
        return None, low_end  # a row of digits, as in a number that is read out
    one = Amount(low.low, low.high, start, start + low.length)
    if low.length < low_end - start or match["high"] is None:
        return one, one.end
    high = _read(match["high"])
    if high is None:
        return one, low_end
    end = match.start("high") + high.length
    bounds = _as_range(low, high, counted=_COUNTED.match(text, end) is not None)
    if bounds is None:
        return one, end
    return Amount(*bounds, start, end), end


def _as_range(low: _Read, high: _Read, *, counted: bool) -> tuple[float, float] | None:
    """Join two numbers; the one without unit takes the other's: 5-8千, 6千到8."""
    first, last = low.low, high.high
    if not low.unit and high.unit >= _SMALL and first < _SMALL and first <= last:
        first *= high.unit
    elif low.unit >= _STEP and not high.unit and last < _SMALL and not counted:
        last *= low.unit
    return (first, last) if first <= last else None


def _is_lone_unit(text: str, start: int, read: _Read) -> bool:
    word = text[start : start + read.length].translate(_PLAIN)
    if word[0] not in "百千万":
        return False
    if word[1:] in ("", "一"):  # 万一 is "in case"
        invited = start > 0 and _INVITES_BARE.match(text[start - 1])
        return not invited and text[start + 1 : start + 2] != "把"
    return False


@lru_cache(maxsize=8192)
def _read(words: str) -> _Read | None:
    """Read the longest number at the head of a run of numerals."""
    plain = _SPOKEN_POINT.sub(_as_decimal, words.translate(_PLAIN))
    for idiom, (low, high) in _SOMEWHAT_BELOW.items():
        if plain.startswith(idiom):
            return _Read(low, high, len(idiom), _STEP)
    if re.match(r"\d{1,3}[, ]\d{3}", plain):
        return _read_grouped(plain)
    number, end = SpokenNumber(), 0
    for part in _PARTS.finditer(plain):
        if part.start() != end or not _take(number, part):
            break
        end = part.end()
    bounds = number.finish()
    if bounds is None:
        return None
    length = end - number.given_back
    return _Read(bounds[0], bounds[1], len(words[:length].rstrip(" 、")), number.unit)


def _take(number: SpokenNumber, part: re.Match[str]) -> bool:
    word = part.group()
    if word in " 、,":
        return word != ","
    if word in _UNITS:
        return number.take_unit(_UNITS[word])
    if word in _DIGITS:
        return number.take_digit(_DIGITS[word])
    return number.take_figure(word)


def _read_grouped(words: str) -> _Read:
    match = re.match(r"\d{1,3}(?:[, ]\d{3})+", words)
    figure = match.group() if match else words
    value = float(re.sub("[, ]", "", figure))
    return _Read(value, value, len(figure), 0)


def _as_decimal(match: re.Match[str]) -> str:
    whole, part = (str(_DIGITS.get(sign, sign)) for sign in match.groups())
    return f"{whole}.{part}"
