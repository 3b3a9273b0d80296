"""The demo's clock: days that pass at once stay passed when the process starts again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import SystemClock, at_local
from storage.database import Database

OFFSET = "clock.offset"
OPENING_HOUR = 9
SATURDAY = 5


def restore_clock(database: Database, clock: SystemClock) -> None:
    """Set `clock` to the offset that was kept; a fresh database leaves it as it is."""
    kept = database.read(lambda uow: uow.records.setting(OFFSET))
    if kept is not None:
        clock.offset = timedelta(seconds=float(kept))


def start_at_nine(database: Database, clock: SystemClock) -> None:
    """Move a fresh demo's clock to the next working day at nine, and keep it.

    At night nobody would be written to, and at the weekend no officer would answer.
    """
    now = clock.now().astimezone(clock.timezone)
    day = now.date() if now.hour < OPENING_HOUR else now.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    clock.advance(at_local(day, OPENING_HOUR, timezone=clock.timezone) - clock.now())
    keep_offset(database, clock.offset)


def keep_offset(database: Database, offset: timedelta) -> None:
    """Keep how far business time is ahead of the computer's."""
    seconds = str(offset.total_seconds())
    database.run(lambda uow: uow.records.store_setting(OFFSET, seconds))


class KeptClock:
    """A clock whose moves are kept before they count, so that no restart turns time back."""

    def __init__(self, database: Database, clock: SystemClock) -> None:
        self._database = database
        self._clock = clock

    @property
    def timezone(self) -> ZoneInfo:
        """The city's time zone."""
        return self._clock.timezone

    def now(self) -> datetime:
        """Return the present instant in UTC, moved by what passed at once."""
        return self._clock.now()

    def today(self) -> date:
        """Return the present date in the city's time zone."""
        return self._clock.today()

    def advance(self, by: timedelta) -> None:
        """Move business time forward by `by`, and keep it."""
        keep_offset(self._database, self._clock.offset + by)
        self._clock.advance(by)
