"""Tells more workers of vacancies that too few applied for."""

from __future__ import annotations

import functools
import uuid

from bot.scheduler.ticks import Tick
from bot.services.deployment import Deployment
from bot.services.vacancies.publishing import NEXT_SPREAD_AFTER, extend_spread
from storage.unit_of_work import UnitOfWork

# A vacancy's slot is its own id: whoever took it looked at all workers, also when none was
# told, and need not look again for as long as a spread lasts.
SLOT_JOB = "spread"
MOST_A_TICK = 5


def extend(tick: Tick) -> int:
    """Extend the spreads that are due, longest open first; return how many workers are told.

    Each vacancy has a transaction of its own and few are taken a tick, because looking at
    every worker takes a while and turns must go on in between.
    """
    due = tick.database.run(functools.partial(_due, deployment=tick.deployment))
    one = functools.partial(_extend_one, deployment=tick.deployment)
    return sum(tick.database.run(functools.partial(one, vacancy_id=key)) for key in due)


def _due(uow: UnitOfWork, *, deployment: Deployment) -> list[uuid.UUID]:
    before = deployment.now - NEXT_SPREAD_AFTER
    uow.records.forget_slots(before, job=SLOT_JOB)
    taken = uow.records.slots_of(SLOT_JOB)
    waiting = [
        (row.published_at, row.id)
        for row in uow.vacancies.published()
        if row.published_at and row.published_at <= before and row.id.hex not in taken
    ]
    return [key for _, key in sorted(waiting)[:MOST_A_TICK]]


def _extend_one(uow: UnitOfWork, *, deployment: Deployment, vacancy_id: uuid.UUID) -> int:
    if not uow.records.take_slot(SLOT_JOB, vacancy_id.hex, at=deployment.now):
        return 0
    vacancy = uow.vacancies.lock(vacancy_id)
    return extend_spread(uow, deployment, vacancy) if vacancy is not None else 0
