"""Brings every officer's phone list up to the day, and says in the morning that it is there."""

from __future__ import annotations

import functools
import uuid

from bot.scheduler.ticks import Tick
from bot.services.deployment import Deployment
from bot.services.phoning import phone_days
from bot.services.sending import documents
from bot.services.sending.one_by_one import succeeds
from storage.unit_of_work import UnitOfWork

JOB = "phone_lists"


def bring_up(tick: Tick) -> int:
    """Do it for each officer of each bureau in a transaction of its own.

    An officer whose list fails keeps nobody else from theirs.

    Returns:
        How many calls were let go.
    """
    keys = tick.database.read(functools.partial(_keys, deployment=tick.deployment))
    return sum(
        tick.database.run(functools.partial(_one, deployment=tick.deployment, key=key))
        for key in keys
    )


def _keys(uow: UnitOfWork, *, deployment: Deployment) -> list[uuid.UUID]:
    found = [one.id for bureau in deployment.every() for one in phone_days.officers_of(uow, bureau)]
    return list(dict.fromkeys(found))


def _one(uow: UnitOfWork, *, deployment: Deployment, key: uuid.UUID) -> int:
    let_go: list[int] = []
    work = functools.partial(_bring_up, uow, deployment, key, let_go)
    succeeds(uow, work, job=JOB, kind="officer", key=key)
    return sum(let_go)


def _bring_up(uow: UnitOfWork, deployment: Deployment, key: uuid.UUID, let_go: list[int]) -> bool:
    officer = uow.officers.need(key)
    deployment = documents.bureau_of(uow, deployment, officer)
    phone_days.add_urgent_cases(uow, deployment, officer)
    let_go.append(phone_days.roll_over(uow, deployment, officer))
    phone_days.tell(uow, deployment, officer)
    return True
