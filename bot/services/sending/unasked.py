"""Whether somebody may be written to now who asked for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bot.services.deployment import Deployment
from bot.services.ranking.barring import AT_WORK, not_looking
from bot.services.sending.attention import earliest, used_up
from bot.services.sending.ways import Reach
from storage.models import Worker
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork


class Whom(Enum):
    """Whom a push is for."""

    SEEKERS = "seekers"  # work, or a course that leads to it
    ANYBODY = "anybody"  # what people at work, or who look for none, have to hear as well


@dataclass(frozen=True, slots=True)
class _Anybody:
    """A worker of whom it does not matter whether they work."""

    status: WorkerStatus
    paused_until: date | None
    phone: str | None


def may_push(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    reaches: Sequence[Reach],
    *,
    whom: Whom,
) -> bool:
    """Tell whether a worker may be sent a push at this moment.

    Nobody is who left, unsubscribed, paused, sleeps, gave no consent, has no attention left
    or cannot be reached; of seekers nobody is who works or looks for nothing.

    Args:
        uow: The transaction.
        deployment: The worker's bureau.
        worker: Whom to tell.
        reaches: Where they are written to (`ways.reaches`).
        whom: Whether the push is for seekers only.
    """
    if worker.status is WorkerStatus.LEFT or not _wants(deployment, worker, reaches, whom):
        return False
    if wakes_at(deployment, worker) > deployment.now:
        return False
    if uow.recommendations.without_consent(among=worker.id):
        return False
    return not used_up(uow, at=deployment.now, deployment=deployment, among=[worker.id])


def wakes_at(deployment: Deployment, worker: Worker) -> datetime:
    """Return the first instant from now on at which a push disturbs nobody's sleep."""
    return earliest(
        deployment.now,
        deployment.clock.timezone,
        works_nights=worker.night_shift_worker,
        limits=deployment.limits,
    )


def _wants(deployment: Deployment, worker: Worker, reaches: Sequence[Reach], whom: Whom) -> bool:
    if whom is Whom.SEEKERS:
        return not_looking(deployment, worker, reaches) is None
    is_busy = worker.status in AT_WORK or worker.status is WorkerStatus.NOT_LOOKING
    status = WorkerStatus.SEEKING if is_busy else worker.status
    anybody = _Anybody(status, worker.paused_until, worker.phone)
    return not_looking(deployment, anybody, reaches) is None
