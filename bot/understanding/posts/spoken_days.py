"""One day as a post names it: 12月1日, 下周一, 月底, 正月初八, 过完年, 元旦后."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.understanding.writing.numerals import read_number
from content import new_years

_N = r"(?:\d{1,2}|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二两三四五六七八九])"
_YEAR = r"(?:20\d\d ?年|明年|来年|今年|次年)"
_MONTH = rf"(?:{_N}月份?|本月|这个月|当月|下个?月)"
_PART = "(?:底|末|初|上旬|中旬|下旬)"
_LUNAR_DAY = rf"(?:初[一二三四五六七八九十]|{_N})"
_FEAST = "(?:元旦节?|春节|过年|年|节|五一节?|劳动节|国庆节?|十一)"
# Days that cannot be the days of a timetable (周一到周五) or of a pay slip (15号).
FIRM_DAY = (
    rf"(?:20\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}[日号]?"
    rf"|{_YEAR}?(?:{_N}|元)月(?:份)?{_N}[日号]?(?!\d|[个天])"
    rf"|(?:农历|阴历)?(?:正月|腊月|冬月){_LUNAR_DAY}|(?<![月年])初[二三四五六七八九十]|初一"
    rf"|(?<!\d:)(?<![\d./-])\d{{1,2}}[./]\d{{1,2}}[日号]?(?![\d.元块万千k%米小])"
    rf"|(?:本月|这个月|当月|下个?月){_N}[日号]"
    rf"|{_YEAR}?{_MONTH}{_PART}|月底|月末|{_YEAR}{_N}月份?|(?:本月|这个月|当月|下个?月)(?!休)"
    r"|(?:下下|下个?|本|这个?)(?:周|星期|礼拜)[一二三四五六日天末1-6]"
    r"|大后天|后天|明天|明日|今天|今日|今晚|即日|元宵节?后?|除夕|大年三十|年三十"
    rf"|{_FEAST}(?:过?后|过了|放假后)|过[完了]年|年前|春节前|元旦前|开了?年)"
)
LOOSE_DAY = (
    rf"(?:{FIRM_DAY}|(?<![每逢到至、-])(?:周|星期|礼拜)[一二三四五六日天末1-6]"
    rf"|(?<![\d月.每]){_N}[号](?!线|楼|机|门|路|院|车间|仓|厂)|(?<![\d年.]){_N}月份?(?!\d|[休薪])"
    r"|元旦节?|春节|过年|国庆节?)"
)
_STALE_DAYS = 60
_WEEKDAYS = {
    sign: day
    for day, signs in enumerate(["一1", "二2", "三3", "四4", "五5", "六6末", "日天"])
    for sign in signs
}
_NEAR_DAYS = {
    "大后天": 3,
    "后天": 2,
    "明天": 1,
    "明日": 1,
    "今天": 0,
    "今日": 0,
    "今晚": 0,
    "即日": 0,
}
_DATE = re.compile(
    rf"(?:(?P<year>20\d\d) ?[-./年] ?|(?P<next>明年|来年|次年)|今年)?"
    rf"(?P<month>{_N}|元(?=月))(?:月份?|[-./])(?P<day>{_N})[日号]?"
)
_OF_MONTH = re.compile(
    rf"(?:(?P<year>20\d\d) ?年|(?P<next>明年|来年|次年)|今年)?"
    rf"(?:(?P<month>{_N})月份?|(?P<this>本月|这个月|当月)|(?P<coming>下个?月)|月(?=[底末]))?"
    rf"(?:(?P<part>{_PART})|(?P<day>{_N})[日号])?"
)
_WEEKDAY = re.compile(r"(?P<ahead>下下|下|)(?:本|这|)个?(?:周|星期|礼拜)(?P<day>.)")
_LUNAR = re.compile(r"(?:农历|阴历)?(?P<month>正月|腊月|)(?P<first>初)?(?P<day>.{1,3})")
_PARTS = {"初": 1, "上旬": 1, "中旬": 11, "下旬": 21}
_PARTS_END = {"初": 10, "上旬": 10, "中旬": 20}
# Statutory days off: work begins on the day behind them.
_AFTER = {"元旦": (1, 2), "五一": (5, 6), "劳动": (5, 6), "国庆": (10, 8), "十一": (10, 8)}
_BACK_AT_WORK = 8  # 正月初八
_DECEMBER = 12


def read_day(words: str, today: date, *, at_end: bool = False) -> date | None:
    """Return the day that folded words name, seen from `today`; None where there is none.

    A date without year is the one that has not passed by more than two months. Of a part of
    a month (十月, 12月中旬) the first day is meant, with `at_end` the last one.
    """
    if words in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[words])
    for read in (_turn_of_year, _feast):
        if (day := read(words, today)) is not None:
            return day
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]], ...] = (
        (_WEEKDAY, lambda match: _weekday(match, today)),
        (_DATE, lambda match: _date(match, today)),
        (_OF_MONTH, lambda match: _of_month(match, today, at_end=at_end)),
        (_LUNAR, lambda match: _lunar(match, today)),
    )
    for pattern, resolve in readers:
        match = pattern.fullmatch(words)
        if match is not None:
            return resolve(match)
    return None


def _turn_of_year(words: str, today: date) -> date | None:
    """Return the day of 过完年, 年前, 除夕, 元宵 and their like."""
    if words in ("除夕", "大年三十", "年三十", "年前", "春节前", "春节", "过年"):
        return _coming_lunar(today, lambda year: new_years.last_month_day(year, 30))
    if words.startswith("元宵"):
        day = 16 if words.endswith("后") else 15
        return _coming_lunar(today, lambda year: new_years.first_day(year, day=day))
    if re.match("春节|过|年|开|节", words):
        return _coming_lunar(today, lambda year: new_years.first_day(year, day=_BACK_AT_WORK))
    return None


def _feast(words: str, today: date) -> date | None:
    if words.startswith("十一月"):
        return None
    found = _AFTER.get(words[:2])
    if found is None:
        return None
    month, day = found
    if words.endswith("前"):
        return _nearest(month, day, today) and _nearest(month, day, today, back=2)
    return _nearest(month, day, today)


def _lunar(match: re.Match[str], today: date) -> date | None:
    number = read_number(match["day"].replace("廿", "二十"))
    if number is None or (not match["month"] and not match["first"]):
        return None
    day = int(number)
    if match["month"] == "腊月":
        return _coming_lunar(today, lambda year: new_years.last_month_day(year, day))
    return _coming_lunar(today, lambda year: new_years.first_day(year, day=day))


def _coming_lunar(today: date, day_of: Callable[[int], date | None]) -> date | None:
    """Return the day of this or the next year that is not over for long."""
    for year in (today.year, today.year + 1):
        day = day_of(year)
        if day is not None and (today - day).days <= _STALE_DAYS // 2:
            return day
    return None


def _weekday(match: re.Match[str], today: date) -> date | None:
    day = _WEEKDAYS.get(match["day"])
    if day is None:
        return None
    if not match["ahead"] and not re.match("[本这]", match.group()):
        return today + timedelta(days=(day - today.weekday()) % 7)
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=7 * len(match["ahead"]) + day)


def _date(match: re.Match[str], today: date) -> date | None:
    month, day = _figure(match["month"]), _figure(match["day"])
    if match["year"]:
        return _valid(int(match["year"]), month, day)
    if match["next"]:
        return _valid(today.year + 1, month, day)
    return _nearest(month, day, today)


def _of_month(match: re.Match[str], today: date, *, at_end: bool) -> date | None:
    """Return a day of a month that is named or is this one or the next."""
    month, year = today.month, None
    if match["month"]:
        month = _figure(match["month"])
        year = int(match["year"]) if match["year"] else None
        year = today.year + 1 if match["next"] else year
    elif match["coming"]:
        month, year = today.month % 12 + 1, today.year + today.month // 12
    else:
        year = today.year
    part, named = match["part"] or "", match["day"]
    if named:
        day = _figure(named)
        if not match["month"] and not match["this"] and not match["coming"] and day < today.day:
            month, year = today.month % 12 + 1, today.year + today.month // 12
        return _valid(year or today.year, month, day) if year else _nearest(month, day, today)
    return _part_of(month, year, part, today, at_end=at_end)


def _part_of(month: int, year: int | None, part: str, today: date, *, at_end: bool) -> date | None:
    if not 1 <= month <= _DECEMBER:
        return None
    if year is None:
        near = _nearest(month, 28, today)
        year = near.year if near else today.year
    last = calendar.monthrange(year, month)[1]
    if part in ("底", "末"):
        return date(year, month, last)
    table = _PARTS_END if at_end else _PARTS
    return date(year, month, table.get(part, last if at_end else 1))


def _nearest(month: int, day: int, today: date, *, back: int = 0) -> date | None:
    """Return the day of the year in which it is not over for more than two months."""
    for year in (today.year - 1, today.year, today.year + 1):
        one = _valid(year, month, day)
        if one is not None and (today - one).days <= _STALE_DAYS:
            return one - timedelta(days=back)
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _figure(words: str) -> int:
    number = read_number(words.replace("廿", "二十").replace("元", "一"))
    return 0 if number is None else int(number)
