"""Runs jobs for the present slot: in the ticker one by one, in the demo and tests all at once."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from uuid import UUID

from bot.conversations.engine import Engine
from bot.scheduler.jobs import JOBS
from bot.scheduler.ticks import Job, Tick, slot_of
from storage.database import Database
from storage.unit_of_work import UnitOfWork


def run_job(job: Job, tick: Tick) -> int | None:
    """Run `job` unless its present slot is taken; return how much was due, else None.

    The slot is taken in a transaction of its own before the work: whoever crashes in between
    loses nothing, because the next slot finds the same rows due.
    """
    slot = slot_of(job, tick.now)
    take = functools.partial(_take, job=job.name, slot=slot, tick=tick)
    if not tick.database.run(take):
        return None
    done = job.run(tick)
    ended_at = tick.now
    tick.database.run(lambda uow: uow.records.finish_slot(job.name, slot, at=ended_at))
    return done


def run_due(
    database: Database,
    engine: Engine,
    *,
    account_ids: Sequence[UUID],
    jobs: Sequence[Job] = JOBS,
) -> dict[str, int]:
    """Run every job once for the present slot of business time, in the table's order.

    Returns:
        How much each job found due; jobs whose slot was taken before are left out.
    """
    tick = Tick(database, engine, account_ids)
    done = {job.name: run_job(job, tick) for job in jobs}
    return {name: count for name, count in done.items() if count is not None}


def _take(uow: UnitOfWork, *, job: str, slot: str, tick: Tick) -> bool:
    return uow.records.take_slot(job, slot, at=tick.now)
