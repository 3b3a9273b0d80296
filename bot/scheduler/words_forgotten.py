"""Empties messages after thirty days: what was said is forgotten, that it was said is not."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Sequence

from bot.scheduler.ticks import BATCH, Tick
from bot.services.people import retention
from storage.unit_of_work import UnitOfWork

# Found by reading the whole table, so many are looked up at once and few written at a time.
FOUND_AT_ONCE = 2_000

Find = Callable[..., list[uuid.UUID]]
Empty = Callable[[UnitOfWork, Sequence[uuid.UUID]], None]


def forget(tick: Tick) -> int:
    """Empty failed receipts and messages sent that are older than 30 days; return how many."""
    received = _empty_all(tick, retention.old_receipts, retention.empty_receipts)
    return received + _empty_all(tick, retention.old_deliveries, retention.empty_deliveries)


def _empty_all(tick: Tick, find: Find, empty: Empty) -> int:
    search = functools.partial(find, deployment=tick.deployment, limit=FOUND_AT_ONCE)
    total = 0
    while keys := tick.database.read(search):
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            tick.database.run(functools.partial(_run, empty, batch))
        total += len(keys)
        if len(keys) < FOUND_AT_ONCE:
            break
    return total


def _run(empty: Empty, keys: Sequence[uuid.UUID], uow: UnitOfWork) -> None:
    empty(uow, keys)
