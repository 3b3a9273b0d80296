"""When the whole register is ranked, and on what."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.services.serial_executor import SerialExecutor

# A night that was missed by more, say by a machine that was off, is let go.
LATEST = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Power:
    """Where chunks are ranked.

    Attributes:
        executor: Takes them.
        at_once: How many it ranks at the same time.
    """

    executor: Executor
    at_once: int


@contextlib.contextmanager
def in_process() -> Iterator[Power]:
    """Yield this very thread, which ranks one chunk after the other."""
    yield Power(SerialExecutor(), 1)


@dataclass(frozen=True, slots=True)
class Nightly:
    """How a deployment ranks its whole register.

    Attributes:
        at: The local time at which a night begins; None: never by itself.
        power: Gives the executor for as long as the work lasts.
    """

    at: time | None = None
    power: Callable[[], AbstractContextManager[Power]] = in_process

    def day_due(self, now: datetime, timezone: ZoneInfo) -> date | None:
        """Return the day whose night has begun by `now` and is not over; None between nights."""
        if self.at is None:
            return None
        day = now.astimezone(timezone).date()
        for began in (day, day - timedelta(days=1)):
            start = datetime.combine(began, self.at, timezone)
            if start <= now < start + LATEST:
                return began
        return None
