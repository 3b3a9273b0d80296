"""Takes people of a sheet back: who came with it goes, the others are as they were before."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from bot.services.deployment import Deployment
from bot.services.follow_up.spell_dates import close_spell
from bot.services.people.workers import set_status
from bot.services.register.chunk_rows import SUBJECT
from storage.models import ImportedRow, Worker
from storage.repositories.register_rows import RegisterRows
from storage.repositories.register_undo import RegisterUndo
from storage.states import EndReason, WorkerStatus
from storage.unit_of_work import UnitOfWork

DAYS = frozenset({"available_from"})
Before = Mapping[str, object]


def take_people_back(
    uow: UnitOfWork, deployment: Deployment, rows: Sequence[ImportedRow], batch_id: uuid.UUID
) -> None:
    """Undo what rows of a batch did to people; what they or an officer said since stays."""
    undo = RegisterUndo(uow.session)
    added = [one.subject_id for one in rows if one.kind == SUBJECT and one.before is None]
    undo.remove_people(added, batch_id)
    changed = [(one.subject_id, one.before) for one in rows if one.before is not None]
    # Of two rows about one person, the one that found this sheet's own words came second.
    changed.sort(key=lambda one: _entry(one[1]).get("batch_id") != batch_id.hex)
    workers = undo.workers([key for key, _before in changed])
    people = [(workers[key], before) for key, before in changed if key in workers]
    if not people:
        return
    _restore_work(uow, deployment, undo, people)
    for worker, before in people:
        _restore_columns(uow, worker, before)
    undo.remove_categories([key for _one, before in people for key in _keys(before, "added")])
    undo.reopen_categories([key for _one, before in people for key in _keys(before, "ended")])
    undo.restore_entries({one.id: _entry(before) or None for one, before in people}, batch_id)
    held = RegisterRows(uow.session).verified(list(workers))
    for worker, before in people:
        groups = sorted({one.category for one in held.get(worker.id, [])})
        worker.groups = groups or (None if before.get("groups") is None else [])
    uow.session.flush()


def _restore_columns(uow: UnitOfWork, worker: Worker, before: Before) -> None:
    """Write former values back, unless somebody changed the person since."""
    former = cast("Before", before.get("worker") or {})
    version = cast("int", before.get("version") or 0)
    if not former or worker.version != version + 1:
        return
    for name, value in former.items():
        is_day = name in DAYS and isinstance(value, str)
        setattr(worker, name, date.fromisoformat(str(value)) if is_day else value)
    if "phone" in former:
        phone = worker.phone
        worker.phone_index = None if phone is None else uow.secrets.blind_index(phone, kind="phone")
    worker.version += 1


def _restore_work(
    uow: UnitOfWork,
    deployment: Deployment,
    undo: RegisterUndo,
    people: Sequence[tuple[Worker, Before]],
) -> None:
    only_told: list[uuid.UUID] = []
    for _worker, before in people:
        opened = _keys(before, "opened")
        if not before.get("is_linked"):
            only_told += opened
            continue
        for spell in filter(None, map(uow.employments.get, opened)):
            close_spell(uow, deployment, spell, on=spell.started_on, reason=EndReason.CORRECTED)
    undo.remove_spells(only_told)
    ended = [key for _worker, before in people for key in _keys(before, "ended_spell")]
    undo.reopen_spells(ended, at=deployment.now)
    for worker, before in people:
        if "status" in before:
            set_status(uow, worker, WorkerStatus(str(before["status"])), now=deployment.now)


def _entry(before: Before | None) -> Before:
    return cast("Before", (before or {}).get("entry") or {})


def _keys(before: Before, name: str) -> list[uuid.UUID]:
    """Return the keys under a name: a list of them, one, or none."""
    said = before.get(name) or []
    return [uuid.UUID(str(one)) for one in (said if isinstance(said, list) else [said])]
