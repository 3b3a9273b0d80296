"""Counts anew, once a day, how often showings led on to jobs that were kept."""

from __future__ import annotations

import functools

from bot.scheduler.ticks import Tick
from bot.services.ranking import chances


def count(tick: Tick) -> int:
    """Count for every bureau; return for how many the figures changed."""
    total = 0
    for deployment in tick.deployment.every():
        figures = tick.database.read(functools.partial(chances.count, deployment=deployment))
        store = functools.partial(chances.store, deployment=deployment, figures=figures)
        total += tick.database.run(store)
    return total
