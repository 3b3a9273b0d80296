"""Pay below the legal minimum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.understanding.pay.wages import DAYS_A_MONTH, HOURS_A_DAY
from bot.understanding.pay.working_hours import hours_a_day
from bot.understanding.values import JobReading, Violation
from content.minimum_wages import MinimumWages

# No county's minimum is lower, so these hold without any entry of the content.
LOWEST_MONTH, LOWEST_HOUR = 1_500, 10
_PART_TIME_HOURS = 4
_BY_THE_HOUR = re.compile(r"公益性?岗|兼职|半天|钟点|小时工|非全日制|半天班")


def find_low_pay(
    text: str, jobs: Sequence[JobReading], minimum_wages: MinimumWages, today: date | None
) -> Violation | None:
    """Return the first pay below the minimum of its county on `today`, else below the floor.

    Part-time and public-welfare posts are judged only by pay that is stated by the hour. A
    county without a sourced entry is judged by the floor alone.
    """
    part_time = (hours_a_day(text) or HOURS_A_DAY) <= _PART_TIME_HOURS or _BY_THE_HOUR.search(text)
    hours = hours_a_day(text) or HOURS_A_DAY
    for job in jobs:
        if job.wage_raw is None or job.wage_max is None:
            continue
        by_hour = job.wage_unit == "元/小时"
        pay = job.wage_max / (DAYS_A_MONTH * hours) if by_hour else float(job.wage_max)
        if not by_hour and part_time:
            continue
        least = _statutory(job, minimum_wages, today, hourly=by_hour)
        if pay <= (LOWEST_HOUR if by_hour else LOWEST_MONTH) or pay < least:
            return Violation("below_minimum_wage", job.wage_raw)
    return None


def _statutory(
    job: JobReading, minimum_wages: MinimumWages, today: date | None, *, hourly: bool
) -> float:
    """Return the county's minimum by the month or the hour, 0 where it is unknown."""
    if today is None or job.adcode is None:
        return 0.0
    row = minimum_wages.lookup(job.adcode, today)
    if row is None:
        return 0.0
    return (row.per_hour if hourly else row.per_month) or 0.0
