"""First days of the lunar years, by which people in the countryside count the turn of the year."""

from __future__ import annotations

from datetime import date, timedelta

# Public facts of the calendar standard GB/T 33661-2017; compared with `lunardate` 0.2.2.
# The year, its first day, and how many days the last month of the year before has.
_NEW_YEARS: dict[int, tuple[date, int]] = {
    2024: (date(2024, 2, 10), 30),
    2025: (date(2025, 1, 29), 29),
    2026: (date(2026, 2, 17), 29),
    2027: (date(2027, 2, 6), 29),
    2028: (date(2028, 1, 26), 29),
    2029: (date(2029, 2, 13), 29),
    2030: (date(2030, 2, 3), 30),
    2031: (date(2031, 1, 23), 29),
    2032: (date(2032, 2, 11), 29),
    2033: (date(2033, 1, 31), 30),
    2034: (date(2034, 2, 19), 30),
    2035: (date(2035, 2, 8), 30),
}


def first_day(year: int, *, day: int = 1) -> date | None:
    """Return a day of the first lunar month (正月) of a year, or None outside the table."""
    row = _NEW_YEARS.get(year)
    return row and row[0] + timedelta(days=day - 1)


def last_month_day(year: int, day: int) -> date | None:
    """Return a day of the last lunar month (腊月) before the new year of `year`.

    None outside the table; the thirtieth of a month of 29 days is its last day.
    """
    row = _NEW_YEARS.get(year)
    if row is None:
        return None
    begins, length = row
    return begins - timedelta(days=length - min(day, length) + 1)
