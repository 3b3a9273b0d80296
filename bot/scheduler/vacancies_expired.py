"""Closes vacancies whose last day is over."""

from __future__ import annotations

import functools

from bot.scheduler.ticks import Tick
from bot.services.vacancies import expire_due


def expire(tick: Tick) -> int:
    """Close what has run out; return how many vacancies."""
    return tick.database.run(functools.partial(expire_due, deployment=tick.deployment))
