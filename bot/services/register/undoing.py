"""Takes a sheet back: who came with it goes, who was changed is as before.

What a person or an officer said since then stays. A person who has spoken with us since, or of
whom anything else hangs, stays too; only what the sheet said of them goes.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import cast

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.follow_up.spell_dates import close_spell
from bot.services.people import officers
from bot.services.people.workers import set_status
from bot.services.register.chunk_rows import SUBJECT
from bot.services.register.importing import hold_register, note
from bot.services.register.undoing_rows import RESTORES
from storage.models import Employment, ImportBatch, ImportedRow, Worker
from storage.register_states import CategoryState, ImportStatus
from storage.repositories.register_undo import RegisterUndo
from storage.states import EndReason, WorkerStatus
from storage.unit_of_work import UnitOfWork

CHUNK = 500
UNDO_WITHIN = timedelta(days=30)
DAYS = frozenset({"available_from"})


def check_undo(
    uow: UnitOfWork, deployment: Deployment, batch_id: uuid.UUID, *, scope: str
) -> ImportBatch:
    """Return the batch if it can be taken back.

    Raises:
        UserError: It is none of this bureau's, was taken back before, is older than 30 days, or
            a later sheet of the same kind stands on it.
    """
    batch = uow.import_batches.get(batch_id)
    if batch is None or batch.bureau_adcode != deployment.bureau_adcode:
        raise UserError("register.refused.no_batch")
    officer = uow.officers.get(batch.officer_id) if batch.officer_id is not None else None
    held = officer.scope if officer is not None else officers.scope_of(batch.bureau_adcode)
    if not held.startswith(scope):
        raise UserError("register.refused.no_batch")
    if batch.status is ImportStatus.UNDONE:
        raise UserError("register.refused.undone")
    newest = uow.import_batches.newest_applied(batch.bureau_adcode, batch.kind)
    is_last = newest is None or newest.id == batch.id or batch.status is ImportStatus.PREVIEWED
    if not is_last or batch.created_at < deployment.now - UNDO_WITHIN:
        raise UserError("register.refused.undo_late")
    return batch


def undo_some(uow: UnitOfWork, deployment: Deployment, batch_id: uuid.UUID) -> int:
    """Take some of a batch back; return how many rows were done, 0 when it is finished."""
    hold_register(uow, deployment)
    rows = uow.import_batches.imported(batch_id, limit=CHUNK)
    undo = RegisterUndo(uow.session)
    restore = RESTORES.get(uow.import_batches.need(batch_id).kind)
    if restore is not None:
        for row in rows:
            restore(uow, deployment, row)
    else:
        _take_people_back(uow, deployment, undo, rows, batch_id)
    uow.import_batches.forget_rows([one.id for one in rows])
    if not rows:
        uow.import_batches.forget_differences(batch_id)
        undo.remove_households(batch_id)
        batch = uow.import_batches.need(batch_id)
        batch.status, batch.undone_at, batch.sheet = ImportStatus.UNDONE, deployment.now, None
        note(uow, deployment, batch, "undo_import")
    return len(rows)


def take_back_one(
    uow: UnitOfWork, deployment: Deployment, batch_id: uuid.UUID, *, since: datetime
) -> None:
    """Take back what one row of a batch did when an officer settled it at an instant."""
    rows = uow.import_batches.imported_at(batch_id, since)
    _take_people_back(uow, deployment, RegisterUndo(uow.session), rows, batch_id)
    uow.import_batches.forget_rows([one.id for one in rows])


def _take_people_back(
    uow: UnitOfWork,
    deployment: Deployment,
    undo: RegisterUndo,
    rows: Sequence[ImportedRow],
    batch_id: uuid.UUID,
) -> None:
    added = [one.subject_id for one in rows if one.kind == SUBJECT and one.before is None]
    undo.remove_people(added, batch_id)
    for row in rows:
        if row.before is not None:
            _restore(uow, deployment, undo, row)


def _restore(uow: UnitOfWork, deployment: Deployment, undo: RegisterUndo, row: ImportedRow) -> None:
    before = row.before or {}
    worker = uow.workers.get(row.subject_id)
    if worker is None or worker.status is WorkerStatus.LEFT:
        return
    _restore_work(uow, deployment, undo, worker, before)
    _restore_columns(uow, worker, before)
    for key in _keys(before, "added"):
        undo.remove_category(key)
    for key in _keys(before, "ended"):
        category = uow.register_entries.category(key)
        if category is not None:
            category.state, category.ended_at = CategoryState.VERIFIED, None
    undo.restore_entry(worker.id, cast("Mapping[str, object] | None", before.get("entry")))
    worker.groups = uow.register_entries.verified_of(worker.id) or cast(
        "list[str] | None", before.get("groups")
    )


def _restore_columns(uow: UnitOfWork, worker: Worker, before: Mapping[str, object]) -> None:
    """Write former values back, unless somebody changed the person since."""
    former = cast("Mapping[str, object]", before.get("worker") or {})
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
    worker: Worker,
    before: Mapping[str, object],
) -> None:
    opened = _key(before, "opened")
    spell = uow.employments.get(opened) if opened is not None else None
    if spell is not None and before.get("is_linked"):
        close_spell(uow, deployment, spell, on=spell.started_on, reason=EndReason.CORRECTED)
    elif spell is not None:
        undo.remove_spell(spell.id)
    ended = _key(before, "ended_spell")
    last = uow.employments.get(ended) if ended is not None else None
    if isinstance(last, Employment):
        last.ended_on, last.end_reason = None, None
        uow.employments.record(last, at=deployment.now)
    if "status" in before:
        set_status(uow, worker, WorkerStatus(str(before["status"])), now=deployment.now)


def _key(values: Mapping[str, object], name: str) -> uuid.UUID | None:
    value = values.get(name)
    return uuid.UUID(str(value)) if value else None


def _keys(values: Mapping[str, object], name: str) -> Sequence[uuid.UUID]:
    return [uuid.UUID(str(one)) for one in cast("list[str]", values.get(name) or [])]
