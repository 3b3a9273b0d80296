"""Days that pass at once, in the demo and in tests: with everything that is due in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from bot.clock import Clock, at_local
from bot.conversations.engine import Engine
from bot.scheduler.run_due import run_due
from storage.database import Database

# Just after the hours at which is asked, and asked again.
STOPS = ((10, 5), (18, 35))


class MovableClock(Clock, Protocol):
    """A clock that can be moved forward."""

    def advance(self, by: timedelta) -> None:
        """Move business time forward."""


def advance_days(
    clock: MovableClock,
    database: Database,
    engine: Engine,
    days: int,
    *,
    account_ids: Sequence[UUID],
) -> dict[str, int]:
    """Let `days` days pass and run all that falls due on the way, hour of asking by hour.

    The last day ends at the hour at which the first began, but never before its morning
    questions: who starts at nine arrives at five past ten.

    Args:
        clock: Moved forward.
        database: Where the rows are that are due.
        engine: Asks the check-ins.
        days: How many; at least 1.
        account_ids: The channel accounts that are sent on.

    Returns:
        How much each job found due, over all days.

    Raises:
        ValueError: `days` is below 1.
    """
    if days < 1:
        raise ValueError("at least one day has to pass")
    done: Counter[str] = Counter()
    for stop in _stops(clock, days):
        clock.advance(max(stop - clock.now(), timedelta()))
        done.update(run_due(database, engine, account_ids=account_ids))
    return dict(done)


def _stops(clock: Clock, days: int) -> Iterator[datetime]:
    start = clock.now()
    first_day = clock.today()
    last_morning = at_local(first_day + timedelta(days=days), *STOPS[0], timezone=clock.timezone)
    end = max(start + timedelta(days=days), last_morning)
    for day in range(days + 1):
        for hour, minute in STOPS:
            stop = at_local(first_day + timedelta(days=day), hour, minute, timezone=clock.timezone)
            if start < stop < end:
                yield stop
    yield end
