"""Who is not sent vacancies at all, whatever the vacancy, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.services.deployment import Deployment
from bot.services.people.unsubscribing import FOR_GOOD
from bot.services.sending import ways
from bot.services.sending.ways import Reach
from matching.spreading.allocation import LeftOut
from storage.states import WorkerStatus

AT_WORK = frozenset(
    {
        WorkerStatus.EMPLOYED,
        WorkerStatus.FLEXIBLE,
        WorkerStatus.PUBLIC_POST,
        WorkerStatus.TRAINING,
    }
)


class Looking(Protocol):
    """What decides whether somebody is looking for work and can be reached."""

    @property
    def status(self) -> WorkerStatus:
        """Where the worker stands."""

    @property
    def paused_until(self) -> date | None:
        """The last day on which nothing is wanted."""

    @property
    def phone(self) -> str | None:
        """The number, asked for only where no address works."""


def not_looking(
    deployment: Deployment, worker: Looking, reaches: Sequence[Reach]
) -> LeftOut | None:
    """Return why a worker is sent nothing: at work, unsubscribed, paused, or out of reach."""
    if worker.status in AT_WORK:
        return LeftOut.EMPLOYED
    if worker.paused_until == FOR_GOOD or ways.is_unsubscribed(reaches):
        return LeftOut.UNSUBSCRIBED
    is_paused = worker.paused_until is not None and worker.paused_until >= deployment.today
    if is_paused or worker.status is WorkerStatus.NOT_LOOKING:
        return LeftOut.PAUSED
    is_lost = worker.status is WorkerStatus.UNREACHABLE
    return LeftOut.NO_ADDRESS if is_lost or not ways.is_reached(worker, reaches) else None
