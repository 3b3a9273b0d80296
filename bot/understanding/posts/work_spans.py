"""A job that lasts from one named day to another: 12月1日到12月5日用工."""

from __future__ import annotations

import re
from datetime import date

from bot.understanding.posts.spoken_days import FIRM_DAY, read_day
from bot.understanding.writing.numerals import read_number

LONGEST = 60
_NUMBER = r"(?:\d{1,2}|[一二三]?十?[一二三四五六七八九十])[日号]"
_SPAN = re.compile(rf"(?P<first>{FIRM_DAY}) ?(?:到|至|-{{1,2}}) ?(?P<last>{FIRM_DAY}|{_NUMBER})")
# The long pattern is tried only where a day is followed by another.
_BOUNDS = re.compile(r"[日号月底初旬一二三四五六七八九十] ?(?:到|至|-)|[./]\d{1,2} ?(?:到|至|-)")
_NO_WORK = re.compile(r"报名|截止|有效期?|招聘时|面试|体检|登记|放假|培训|年龄|招工时")
_WORKS = re.compile(
    r"干|做|用工|工期|短工|短期|临时|上班|工作|摘|活|采|忙|搬|促销|值班|工|[/一]天|日结"
)


def find_span(text: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of work in folded text; spans beyond two months are none.

    Of the last day the number may suffice (12月1日-5日). Days of signing up and interviews
    are no work.
    """
    if not _BOUNDS.search(text):
        return None
    for match in _SPAN.finditer(text):
        first = read_day(match["first"], today)
        last = first and _last(first, match["last"], today)
        if first and last and 0 <= (last - first).days < LONGEST and _is_work(text, match):
            return first, last
    return None


def _last(first: date, words: str, today: date) -> date | None:
    if not re.fullmatch(_NUMBER, words):
        return read_day(words, today, at_end=True)
    number = read_number(words[:-1])
    try:
        return None if number is None else first.replace(day=int(number))
    except ValueError:
        return None


def _is_work(text: str, match: re.Match[str]) -> bool:
    start = max(text.rfind(sign, 0, match.start()) for sign in "。;\n") + 1
    around = text[max(start, match.start() - 10) : match.end() + 10]
    return _NO_WORK.search(around) is None and _WORKS.search(around) is not None
