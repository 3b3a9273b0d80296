"""Looks after check-ins that nobody answered within 72 hours."""

from __future__ import annotations

import functools

from bot.scheduler.ticks import BATCH, Progress, Tick
from bot.services.check_in_silence import SILENCE, note_silence
from bot.services.deployment import Deployment
from storage.unit_of_work import UnitOfWork


def note_silent(tick: Tick) -> int:
    """Plan one retry for who is silent, and open a case after it; return how many."""
    return tick.in_batches(functools.partial(_batch, deployment=tick.deployment))


def _batch(uow: UnitOfWork, *, deployment: Deployment) -> Progress:
    rows = uow.check_ins.silent_since(deployment.now - SILENCE, limit=BATCH)
    for row in rows:
        note_silence(uow, deployment, row)
    return Progress(seen=len(rows), done=len(rows))
