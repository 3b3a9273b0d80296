"""What an officer found out on a visit or a call: written down, with all that follows from it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.follow_up import employments
from bot.services.people import officers
from bot.services.people.workers import set_status
from bot.services.register import categories
from storage.models import HomeVisit, Officer, Worker, WorkerCategory
from storage.register_states import Category, CategoryState, VisitKind
from storage.states import EndReason, Source, WorkerStatus
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Found:
    """What was found out.

    Attributes:
        kind: A visit or a call.
        on: The day, not in the future.
        holds: Categories that are so.
        fails: Categories that are not so, or no more.
        works: Whether the person is at work; None where that stayed open.
        wish: `work`, `away`, `home`, `training` or `none`; None where it stayed open.
        phone: The new number, or None where it is the old one.
    """

    kind: VisitKind
    on: date
    holds: tuple[Category, ...] = ()
    fails: tuple[Category, ...] = ()
    works: bool | None = None
    wish: str | None = None
    phone: str | None = None


def record(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, worker: Worker, found: Found
) -> HomeVisit:
    """Write a visit down: categories by the officer's word, number, work.

    Raises:
        UserError: The day lies ahead.
    """
    if found.on > deployment.today:
        raise UserError("home_visit.refused.future")
    before: dict[str, object] = {
        "phone": worker.phone,
        "status": worker.status.value,
        "groups": worker.groups,
    }
    visit = uow.home_visits.add(
        HomeVisit(
            worker_id=worker.id,
            officer_id=officer.id,
            kind=found.kind,
            visited_on=found.on,
            facts={},
            recorded_at=deployment.now,
        )
    )
    changed = _categories(uow, deployment, officer, worker, visit, found)
    if found.phone is not None and found.phone != worker.phone:
        _set_phone(uow, deployment, worker, found.phone)
    before |= _work(uow, deployment, worker, found)
    visit.facts = {
        "holds": [one.value for one in found.holds],
        "fails": [one.value for one in found.fails],
        "works": found.works,
        "wish": found.wish,
        "phone_changed": found.phone is not None,
        "before": before | changed,
    }
    _audit(uow, deployment, officer, worker, "record_visit")
    uow.session.flush()
    return visit


def _categories(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    worker: Worker,
    visit: HomeVisit,
    found: Found,
) -> dict[str, object]:
    """Confirm and end categories; return what an undo has to know."""
    confirmed = [
        row.id.hex
        for category in found.holds
        if (
            row := categories.confirm(
                uow, deployment, worker, category, officer=officer, visit_id=visit.id
            )
        )
        is not None
    ]
    ended = [
        {"id": row.id.hex, "state": state}
        for category in found.fails
        for row, state in _ended(uow, deployment, worker, category)
    ]
    return {"confirmed": confirmed, "ended": ended}


def undo(uow: UnitOfWork, deployment: Deployment, officer: Officer, visit: HomeVisit) -> None:
    """Take a visit back; what was so before is so again.

    Raises:
        UserError: It was taken back before, or another officer wrote it down.
    """
    if visit.undone_at is not None or visit.officer_id != officer.id:
        raise UserError("home_visit.refused.no_undo")
    worker = uow.workers.need(visit.worker_id)
    before = cast("Mapping[str, object]", visit.facts["before"])
    _restore_categories(uow, deployment, before)
    if visit.facts["phone_changed"]:
        _set_phone(uow, deployment, worker, cast("str | None", before["phone"]))
    spell = before.get("spell")
    if spell:
        ended = uow.employments.need(uuid.UUID(str(spell)))
        employments.resume_spell(uow, deployment, worker, ended)
    if worker.status is not WorkerStatus.LEFT:
        set_status(uow, worker, WorkerStatus(str(before["status"])), now=deployment.now)
    categories.sync_groups(uow, deployment, worker)
    visit.undone_at = deployment.now
    _audit(uow, deployment, officer, worker, "undo_visit")


def _restore_categories(
    uow: UnitOfWork, deployment: Deployment, before: Mapping[str, object]
) -> None:
    for key in cast("list[str]", before["confirmed"]):
        row = uow.register_entries.category(uuid.UUID(key))
        if row is not None:
            row.state, row.ended_at = CategoryState.ENDED, deployment.now
    for one in cast("list[dict[str, str]]", before["ended"]):
        row = uow.register_entries.category(uuid.UUID(one["id"]))
        if row is not None:
            row.state, row.ended_at = CategoryState(one["state"]), None


def _ended(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, category: Category
) -> list[tuple[WorkerCategory, str]]:
    held = {
        one.id: one.state.value
        for one in uow.register_entries.categories_of(worker.id)
        if one.category == category and one.ended_at is None
    }
    return [(one, held[one.id]) for one in categories.end(uow, deployment, worker, category)]


def _work(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, found: Found
) -> dict[str, object]:
    """End the spell of who is not at work; return what an undo has to know."""
    if found.works is False:
        spell = employments.end_spell(
            uow, deployment, worker, on=found.on, reason=EndReason.LOST, source=Source.OFFICER
        )
        if spell is not None:
            return {"spell": spell.id.hex}
    if found.works and uow.employments.open_of(worker.id) is not None:
        spell = uow.employments.open_of(worker.id)
        if spell is not None:
            spell.last_confirmed_on = max(spell.last_confirmed_on, found.on)
    if found.wish == "none" and found.works is False and worker.status is not WorkerStatus.LEFT:
        set_status(uow, worker, WorkerStatus.NOT_LOOKING, now=deployment.now)
    return {}


def _set_phone(uow: UnitOfWork, deployment: Deployment, worker: Worker, phone: str | None) -> None:
    worker.phone = phone
    worker.phone_index = None if phone is None else uow.secrets.blind_index(phone, kind="phone")
    worker.version += 1
    worker.changed_at = deployment.now


def _audit(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, worker: Worker, action: str
) -> None:
    uow.records.audit(
        officers.actor_of(officer),
        action,
        subject_kind="worker",
        subject_id=worker.id,
        scope=officer.scope,
        at=deployment.now,
    )
