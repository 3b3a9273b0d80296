"""Deletes links and codes that have expired; every text message brings a new one."""

from __future__ import annotations

import functools
from datetime import datetime, timedelta

from bot.scheduler.ticks import Tick
from storage.repositories.old_links import OldLinks
from storage.unit_of_work import UnitOfWork

# Until then whoever opens one reads that it has expired, and not that it never was.
KEPT_FOR = timedelta(days=30)
AT_ONCE = 200


def forget(tick: Tick) -> int:
    """Delete what expired more than 30 days ago, batch by batch; return how many."""
    work = functools.partial(_forget, before=tick.now - KEPT_FOR)
    total = 0
    while found := tick.database.run(work):
        total += found
    return total


def _forget(uow: UnitOfWork, *, before: datetime) -> int:
    return OldLinks(uow.session).forget_before(before, limit=AT_ONCE)
