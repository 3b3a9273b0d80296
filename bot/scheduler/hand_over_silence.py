"""Gives conversations back to the bot in which an officer fell silent."""

from __future__ import annotations

import functools

from bot.scheduler.ticks import Tick
from bot.services.cases.hand_over import end_silent


def give_back(tick: Tick) -> int:
    """End conversations without a line for 24 hours; return how many."""
    return tick.database.run(functools.partial(end_silent, deployment=tick.deployment))
