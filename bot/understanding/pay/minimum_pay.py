"""Pay below the legal minimum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.understanding.pay.wages import DAYS_A_MONTH, HOURS_A_DAY
from bot.understanding.pay.working_hours import hours_a_day
from bot.understanding.values import JobReading, Violation, ViolationCode
from bot.understanding.writing.numerals import read_number
from content.minimum_wages import MinimumWage, MinimumWages

# No county's minimum is lower, so these hold without any entry of the content.
LOWEST_MONTH, LOWEST_HOUR = 1_500, 10
_CODE: ViolationCode = "below_minimum_wage"
_PART_TIME_HOURS = 4
_WEEKS_A_MONTH = 52 / 12
# The fewest days a month of part-time work may mean, so that doubt never counts against a post.
_WORKING_DAYS = 21.75
_WEEKEND_DAYS = 2 * _WEEKS_A_MONTH
_HIGHEST_RATE = 300
_NUMBER = r"(\d{1,2}(?:\.5)?|[一二两三四五六七八九十])"
_PUBLIC_WELFARE = re.compile("公益性?岗|公益性工作")
_PART_TIME = re.compile("兼职|半天|钟点|小时工|非全日制|每周[^,。;]{0,6}次|周末")
_BY_WEEK = re.compile(
    rf"(?:每|一)周[^,。;]{{0,6}}?{_NUMBER}(?:次|天|日)[^。;]{{0,4}}?(?:每次|每天|一天|一次|每回)?{_NUMBER}个?(?:小时|钟头)"
)
_AT_HOME = re.compile("在家|居家|[拿带]回(?:家|去)|空闲|农闲|业余|来料加工")
_FIGURE = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_LINE_ENDS = "\n。;"
_PAST = re.compile("[^,。;!?]{0,2}(?:以前|原来|从前|去年|前几年|过去|老价)")
# What a learner gets besides board is pay, whatever it is called.
_LEARNERS = re.compile(
    r"(?:学徒|见习|学手艺)[^。;\n\d]{0,20}?(?P<pay>(?:一个?月|每月|每个月|月)[^,。;\d]{0,2}(?<!另)(?<!补)(?P<yuan>\d{3,4})"
    r"(?:元|块)?(?:的)?(?:生活费|生活补助|零花钱|零用钱))"
)


@dataclass(frozen=True, slots=True)
class _Basis:
    """Pay in yuan: by the hour where it is paid or judged so, by the month in full-time work."""

    per_hour: float | None
    per_month: float | None


def find_low_pay(
    text: str, jobs: Sequence[JobReading], minimum_wages: MinimumWages, today: date | None
) -> Violation | None:
    """Return the first pay below the minimum of its county on `today`, else below the floor.

    Full-time work is judged by the month even where it is paid by the hour: the hourly minimum
    is that of part-time work. Part-time posts are judged by the hour where their hours are
    stated, public-welfare posts only where their pay is stated by the hour. Free board
    never counts. A county without a sourced entry is judged by the floor alone.

    Args:
        text: The folded post.
        jobs: The kinds of work read from it.
        minimum_wages: The dated table.
        today: The day that counts; None leaves only the floor.
    """
    for job in jobs:
        basis = _basis(text, job, alone=len(jobs) == 1)
        if basis is None or job.wage_raw is None:
            continue
        if _is_below_floor(basis) or _is_below(basis, _statutory(job, minimum_wages, today)):
            return Violation(_CODE, job.wage_raw)
    allowance = _LEARNERS.search(text)
    if allowance is not None and int(allowance["yuan"]) <= LOWEST_MONTH:
        return Violation(_CODE, allowance["pay"])
    return None


def unknown_checks(
    text: str, jobs: Sequence[JobReading], minimum_wages: MinimumWages, today: date | None
) -> tuple[ViolationCode, ...]:
    """Return the checks that the content cannot decide, to be shown as unknown.

    That is pay of full-time work above the floor at a place for which nobody has read the
    minimum wage of the day at its source; without a day or a place nothing is known either.
    The arguments are those of `find_low_pay`.
    """
    for job in jobs:
        basis = _basis(text, job, alone=len(jobs) == 1)
        if basis is None or basis.per_month is None or _is_below_floor(basis):
            continue
        least = _statutory(job, minimum_wages, today)
        if least is None or least.per_month is None:
            return (_CODE,)
    return ()


def _is_below_floor(basis: _Basis) -> bool:
    low_hour = basis.per_hour is not None and basis.per_hour <= LOWEST_HOUR
    return low_hour or (basis.per_month is not None and basis.per_month <= LOWEST_MONTH)


def _is_below(basis: _Basis, least: MinimumWage | None) -> bool:
    if least is None:
        return False
    paid, minimum = basis.per_hour, least.per_hour
    if basis.per_month is not None:
        paid, minimum = basis.per_month, least.per_month
    return paid is not None and minimum is not None and paid < minimum


def _basis(text: str, job: JobReading, *, alone: bool) -> _Basis | None:
    """Return what is judged, or None where pay is open or its hours are not said."""
    if job.wage_raw is None or job.wage_max is None or _is_past(text, job.wage_raw):
        return None
    words = text if alone else _line_of(text, job.wage_raw)
    stated = hours_a_day(words) or (None if alone else _usual_hours(text))
    weekly = _weekly_hours(words)
    short = weekly is not None or (stated or HOURS_A_DAY) <= _PART_TIME_HOURS
    part_time = short or _PART_TIME.search(words) is not None
    if job.wage_unit == "元/小时":
        return _Basis(_rate(job, stated), None if part_time else float(job.wage_max))
    if _PUBLIC_WELFARE.search(text) or (job.wage_unit == "计件" and _AT_HOME.search(text)):
        return None
    if not part_time:
        return _Basis(None, float(job.wage_max))
    hours = _monthly_hours(words, stated, weekly)
    return None if hours is None else _Basis(job.wage_max / hours, None)


def _usual_hours(text: str) -> float | None:
    """Return the hours said for the whole post; those of part-time work are its own."""
    hours = hours_a_day(text)
    return hours if hours is not None and hours > _PART_TIME_HOURS else None


def _is_past(text: str, words: str) -> bool:
    start = text.find(words)
    return start >= 0 and _PAST.match(text, start + len(words)) is not None


def _rate(job: JobReading, stated: float | None) -> float:
    """Return the yuan an hour as written, else as the month was reckoned from it."""
    written = [float(figure) for figure in _FIGURE.findall(job.wage_raw or "")]
    plausible = [figure for figure in written if 1 <= figure <= _HIGHEST_RATE]
    if plausible and len(plausible) == len(written) and "—" not in (job.wage_raw or ""):
        return max(plausible)
    return (job.wage_max or 0) / (DAYS_A_MONTH * (stated or HOURS_A_DAY))


def _weekly_hours(words: str) -> float | None:
    match = _BY_WEEK.search(words)
    if match is None:
        return None
    times, hours = read_number(match[1]), read_number(match[2])
    return times * hours if times and hours else None


def _monthly_hours(words: str, stated: float | None, weekly: float | None) -> float | None:
    if weekly is not None:
        return weekly * _WEEKS_A_MONTH
    if stated is None:
        return None
    return stated * (_WEEKEND_DAYS if "周末" in words else _WORKING_DAYS)


def _line_of(text: str, words: str) -> str:
    start = max(text.find(words), 0)
    first = max(text.rfind(sign, 0, start) for sign in _LINE_ENDS) + 1
    ends = (text.find(sign, start + len(words)) for sign in _LINE_ENDS)
    return text[first : min((end for end in ends if end >= 0), default=len(text))]


def _statutory(
    job: JobReading, minimum_wages: MinimumWages, today: date | None
) -> MinimumWage | None:
    """Return the entry of the county on the day, None where it is unknown."""
    if today is None or job.adcode is None:
        return None
    return minimum_wages.lookup(job.adcode, today)
