"""What the outcome of a call changes beyond the call itself, so that it can be undone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from bot.services.cases import promises
from bot.services.deployment import Deployment
from bot.services.people.workers import set_status
from bot.services.phoning.call_reasons import CASE
from storage.models import Case, PhoneCall, PhoneTask
from storage.states import CallStatus, CaseStatus, WorkerStatus
from storage.unit_of_work import UnitOfWork

UNDONE_EVENT = "call_undone"


@dataclass(frozen=True, slots=True)
class CaseBefore:
    """How a case stood: its state, the promises that were open, and the lines it had."""

    status: CaseStatus
    matters: tuple[str, ...]
    urgent: bool
    promised: tuple[uuid.UUID, ...]
    events: frozenset[uuid.UUID]


@dataclass(frozen=True, slots=True)
class Before:
    """How things stood before an outcome was written down."""

    worker: WorkerStatus
    cases: Mapping[uuid.UUID, CaseBefore]
    planned: Mapping[uuid.UUID, date]


def look(uow: UnitOfWork, task: PhoneTask) -> Before:
    """Return how the person's cases and other calls stand now."""
    return Before(
        worker=uow.workers.need(task.worker_id).status,
        cases={case.id: _seen(uow, case) for case in _cases(uow, task)},
        planned={
            other.id: other.planned_on
            for other in uow.phone_tasks.open_of_worker(task.worker_id)
            if other.id != task.id
        },
    )


def changes(uow: UnitOfWork, task: PhoneTask, before: Before) -> dict[str, object]:
    """Return what has changed since `before`, as keys and states only, for `PhoneCall.before`."""
    uow.session.flush()
    now = look(uow, task)
    moved = {
        key.hex: day.isoformat()
        for key, day in before.planned.items()
        if key in now.planned and now.planned[key] != day
    }
    return {
        "worker": before.worker.value if now.worker is not before.worker else None,
        "planned": moved,
        "opened": [key.hex for key in now.cases if key not in before.cases],
        "cases": {
            key.hex: _difference(was, now.cases[key])
            for key, was in before.cases.items()
            if key in now.cases and now.cases[key] != was
        },
    }


def put_back(uow: UnitOfWork, deployment: Deployment, task: PhoneTask, call: PhoneCall) -> None:
    """Put the cases, promises, the worker's status and other calls back to before `call`.

    A case that was closed since is left alone: an officer has decided about it.
    """
    known = call.before or {}
    for key, was in cast("dict[str, dict[str, object]]", known.get("cases") or {}).items():
        case = uow.cases.lock(uuid.UUID(key))
        if case is not None and case.closed_at is None:
            _restore(uow, case, was)
    for key in cast("list[str]", known.get("opened") or []):
        case = uow.cases.lock(uuid.UUID(key))
        if case is not None and case.closed_at is None:
            uow.cases.add_event(case, "false_alarm", at=deployment.now)
            case.status, case.closed_at = CaseStatus.FALSE_ALARM, deployment.now
            promises.keep(uow, deployment, what=promises.CASE, subject_id=case.id)
    worker, status = uow.workers.need(task.worker_id), known.get("worker")
    if status is not None and worker.status is WorkerStatus.UNREACHABLE:
        set_status(uow, worker, WorkerStatus(str(status)), now=deployment.now)
    for key, day in cast("dict[str, str]", known.get("planned") or {}).items():
        other = uow.phone_tasks.get(uuid.UUID(key))
        if other is not None and other.status is CallStatus.OPEN:
            other.planned_on = date.fromisoformat(day)
    uow.session.flush()


def _cases(uow: UnitOfWork, task: PhoneTask) -> Iterable[Case]:
    """Return the case a call is about and the one that an outcome may add to."""
    found: dict[uuid.UUID, Case] = {}
    about = uow.cases.get(task.subject_id) if task.kind == CASE and task.subject_id else None
    address_id = task.address_id or task.id
    for case in (about, uow.cases.find_open(worker_id=task.worker_id, address_id=address_id)):
        if case is not None:
            found[case.id] = case
    return found.values()


def _seen(uow: UnitOfWork, case: Case) -> CaseBefore:
    return CaseBefore(
        status=case.status,
        matters=tuple(case.matters),
        urgent=case.urgent,
        promised=tuple(row.id for row in uow.promises.open_ones(promises.CASE, case.id)),
        events=frozenset(event.id for event in uow.cases.events(case.id)),
    )


def _difference(was: CaseBefore, now: CaseBefore) -> dict[str, object]:
    return {
        "status": was.status.value,
        "matters": list(was.matters),
        "urgent": was.urgent,
        "kept": [key.hex for key in was.promised if key not in now.promised],
        "made": [key.hex for key in now.promised if key not in was.promised],
        "events": [key.hex for key in now.events - was.events],
    }


def _restore(uow: UnitOfWork, case: Case, was: Mapping[str, object]) -> None:
    case.status = CaseStatus(str(was["status"]))
    case.matters = [str(matter) for matter in cast("list[object]", was["matters"])]
    case.urgent = bool(was["urgent"])
    uow.session.flush()
    uow.promises.put_back(
        kept=_keys(was["kept"]),
        made=_keys(was["made"]),
    )
    events = _keys(was["events"])
    for event in uow.cases.events(case.id):
        if event.id in events:
            # The line stays, with what it turned out to be: it counts as no attempt.
            event.action = UNDONE_EVENT


def _keys(stored: object) -> list[uuid.UUID]:
    return [uuid.UUID(str(key)) for key in cast("list[object]", stored)]
