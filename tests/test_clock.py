"""Business time: forward only, dates in the city's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from bot.clock import DEFAULT_TIMEZONE, FixedClock, SystemClock, at_local

BEFORE_MIDNIGHT = datetime(2026, 3, 1, 15, 59, tzinfo=UTC)


def test_the_date_changes_at_the_citys_midnight() -> None:
    clock = FixedClock(BEFORE_MIDNIGHT)
    assert clock.today() == date(2026, 3, 1)
    clock.advance(timedelta(minutes=1))
    assert clock.today() == date(2026, 3, 2)
    assert clock.now() == datetime(2026, 3, 1, 16, tzinfo=UTC)


def test_an_instant_of_another_time_zone_is_told_in_utc() -> None:
    clock = FixedClock(datetime(2026, 3, 1, 8, tzinfo=DEFAULT_TIMEZONE))
    assert clock.now().tzinfo is UTC
    assert clock.now() == datetime(2026, 3, 1, tzinfo=UTC)


@time_machine.travel(BEFORE_MIDNIGHT, tick=False)
def test_the_computers_clock_can_be_moved_forward() -> None:
    clock = SystemClock()
    assert (clock.now(), clock.today()) == (BEFORE_MIDNIGHT, date(2026, 3, 1))
    clock.advance(timedelta(days=3))
    clock.advance(timedelta(minutes=1))
    assert clock.now() == BEFORE_MIDNIGHT + timedelta(days=3, minutes=1)
    assert clock.today() == date(2026, 3, 5)


def test_time_never_runs_backwards() -> None:
    clock = SystemClock()
    with pytest.raises(ValueError, match="only moves forward"):
        clock.advance(timedelta(seconds=-1))
    assert clock.offset == timedelta()


def test_an_hour_of_a_day_is_the_citys_hour() -> None:
    assert at_local(date(2026, 3, 2), 9, 30, timezone=DEFAULT_TIMEZONE) == datetime(
        2026, 3, 2, 1, 30, tzinfo=UTC
    )
    summer = at_local(date(2026, 7, 1), 9, timezone=ZoneInfo("Europe/Berlin"))
    winter = at_local(date(2026, 1, 1), 9, timezone=ZoneInfo("Europe/Berlin"))
    assert (summer.hour, winter.hour) == (7, 8)
