"""An erased person leaves of their benefits only what was paid, without themself."""

from __future__ import annotations

from bot.services.benefits.receipts import tell_officers_of_withdrawal
from bot.services.cases import promises
from bot.services.deployment import Deployment
from storage.models import Worker
from storage.repositories.benefit_applications import OPEN
from storage.unit_of_work import UnitOfWork


def forget(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> None:
    """End what was promised about a worker's applications, and take the worker out of them.

    A paid one keeps its number, code, amount and dates, for the fund's books; every other
    goes, and who dealt with one that was still open is told.
    """
    for application in uow.benefit_applications.of_worker(worker.id):
        if application.status in OPEN:
            tell_officers_of_withdrawal(uow, deployment, application)
        promises.keep(uow, deployment, what=promises.BENEFIT, subject_id=application.id)
    uow.benefit_applications.erase_worker(worker.id)
