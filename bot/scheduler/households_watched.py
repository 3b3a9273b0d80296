"""Looks for relocated households in which nobody works any more, and closes what is over."""

from __future__ import annotations

import functools

from bot.scheduler.ticks import Tick
from bot.services.register.households import watch


def look(tick: Tick) -> int:
    """Tell officers of every household that lost its last work; return how many."""
    return sum(
        tick.database.run(functools.partial(watch, deployment=engine.deployment))
        for engine in tick.engine.every()
    )
