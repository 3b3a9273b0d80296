"""Days as people say them: 前天, 3号, 上周一."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.writing.folding import fold
from bot.understanding.writing.numerals import read_number

AGO = {"今天": 0, "今早": 0, "刚": 0, "昨天": 1, "昨晚": 1, "前天": 2, "大前天": 3}
WEEKDAYS = "一二三四五六日"
LONGEST_BACK = 366
_NUMBER = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_DATE = re.compile(rf"(?:(?P<month>{_NUMBER})月)?(?P<day>{_NUMBER})[号日]")
_DAYS_AGO = re.compile(
    rf"(?P<count>{_NUMBER})天(?:前|以前)|(?:有|做了|上了|去了)(?P<had>{_NUMBER})天"
)
_WEEKDAY = re.compile(r"(?P<last>上个?)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])")


def spoken_day(text: str, today: date) -> date | None:
    """Return the past day, or today, that a message names; None when it names none.

    A day of the month without a month is the last such day; a weekday without 上 the last one.
    """
    words = fold(text)
    for word in sorted(AGO, key=len, reverse=True):
        if word in words:
            return today - timedelta(days=AGO[word])
    return _days_ago(words, today) or _weekday(words, today) or _calendar_day(words, today)


def _days_ago(words: str, today: date) -> date | None:
    match = _DAYS_AGO.search(words)
    count = _number(match["count"] or match["had"]) if match else None
    return None if count is None else today - timedelta(days=count)


def _weekday(words: str, today: date) -> date | None:
    match = _WEEKDAY.search(words)
    if match is None:
        return None
    wanted = WEEKDAYS.index(match["day"].replace("天", "日"))
    if match["last"]:
        return today - timedelta(days=today.weekday() + 7 - wanted)
    return today - timedelta(days=(today.weekday() - wanted) % 7)


def _calendar_day(words: str, today: date) -> date | None:
    match = _DATE.search(words)
    day = _number(match["day"]) if match else None
    if match is None or day is None:
        return None
    month = _number(match["month"]) if match["month"] else None
    for back in range(LONGEST_BACK):
        candidate = today - timedelta(days=back)
        if candidate.day == day and month in {None, candidate.month}:
            return candidate
    return None


def _number(words: str) -> int | None:
    value = read_number(words)
    return None if value is None else int(value)
