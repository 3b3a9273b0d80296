"""The days of a course: 12月1日到12月10日, 12月1日开班共10天, 12月1日开课."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.posts.spoken_days import FIRM_DAY, read_day
from bot.understanding.writing.numerals import read_number

_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_NUMBER = r"(?:\d{1,2}|[二三]?十?[一二三四五六七八九十])[日号]?(?![\d点:])"
_SPAN = re.compile(
    rf"(?P<first>{FIRM_DAY})(?:\([^()\n]{{1,6}}\))?[起 ]{{0,2}}(?:到|至|-{{1,2}}) ?"
    rf"(?P<last>{FIRM_DAY}|{_NUMBER})"
)
_BEGINS = r"(?:改到|改成|改为|开班|开课|开学|开讲|上课|报到|开始|开训|起)"
_FIRST = re.compile(
    rf"(?:{_BEGINS}|培训|时间|日期|日子)(?:时间|日期|日子|日)?"
    r"(?:改到|改成|改为|定在|[:：是在为于 ]){0,2}"
    rf"(?P<day>{FIRM_DAY})"
    rf"|(?P<behind>{FIRM_DAY})(?:\([^()\n]{{1,6}}\))?"
    rf"(?:上午|下午|早上|晚上|正式|准时|就|[ ]){{0,3}}{_BEGINS}"
)
_LAST = re.compile(
    r"(?:结束|结业|结课|最后一天|截止|止)(?:时间|日期|日)?"
    rf"(?:改到|改成|改为|[:：是在为于 ]){{0,2}}(?P<day>{FIRM_DAY})"
    rf"|(?P<behind>{FIRM_DAY})(?:下午|上午|[ ]){{0,2}}(?:结束|结业|结课|学完|止)"
)
_LENGTH = re.compile(
    rf"(?<![每第一二三四五六七八九十月\d周-])(?P<count>{_COUNT}) ?"
    r"(?P<unit>天|个?工作日|个?星期|个?礼拜|周|个月)"
    r"(?!内|前|后|以内|之内|以前|制)"
)
_SIGN_UP = re.compile(r"(?:报名|登记|截止)[^,。;\n]{0,8}$")
_WEEK, _MONTH, _HALF_MONTH, _WORKDAYS = 7, 30, 15, 5


def read_days(text: str, today: date) -> tuple[date | None, date | None]:
    """Return the first and the last day of a course from folded text; None where not said.

    The last day may follow from a length: ten days from the first of December end on the tenth;
    working days skip weekends. Days until which one may sign up are none of a course.
    """
    span = _span(text, today)
    if span is not None:
        return span
    first = _named(_FIRST, text, today)
    last = _named(_LAST, text, today)
    if last is None and first is not None:
        last = _after_length(text, first)
    return first, last


def _span(text: str, today: date) -> tuple[date, date] | None:
    for match in _SPAN.finditer(text):
        if _SIGN_UP.search(text[: match.start()]):
            continue
        first = read_day(match["first"], today)
        last = first and _end_of(first, match["last"], today)
        if first and last and last >= first:
            return first, last
    return None


def _end_of(first: date, words: str, today: date) -> date | None:
    """Return the last day; where only its number is said, the month is that of the first."""
    if re.fullmatch(_NUMBER, words):
        number = read_number(words.rstrip("日号"))
        try:
            return None if number is None else first.replace(day=int(number))
        except ValueError:
            return None
    last = read_day(words, today, at_end=True)
    if last is not None and last < first:  # 12月20日到1月10日
        return read_day(words, first, at_end=True)
    return last


def _named(pattern: re.Pattern[str], text: str, today: date) -> date | None:
    for match in pattern.finditer(text):
        if _SIGN_UP.search(text[: match.start()]):
            continue
        day = read_day(match["day"] or match["behind"], today)
        if day is not None:
            return day
    return None


def _after_length(text: str, first: date) -> date | None:
    match = _LENGTH.search(text)
    if match is None:
        return None
    number = read_number(match["count"])
    unit = match["unit"]
    if "工作日" in unit:
        return _workdays(first, int(number)) if number else None
    if number is None:
        return first + timedelta(days=_HALF_MONTH - 1) if "月" in unit else None
    scale = _MONTH if "月" in unit else 1 if unit == "天" else _WEEK
    days = int(number) * scale
    return first + timedelta(days=days - 1) if days > 0 else None


def _workdays(first: date, count: int) -> date:
    day, left = first, count - (first.weekday() < _WORKDAYS)
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < _WORKDAYS
    return day
