"""Looks after check-ins that nobody answered within 72 hours."""

from __future__ import annotations

import functools
import uuid

from bot.scheduler.ticks import BATCH, Progress, Tick
from bot.services.deployment import Deployment
from bot.services.follow_up.check_in_silence import SILENCE, note_silence
from bot.services.sending.one_by_one import succeeds
from storage.models import CheckIn
from storage.unit_of_work import UnitOfWork

JOB = "check_ins_silent"


def note_silent(tick: Tick) -> int:
    """Plan one retry for who is silent, and open a case after it; return how many.

    A row that fails is left as it is until the next tick.
    """
    failed: set[uuid.UUID] = set()
    return tick.in_batches(functools.partial(_batch, deployment=tick.deployment, failed=failed))


def _batch(uow: UnitOfWork, *, deployment: Deployment, failed: set[uuid.UUID]) -> Progress:
    rows = uow.check_ins.silent_since(deployment.now - SILENCE, limit=BATCH, besides=failed)
    keys = [row.id for row in rows]
    done = 0
    for key, row in zip(keys, rows, strict=True):
        work = functools.partial(_note, uow, deployment, row)
        if succeeds(uow, work, job=JOB, kind="check_in", key=key):
            done += 1
        else:
            failed.add(key)
    return Progress(seen=len(rows), done=done)


def _note(uow: UnitOfWork, deployment: Deployment, row: CheckIn) -> bool:
    bureau = uow.workers.need(row.worker_id).bureau_adcode
    note_silence(uow, deployment.of(bureau), row)
    return True
