"""Business time: the one place that asks the computer what time it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

DEFAULT_TIMEZONE = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Tells business time; a test or the demo may move it."""

    @property
    def timezone(self) -> ZoneInfo:
        """The city's time zone, in which plain dates are read."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""

    def today(self) -> date:
        """Return the present date in the city's time zone."""


@dataclass
class SystemClock:
    """The computer's clock, moved forward by `offset` (zero outside the demo)."""

    timezone: ZoneInfo = DEFAULT_TIMEZONE
    offset: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        """Return the present instant in UTC, moved by `offset`."""
        return datetime.now(UTC) + self.offset

    def today(self) -> date:
        """Return the present date in the city's time zone."""
        return self.now().astimezone(self.timezone).date()

    def advance(self, by: timedelta) -> None:
        """Move business time forward by `by`.

        Raises:
            ValueError: `by` is negative; business time never runs backwards.
        """
        if by < timedelta():
            raise ValueError("the clock only moves forward")
        self.offset += by


@dataclass
class FixedClock:
    """A clock that stands still until it is moved; for tests and tours."""

    instant: datetime
    timezone: ZoneInfo = DEFAULT_TIMEZONE

    def now(self) -> datetime:
        """Return the instant the clock was set to, in UTC."""
        return self.instant.astimezone(UTC)

    def today(self) -> date:
        """Return the date of that instant in the city's time zone."""
        return self.instant.astimezone(self.timezone).date()

    def advance(self, by: timedelta) -> None:
        """Move the clock by `by`."""
        self.instant += by


def at_local(day: date, hour: int, minute: int = 0, *, timezone: ZoneInfo) -> datetime:
    """Return the UTC instant at which `day` reaches `hour`:`minute` in `timezone`."""
    return datetime.combine(day, time(hour, minute), timezone).astimezone(UTC)
