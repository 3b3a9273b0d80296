"""What was done with a person's data, noted where nobody can change it."""

from __future__ import annotations

from bot.services.deployment import Deployment
from bot.services.people import officers
from storage.models import Worker
from storage.unit_of_work import UnitOfWork


def audit_worker(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, action: str, *, actor: str
) -> None:
    """Note that `actor` did `action` to a worker, in the scope of the worker's home."""
    uow.records.audit(
        actor,
        action,
        subject_kind="worker",
        subject_id=worker.id,
        scope=officers.code_of_worker(worker, deployment.bureau_adcode),
        at=deployment.now,
    )
