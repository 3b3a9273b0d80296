"""A worker's status while in a course, and the one they come back to."""

from __future__ import annotations

import uuid

from bot.services.deployment import Deployment
from bot.services.people.workers import set_status
from storage.models import Worker
from storage.states import WorkerStatus
from storage.training_states import EnrolmentStatus
from storage.unit_of_work import UnitOfWork

# Whoever works goes on working; a course in the evening does not change that.
LEAVES_AS_IT_IS = frozenset(
    {
        WorkerStatus.EMPLOYED,
        WorkerStatus.FLEXIBLE,
        WorkerStatus.PUBLIC_POST,
        WorkerStatus.TRAINING,
        WorkerStatus.LEFT,
    }
)


def begin_training(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> None:
    """Let somebody who came to a course stand as in training, unless they are at work."""
    if worker.status not in LEAVES_AS_IT_IS:
        set_status(uow, worker, WorkerStatus.TRAINING, now=deployment.now)


def back_from_training(uow: UnitOfWork, deployment: Deployment, worker_id: uuid.UUID) -> None:
    """Let somebody stand where they stood before the course; another course holds them there."""
    worker = uow.workers.get(worker_id)
    if worker is None or worker.status is not WorkerStatus.TRAINING:
        return
    held = uow.enrolments.held_by(worker_id)
    if any(row.status is EnrolmentStatus.ATTENDED for row, _course in held):
        return
    earlier = [
        step.status
        for step in uow.workers.history(worker_id)
        if step.status not in {WorkerStatus.TRAINING, WorkerStatus.LEFT}
    ]
    before = earlier[-1] if earlier else WorkerStatus.SEEKING
    set_status(uow, worker, before, now=deployment.now)
