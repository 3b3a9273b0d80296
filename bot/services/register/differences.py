"""What a sheet and a person say differently: an officer decides with one tap, and can undo it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import cast

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.follow_up.spell_dates import close_spell
from bot.services.people import officers
from bot.services.people.officer_views import audit_refusal, audit_view
from bot.services.register import categories
from bot.services.register.chunk_rows import PERSON
from bot.services.register.comparing import CATEGORY, COMPARED
from bot.services.register.employment_rows import work_from
from bot.services.register.importing import decide_one
from bot.services.register.linked_spells import open_for_linked
from bot.services.register.sheet_reading import WorkerSheet, prepare, words_for
from bot.services.register.sheet_rows import SheetRow
from bot.services.register.sheet_tables import SheetTable
from bot.services.register.undoing import take_back_one
from bot.services.register.writing import write_chunk
from content.register_columns import Sheet
from storage.models import Officer, RegisterDifference, Worker
from storage.register_states import Category
from storage.states import EndReason
from storage.unit_of_work import UnitOfWork

THEIRS, OURS = "theirs", "ours"
WORK = "work"


def waiting(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, *, limit: int
) -> Sequence[RegisterDifference]:
    """Return what this officer has to decide, the oldest first."""
    return uow.import_batches.open_differences(
        deployment.bureau_adcode, scope=officer.scope, limit=limit
    )


def visible(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, key: uuid.UUID
) -> RegisterDifference:
    """Return a difference, held; looking at it is written down.

    Raises:
        UserError: There is none with this key, or its person is outside the officer's area.
    """
    row = uow.import_batches.difference(key)
    worker = uow.workers.get(row.worker_id) if row is not None else None
    if row is None or worker is None:
        raise UserError("register.refused.no_difference")
    if not officers.is_in_scope(officer, officers.code_of_worker(worker, deployment.bureau_adcode)):
        audit_refusal(uow, deployment, officer, subject_kind="worker", subject_id=worker.id)
        raise UserError("register.refused.no_difference")
    audit_view(
        uow, deployment, officer, "view_difference", subject_kind="worker", subject_id=worker.id
    )
    return row


def resolve(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    row: RegisterDifference,
    choice: str,
) -> None:
    """Settle a difference.

    Args:
        uow: The transaction.
        deployment: The bureau.
        officer: Who decides.
        row: What is decided; `visible` was asked for it.
        choice: `theirs` or `ours`; about whose a row is, the key of a worker in hex, or
            `theirs` for somebody who was not here before.

    Raises:
        UserError: It was decided before.
    """
    if row.resolved_at is not None:
        raise UserError("register.refused.decided")
    worker = uow.workers.need(row.worker_id)
    if row.name == PERSON:
        _settle_person(uow, deployment, row, choice)
    elif choice == THEIRS:
        _take_theirs(uow, deployment, worker, row)
    row.resolved_at, row.officer_id = deployment.now, officer.id
    row.resolution = choice if choice in {THEIRS, OURS} else choice[:8]
    _audit(uow, deployment, officer, row, "resolve_difference")


def undo(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, row: RegisterDifference
) -> None:
    """Take a decision back; the question is open again."""
    if row.resolved_at is None:
        return
    worker = uow.workers.need(row.worker_id)
    if row.name == PERSON:
        take_back_one(uow, deployment, row.batch_id, since=row.resolved_at)
    elif row.resolution == THEIRS:
        _take_ours(uow, deployment, officer, worker, row)
    row.resolved_at, row.officer_id, row.resolution = None, None, None
    _audit(uow, deployment, officer, row, "undo_difference")


def _take_theirs(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, row: RegisterDifference
) -> None:
    if row.name in COMPARED:
        _write(uow, deployment, worker, row.name, row.theirs)
    elif row.name == WORK:
        values = cast("Mapping[str, object]", row.theirs)
        open_for_linked(uow, deployment, worker.id, work_from(values))
    elif row.name.startswith(CATEGORY):
        categories.end(uow, deployment, worker, Category(row.name.removeprefix(CATEGORY)))


def _take_ours(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    worker: Worker,
    row: RegisterDifference,
) -> None:
    if row.name in COMPARED:
        _write(uow, deployment, worker, row.name, row.ours)
    elif row.name == WORK:
        _take_work_back(uow, deployment, worker)
    elif row.name.startswith(CATEGORY):
        category = Category(row.name.removeprefix(CATEGORY))
        categories.confirm(uow, deployment, worker, category, officer=officer)


def _take_work_back(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> None:
    """Correct the spell away that was opened, and let the one before go on."""
    spell = uow.employments.open_of(worker.id)
    if spell is None:
        return
    close_spell(uow, deployment, spell, on=spell.started_on, reason=EndReason.CORRECTED)
    uow.session.flush()
    before = uow.employments.of_worker(worker.id)
    if before and before[-1].end_reason is EndReason.CHANGED:
        before[-1].ended_on, before[-1].end_reason = None, None
        uow.employments.record(before[-1], at=deployment.now)


def _write(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, name: str, value: object
) -> None:
    setattr(worker, name, value)
    if name == "phone":
        worker.phone_index = (
            None if value is None else uow.secrets.blind_index(str(value), kind="phone")
        )
    worker.version += 1
    worker.changed_at = deployment.now


def _settle_person(
    uow: UnitOfWork, deployment: Deployment, row: RegisterDifference, choice: str
) -> None:
    """Take the kept row over for the person the officer named, or for a new one."""
    if choice == OURS:
        return
    candidates = cast("list[str]", row.ours)
    key = uuid.UUID(choice) if choice in candidates else None
    cells = {name: str(text) for name, text in cast("Mapping[str, object]", row.theirs).items()}
    sheet = _sheet_of(uow, deployment, cells)
    decisions = decide_one(uow, deployment, sheet, {0: key})
    write_chunk(uow, deployment, row.batch_id, decisions)


def _sheet_of(uow: UnitOfWork, deployment: Deployment, cells: dict[str, str]) -> WorkerSheet:
    columns = tuple(
        one for one in deployment.catalogue.register_columns.of(Sheet.WORKERS) if one.name in cells
    )
    headings = tuple(one.heading for one in columns)
    table = SheetTable(Sheet.WORKERS, headings, columns, (), (), 0)
    words = words_for(deployment)
    kept = dict(sorted(cells.items()))
    line = SheetRow(0, kept)
    prepared = prepare(uow.secrets, line, words.meaning(line), "\x1f".join(kept))
    return WorkerSheet(table, words, [prepared])


def _audit(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    row: RegisterDifference,
    action: str,
) -> None:
    uow.records.audit(
        officers.actor_of(officer),
        action,
        subject_kind="worker",
        subject_id=row.worker_id,
        scope=officer.scope,
        at=deployment.now,
    )
