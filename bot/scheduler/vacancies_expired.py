"""Closes vacancies whose last day is over."""

from __future__ import annotations

import functools

from bot.scheduler.ticks import Tick
from bot.services.vacancies.vacancies import expire_due

# Each may have messages to change and applicants to tell.
AT_ONCE = 5


def expire(tick: Tick) -> int:
    """Close what has run out, a few in one transaction; return how many vacancies."""
    total = 0
    work = functools.partial(expire_due, deployment=tick.deployment, limit=AT_ONCE)
    while closed := tick.database.run(work):
        total += closed
    return total
