"""Deletes the rows of ticks that are long over."""

from __future__ import annotations

from datetime import timedelta

from bot.scheduler.ticks import Tick

KEPT_FOR = timedelta(days=7)


def forget(tick: Tick) -> int:
    """Delete slots that began more than a week ago; return how many."""
    before = tick.now - KEPT_FOR
    return tick.database.run(lambda uow: uow.records.forget_slots(before))
