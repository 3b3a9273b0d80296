"""Takes a sheet back: who came with it goes, who was changed is as before.

What a person or an officer said since then stays. A person who has spoken with us since, or of
whom anything else hangs, stays too; only what the sheet said of them goes.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.register.importing import hold_register, note
from bot.services.register.undoing_people import take_people_back
from bot.services.register.undoing_rows import RESTORES
from storage.models import ImportBatch, Officer
from storage.register_states import ImportStatus
from storage.repositories.register_undo import RegisterUndo
from storage.unit_of_work import UnitOfWork

CHUNK = 500
UNDO_WITHIN = timedelta(days=30)


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
    is_late = batch.created_at < deployment.now - UNDO_WITHIN
    if is_late or uow.import_batches.has_later(batch):
        raise UserError("register.refused.undo_late")
    return batch


def begin_undo(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, batch_id: uuid.UUID
) -> None:
    """Let a batch be taken back chunk by chunk; the officer is told when it is done.

    Raises:
        UserError: It cannot be taken back; it says why.
    """
    hold_register(uow, deployment)
    batch = check_undo(uow, deployment, batch_id, scope=officer.scope)
    batch.status, batch.undone_by = ImportStatus.UNDOING, officer.id


def undo_some(uow: UnitOfWork, deployment: Deployment, batch_id: uuid.UUID) -> int:
    """Take some of a batch back; return how many rows were done, 0 when it is finished.

    Broken off, it goes on where it stood: what was taken back is forgotten with its chunk.
    """
    hold_register(uow, deployment)
    batch = uow.import_batches.need(batch_id)
    if batch.status is ImportStatus.UNDONE:
        return 0
    batch.status = ImportStatus.UNDOING
    rows = uow.import_batches.imported(batch_id, limit=CHUNK)
    restore = RESTORES.get(batch.kind)
    if restore is not None:
        restore(uow, deployment, rows)
    else:
        take_people_back(uow, deployment, rows, batch_id)
    uow.import_batches.forget_rows([one.id for one in rows])
    if not rows:
        _finish(uow, deployment, batch)
    return len(rows)


def _finish(uow: UnitOfWork, deployment: Deployment, batch: ImportBatch) -> None:
    """Close a batch of which nothing is left, and tell the officer who asked for it."""
    uow.import_batches.forget_differences(batch.id)
    RegisterUndo(uow.session).remove_households(batch.id)
    batch.status, batch.undone_at, batch.sheet = ImportStatus.UNDONE, deployment.now, None
    officer = uow.officers.get(batch.undone_by) if batch.undone_by is not None else None
    note(uow, deployment, batch, "undo_import", officer)
    if officer is None:
        return
    language = officers.language_of(uow, officer)
    words = deployment.text(
        "register.chat.undone",
        language,
        sheet=deployment.text(f"register.chat.{batch.kind}", language),
    )
    officers.inform_words(
        uow,
        deployment,
        officer,
        words,
        key="register.chat.undone",
        dedupe=f"import_undone:{batch.id.hex}",
    )


def take_back_rows(
    uow: UnitOfWork, deployment: Deployment, batch_id: uuid.UUID, keys: Sequence[uuid.UUID]
) -> None:
    """Take back what a row of a batch did when an officer settled it; `keys` is what it kept."""
    rows = uow.import_batches.imported_rows(keys)
    take_people_back(uow, deployment, rows, batch_id)
    uow.import_batches.forget_rows([one.id for one in rows])
