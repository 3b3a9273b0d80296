"""Keeps the promise of the first contact: what nobody used for 30 days is erased."""

from __future__ import annotations

import functools

from bot.scheduler.ticks import BATCH, Progress, Tick
from bot.services.deployment import Deployment
from bot.services.people import privacy
from storage.unit_of_work import UnitOfWork


def forget(tick: Tick) -> int:
    """Erase people and drafts unused for 30 days; return how many."""
    return sum(
        tick.in_batches(functools.partial(_batch, deployment=deployment))
        for deployment in tick.deployment.every()
    )


def _batch(uow: UnitOfWork, *, deployment: Deployment) -> Progress:
    forgotten = privacy.forget_unused(uow, deployment, limit=BATCH)
    return Progress(seen=forgotten, done=forgotten)
