"""Deletes what was shown to whom once it was kept for as many months as the bureau set."""

from __future__ import annotations

import functools

from bot.scheduler.ticks import Tick
from bot.services.ranking import impressions

AT_ONCE = 500


def forget(tick: Tick) -> int:
    """Delete old showings, batch by batch; return how many."""
    work = functools.partial(impressions.forget_old, deployment=tick.deployment, limit=AT_ONCE)
    total = 0
    while found := tick.database.run(work):
        total += found
    return total
