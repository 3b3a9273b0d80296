"""Tells people who wait for a suitable vacancy when one has opened or changed."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Sequence

from bot.scheduler.ticks import BATCH, Progress, Tick
from bot.services.deployment import Deployment
from bot.services.ranking import saved_wishes
from bot.services.ranking.wish_firing import fire, fitting
from bot.services.sending.one_by_one import succeeds
from bot.services.sending.quiet_hours import end_of_quiet_hours
from storage.unit_of_work import UnitOfWork

JOB = "wishes_fired"

Fit = tuple[uuid.UUID, list[uuid.UUID]]


def tell(tick: Tick) -> int:
    """Fulfil the wishes that something new fits, the oldest first; return how many.

    What fits is found outside any transaction, by the board of this process; each wish is then
    looked at once more in its own savepoint. Nobody is told in the quiet hours: the next
    morning's tick finds the same wishes.
    """
    total = 0
    for deployment in tick.deployment.every():
        tick.in_batches(functools.partial(_close_expired, deployment=deployment))
        timezone, limits = deployment.clock.timezone, deployment.limits
        if end_of_quiet_hours(tick.now, timezone, limits) is None:
            total += _tell_in(tick, deployment)
    return total


def _tell_in(tick: Tick, deployment: Deployment) -> int:
    waiting = tick.database.read(functools.partial(saved_wishes.waiting, deployment=deployment))
    if not waiting:
        return 0
    tick.database.read(deployment.board.refresh)
    found = fitting(deployment, waiting)
    fits = tick.database.read(
        functools.partial(
            saved_wishes.unknown_fits, deployment=deployment, everybody=waiting, fits=found
        )
    )
    total = 0
    for start in range(0, len(fits), BATCH):
        part = fits[start : start + BATCH]
        total += tick.database.run(functools.partial(_fire, deployment=deployment, fits=part))
    return total


def _close_expired(uow: UnitOfWork, *, deployment: Deployment) -> Progress:
    closed = saved_wishes.close_expired(uow, deployment, limit=BATCH)
    return Progress(seen=closed, done=closed)


def _fire(uow: UnitOfWork, *, deployment: Deployment, fits: Sequence[Fit]) -> int:
    return sum(
        bool(
            succeeds(
                uow,
                functools.partial(fire, uow, deployment, wish_id, found),
                job=JOB,
                kind="wish",
                key=wish_id,
            )
        )
        for wish_id, found in fits
    )
