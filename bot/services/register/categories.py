"""Categories: claimed by a worker, confirmed or ended by an officer, and what follows from them."""

from __future__ import annotations

import uuid

from bot.services.deployment import Deployment
from storage.models import Officer, Worker, WorkerCategory
from storage.register_states import Category, CategoryState
from storage.states import Source
from storage.unit_of_work import UnitOfWork


def claim(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, category: Category
) -> WorkerCategory | None:
    """Note that a worker says so of themself; no decision and no ranking rests on it.

    Returns:
        The claim; None where it is confirmed or claimed already.
    """
    held = uow.register_entries.categories_of(worker.id)
    if any(one.category == category and one.ended_at is None for one in held):
        return None
    return uow.register_entries.add_category(
        WorkerCategory(
            worker_id=worker.id,
            category=category.value,
            state=CategoryState.CLAIMED,
            source=Source.WORKER,
            since=deployment.now,
        )
    )


def confirm(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    category: Category,
    *,
    officer: Officer,
    visit_id: uuid.UUID | None = None,
) -> WorkerCategory | None:
    """Note by an officer's word that a category holds; None where it is confirmed already.

    A claim of the worker's becomes confirmed with it.
    """
    held = [
        one
        for one in uow.register_entries.categories_of(worker.id)
        if one.category == category and one.ended_at is None
    ]
    if any(one.state is CategoryState.VERIFIED for one in held):
        return None
    for one in held:
        one.ended_at = deployment.now
    row = uow.register_entries.add_category(
        WorkerCategory(
            worker_id=worker.id,
            category=category.value,
            state=CategoryState.VERIFIED,
            source=Source.OFFICER,
            officer_id=officer.id,
            visit_id=visit_id,
            since=deployment.now,
        )
    )
    sync_groups(uow, deployment, worker)
    return row


def end(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, category: Category
) -> list[WorkerCategory]:
    """Note that a category does not hold, or no more; return what was ended."""
    ended = [
        one
        for one in uow.register_entries.categories_of(worker.id)
        if one.category == category and one.ended_at is None
    ]
    for one in ended:
        # A claim that proved untrue stays a claim, only over.
        if one.state is CategoryState.VERIFIED:
            one.state = CategoryState.ENDED
        one.ended_at = deployment.now
    uow.session.flush()
    if ended:
        sync_groups(uow, deployment, worker)
    return ended


def sync_groups(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> None:
    """Let reserved vacancies know of the categories that hold now; claims open none."""
    uow.session.flush()
    verified = uow.register_entries.verified_of(worker.id)
    if worker.groups != verified:
        worker.groups = verified
        worker.version += 1
        worker.changed_at = deployment.now
        uow.session.flush()
