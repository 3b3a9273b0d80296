"""Escalates promises that were not kept."""

from __future__ import annotations

import functools

from bot.scheduler.ticks import Tick
from bot.services.cases.promises import escalate_overdue


def escalate(tick: Tick) -> int:
    """Tell the next wider officer of every broken promise; return how many."""
    return tick.database.run(functools.partial(escalate_overdue, deployment=tick.deployment))
