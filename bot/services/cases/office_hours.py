"""When officers work, and what can honestly be promised for when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import at_local
from bot.services.deployment import Deployment

PERIODS = ((time(9), time(12)), (time(14), time(17, 30)))
WORKDAYS = frozenset(range(5))
LATEST_PROMISE = time(17)
MORNING_PROMISE = time(10)
LEAST_TIME_LEFT = timedelta(hours=2)
DAYS_SAID_BY_NAME = 7


def add_office_hours(now: datetime, hours: float, timezone: ZoneInfo) -> datetime:
    """Return the UTC instant at which `hours` of working time after `now` have passed.

    Time outside office hours does not count; zero hours from a closed office is the instant
    at which it opens.
    """
    left = timedelta(hours=hours)
    day = now.astimezone(timezone).date()
    while True:
        for opens, closes in _periods(day, timezone):
            begins = max(now, opens)
            if begins >= closes:
                continue
            if begins + left <= closes:
                return begins + left
            left -= closes - begins
        day += timedelta(days=1)


def office_time_between(start: datetime, end: datetime, timezone: ZoneInfo) -> timedelta:
    """Return the working time between two instants; zero when `end` is not later."""
    total = timedelta()
    day = start.astimezone(timezone).date()
    last = end.astimezone(timezone).date()
    while day <= last:
        for opens, closes in _periods(day, timezone):
            total += max(timedelta(), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total


def is_open(now: datetime, timezone: ZoneInfo) -> bool:
    """Tell whether officers are at their desks."""
    day = now.astimezone(timezone).date()
    return any(opens <= now < closes for opens, closes in _periods(day, timezone))


def deadline_today_or_next(
    now: datetime, timezone: ZoneInfo, *, least: timedelta = LEAST_TIME_LEFT
) -> datetime:
    """Return by when an officer can be promised to call, in UTC.

    17:00 today while `least` of working time remains until then, else 10:00 of the next
    working day.
    """
    day = now.astimezone(timezone).date()
    evening = _at(day, LATEST_PROMISE, timezone)
    if day.weekday() in WORKDAYS and office_time_between(now, evening, timezone) >= least:
        return evening
    day += timedelta(days=1)
    while day.weekday() not in WORKDAYS:
        day += timedelta(days=1)
    return _at(day, MORNING_PROMISE, timezone)


def spoken_deadline(deployment: Deployment, due_at: datetime, language: str) -> str:
    """Return a deadline as it is said: today, tomorrow, a weekday, else the date."""
    return deployment.text(
        "help.deadline.before", language, moment=spoken_moment(deployment, due_at, language)
    )


def spoken_moment(deployment: Deployment, moment: datetime, language: str) -> str:
    """Return an instant as it is said: the day in words and the local hour."""
    local = moment.astimezone(deployment.clock.timezone)
    spoken_day = _spoken_day(deployment, local.date(), language)
    purpose = "minute" if local.minute else "hour"
    return deployment.text(
        f"help.deadline.{purpose}",
        language,
        day=spoken_day,
        hour=local.hour,
        minute=f"{local.minute:02d}",
    )


def _spoken_day(deployment: Deployment, day: date, language: str) -> str:
    ahead = (day - deployment.today).days
    if ahead in {0, 1}:
        return deployment.text(f"help.deadline.{('today', 'tomorrow')[ahead]}", language)
    if 0 < ahead < DAYS_SAID_BY_NAME:
        return deployment.text(f"help.deadline.weekday{day.isoweekday()}", language)
    return deployment.text("help.deadline.date", language, month=day.month, day=day.day)


def _periods(day: date, timezone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    if day.weekday() not in WORKDAYS:
        return []
    return [(_at(day, opens, timezone), _at(day, closes, timezone)) for opens, closes in PERIODS]


def _at(day: date, moment: time, timezone: ZoneInfo) -> datetime:
    return at_local(day, moment.hour, moment.minute, timezone=timezone)
