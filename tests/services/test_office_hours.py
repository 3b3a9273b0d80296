from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import DEFAULT_TIMEZONE, FixedClock, at_local
from bot.services.cases.office_hours import (
    add_office_hours,
    deadline_today_or_next,
    is_open,
    office_time_between,
    spoken_deadline,
)
from tests.chat import City

MONDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)
START = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=730)).map(START.__add__)
HOURS = st.floats(min_value=0, max_value=60)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return at_local(day, hour, minute, timezone=DEFAULT_TIMEZONE)


def test_two_office_hours_in_the_morning_end_before_noon() -> None:
    assert add_office_hours(at(MONDAY, 9), 2, DEFAULT_TIMEZONE) == at(MONDAY, 11)


def test_the_midday_break_does_not_count() -> None:
    assert add_office_hours(at(MONDAY, 11), 2, DEFAULT_TIMEZONE) == at(MONDAY, 15)


def test_a_friday_evening_goes_on_on_monday() -> None:
    end = add_office_hours(at(FRIDAY, 16, 30), 2, DEFAULT_TIMEZONE)
    assert end == at(FRIDAY + timedelta(days=3), 10)


def test_office_hours_are_those_of_the_citys_time_zone() -> None:
    urumqi = ZoneInfo("Asia/Urumqi")
    start = at_local(MONDAY, 9, timezone=urumqi)
    assert add_office_hours(start, 1, urumqi) == at_local(MONDAY, 10, timezone=urumqi)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(MONDAY, 7), at(MONDAY, 17)),
        (at(MONDAY, 15), at(MONDAY, 17)),
        (at(MONDAY, 15, 1), at(MONDAY + timedelta(days=1), 10)),
        (at(FRIDAY, 16), at(FRIDAY + timedelta(days=3), 10)),
        (at(SATURDAY, 9), at(FRIDAY + timedelta(days=3), 10)),
    ],
)
def test_a_call_is_promised_for_today_while_two_working_hours_remain(
    now: datetime, expected: datetime
) -> None:
    assert deadline_today_or_next(now, DEFAULT_TIMEZONE) == expected


@given(now=INSTANTS, hours=HOURS)
def test_exactly_the_hours_asked_for_lie_between(now: datetime, hours: float) -> None:
    end = add_office_hours(now, hours, DEFAULT_TIMEZONE)
    assert end >= now
    between = office_time_between(now, end, DEFAULT_TIMEZONE)
    assert abs(between - timedelta(hours=hours)) < timedelta(seconds=1)


@given(now=INSTANTS, first=HOURS, second=HOURS)
def test_hours_can_be_added_in_two_steps(now: datetime, first: float, second: float) -> None:
    middle = add_office_hours(now, first, DEFAULT_TIMEZONE)
    in_steps = add_office_hours(middle, second, DEFAULT_TIMEZONE)
    at_once = add_office_hours(now, first + second, DEFAULT_TIMEZONE)
    between = office_time_between(in_steps, at_once, DEFAULT_TIMEZONE)
    assert between < timedelta(seconds=1)
    assert office_time_between(at_once, in_steps, DEFAULT_TIMEZONE) < timedelta(seconds=1)


@given(now=INSTANTS)
def test_a_promised_call_lies_ahead_in_office_hours(now: datetime) -> None:
    due = deadline_today_or_next(now, DEFAULT_TIMEZONE)
    assert due > now
    assert is_open(due, DEFAULT_TIMEZONE)
    assert office_time_between(now, due, DEFAULT_TIMEZONE) >= timedelta(hours=1)


@pytest.mark.parametrize(
    ("due", "spoken"),
    [
        (at(MONDAY, 17), "今天17点前"),
        (at(MONDAY, 11, 5), "今天11点05分前"),
        (at(MONDAY + timedelta(days=1), 10), "明天10点前"),
        (at(FRIDAY, 10), "周五10点前"),
        (at(MONDAY + timedelta(days=9), 10), "12月2日10点前"),
        (at(MONDAY - timedelta(days=1), 10), "11月22日10点前"),
    ],
)
def test_a_deadline_is_said_in_plain_words(city: City, due: datetime, spoken: str) -> None:
    assert spoken_deadline(city.deployment, due, "zh") == spoken


def test_a_deadline_is_said_in_english_too(city: City, clock: FixedClock) -> None:
    due = deadline_today_or_next(clock.now(), DEFAULT_TIMEZONE)
    assert spoken_deadline(city.deployment, due, "en") == "by today 17:00"
