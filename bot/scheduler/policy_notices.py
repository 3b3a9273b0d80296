"""Tells people of a benefit once their situation makes it matter."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from bot.scheduler.ticks import BATCH, Tick
from bot.services.deployment import Deployment
from bot.services.policies.noticing import notice
from bot.services.policies.occasions import Occasion, open_occasions
from bot.services.sending.one_by_one import succeeds
from bot.services.sending.quiet_hours import end_of_quiet_hours
from storage.unit_of_work import UnitOfWork

JOB = "policy_notices"


def tell(tick: Tick) -> int:
    """Tell those who may be written to now; return how many messages were queued.

    What happened is looked up outside any transaction that writes; each occasion is then dealt
    with in its own savepoint. In the quiet hours nobody is told: the morning's tick finds the
    same.
    """
    total = 0
    for deployment in tick.deployment.every():
        timezone, limits = deployment.clock.timezone, deployment.limits
        if end_of_quiet_hours(tick.now, timezone, limits) is not None:
            continue
        found = tick.database.read(functools.partial(open_occasions, deployment=deployment))
        for start in range(0, len(found), BATCH):
            part = found[start : start + BATCH]
            work = functools.partial(_notice, deployment=deployment, occasions=part)
            total += tick.database.run(work)
    return total


def _notice(uow: UnitOfWork, *, deployment: Deployment, occasions: Sequence[Occasion]) -> int:
    return sum(
        bool(
            succeeds(
                uow,
                functools.partial(notice, uow, deployment, occasion),
                job=JOB,
                kind="worker",
                key=occasion.about,
            )
        )
        for occasion in occasions
    )
