"""Somebody's data goes: the seats they held go to those in line."""

from __future__ import annotations

from bot.services.deployment import Deployment
from bot.services.training.seats import drop
from storage.models import Worker
from storage.unit_of_work import UnitOfWork


def leave_all(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> None:
    """Give every seat and place in line of a worker back; called before the rows go."""
    for enrolment, _course in uow.enrolments.held_by(worker.id):
        drop(uow, deployment, enrolment, reason=None)
    uow.session.flush()
