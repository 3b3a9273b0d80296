"""What a sheet and a person say differently: an officer decides with one tap, and can undo it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.follow_up.spell_dates import close_spell
from bot.services.people import officers
from bot.services.people.officer_views import audit_refusal, audit_view
from bot.services.register import categories
from bot.services.register.chunk_rows import PERSON
from bot.services.register.comparing import CATEGORY, COMPARED
from bot.services.register.deciding import OUTSIDE
from bot.services.register.employment_rows import work_from
from bot.services.register.importing import decide_one
from bot.services.register.linked_spells import open_for_linked
from bot.services.register.sheet_reading import WorkerSheet, prepare, words_for
from bot.services.register.sheet_rows import SheetRow
from bot.services.register.sheet_tables import SheetTable
from bot.services.register.undoing import take_back_rows
from bot.services.register.writing import write_chunk
from content.register_columns import Sheet
from storage.models import Employment, Officer, RegisterDifference, Worker
from storage.register_states import Category
from storage.states import EndReason
from storage.unit_of_work import UnitOfWork

THEIRS, OURS = "theirs", "ours"
WORK = "work"
SAID_OF_WORK = ("employer", "workplace")
CHANGED_SINCE = "register.refused.changed_since"
# What a settled difference keeps beside our word, so that it can be taken back.
OPENED, ENDED = "opened", "ended"
CANDIDATES, WRITTEN = "candidates", "written"


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
) -> bool:
    """Settle a difference; False where the worker said something else since the sheet was read.

    Then nothing is written, and the question is about the newer word.

    Args:
        uow: The transaction.
        deployment: The bureau.
        officer: Who decides.
        row: What is decided; `visible` was asked for it.
        choice: `theirs` or `ours`; about whose a row is, the key of a worker in hex, or
            `theirs` for somebody who was not here before.

    Raises:
        UserError: It was decided before, or the officer names somebody of another place.
    """
    if row.resolved_at is not None:
        raise UserError("register.refused.decided")
    uow.workers.lock(row.worker_id)
    worker = uow.workers.need(row.worker_id)
    if row.name == PERSON:
        _settle_person(uow, deployment, officer, row, choice)
    elif choice == THEIRS:
        if _has_newer_word(uow, worker, row):
            return False
        _take_theirs(uow, deployment, worker, row)
    row.resolved_at, row.officer_id = deployment.now, officer.id
    row.resolution = choice if choice in {THEIRS, OURS} else choice[:8]
    _audit(uow, deployment, officer, row, "resolve_difference")
    return True


def undo(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, row: RegisterDifference
) -> None:
    """Take a decision back; the question is open again.

    Raises:
        UserError: The worker said something else since.
    """
    if row.resolved_at is None:
        return
    uow.workers.lock(row.worker_id)
    worker = uow.workers.need(row.worker_id)
    if row.name == PERSON:
        _unsettle_person(uow, deployment, row)
    elif row.resolution == THEIRS:
        _take_ours(uow, deployment, officer, worker, row)
    row.resolved_at, row.officer_id, row.resolution = None, None, None
    _audit(uow, deployment, officer, row, "undo_difference")


def _has_newer_word(uow: UnitOfWork, worker: Worker, row: RegisterDifference) -> bool:
    """Tell whether what we know is no more what was asked about; then ask about what it is."""
    ours = row.ours
    if row.name in COMPARED:
        ours = getattr(worker, row.name)
    elif row.name == WORK:
        spell = _newest(uow, worker)
        ours = None if spell is None else {name: getattr(spell, name) for name in SAID_OF_WORK}
    if ours == row.ours:
        return False
    row.ours = ours
    return True


def _newest(uow: UnitOfWork, worker: Worker) -> Employment | None:
    spells = [
        one
        for one in uow.employments.of_worker(worker.id)
        if one.end_reason is not EndReason.CORRECTED
    ]
    return next((one for one in spells if one.ended_on is None), spells[-1] if spells else None)


def _take_theirs(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, row: RegisterDifference
) -> None:
    if row.name in COMPARED:
        _write(uow, deployment, worker, row.name, row.theirs)
    elif row.name == WORK:
        values = cast("Mapping[str, object]", row.theirs)
        before = uow.employments.open_of(worker.id)
        opened = open_for_linked(uow, deployment, worker.id, work_from(values))
        ended = before.id.hex if before is not None else None
        known = cast("Mapping[str, object]", row.ours or {})
        row.ours = {**known, OPENED: opened.hex, ENDED: ended}
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
        if getattr(worker, row.name) != row.theirs:
            raise UserError(CHANGED_SINCE)
        _write(uow, deployment, worker, row.name, row.ours)
    elif row.name == WORK:
        _take_work_back(uow, deployment, row)
    elif row.name.startswith(CATEGORY):
        category = Category(row.name.removeprefix(CATEGORY))
        categories.confirm(uow, deployment, worker, category, officer=officer)


def _take_work_back(uow: UnitOfWork, deployment: Deployment, row: RegisterDifference) -> None:
    """Correct the spell away that was opened, and let the one before go on."""
    kept = cast("dict[str, str | None]", row.ours)
    opened, ended = (
        uow.employments.get(uuid.UUID(key)) if key is not None else None
        for key in (kept.get(OPENED), kept.get(ENDED))
    )
    if opened is None or opened.ended_on is not None:
        raise UserError(CHANGED_SINCE)
    close_spell(uow, deployment, opened, on=opened.started_on, reason=EndReason.CORRECTED)
    uow.session.flush()
    if ended is not None and ended.end_reason is EndReason.CHANGED:
        ended.ended_on, ended.end_reason = None, None
        uow.employments.record(ended, at=deployment.now)
    row.ours = {name: kept.get(name) for name in SAID_OF_WORK}


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
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    row: RegisterDifference,
    choice: str,
) -> None:
    """Take the kept row over for the person the officer named, or for a new one."""
    if choice == OURS:
        return
    candidates = cast("list[str]", row.ours)
    key = uuid.UUID(choice) if choice in candidates else None
    cells = {name: str(text) for name, text in cast("Mapping[str, object]", row.theirs).items()}
    sheet = replace(_sheet_of(uow, deployment, cells), scope=officer.scope)
    decisions = decide_one(uow, deployment, sheet, {0: key})
    if any(finding.code == OUTSIDE for finding in sheet.rows[0].row.findings):
        raise UserError("register.refused.no_difference")
    written = write_chunk(uow, deployment, row.batch_id, decisions)
    row.ours = {CANDIDATES: candidates, WRITTEN: [one.hex for one in written]}


def _unsettle_person(uow: UnitOfWork, deployment: Deployment, row: RegisterDifference) -> None:
    """Take back what the row wrote when it was settled; nothing else of the sheet."""
    if not isinstance(row.ours, dict):
        return
    written = [uuid.UUID(key) for key in row.ours[WRITTEN]]
    take_back_rows(uow, deployment, row.batch_id, written)
    row.ours = row.ours[CANDIDATES]


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
