"""A sheet of workers on its way in: looked at, taken over some rows at a time, reported."""

from __future__ import annotations

import base64
import hashlib
import uuid
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.officer_views import audit_refusal
from bot.services.people.officers import scope_of
from bot.services.register.chunk_rows import PERSON, SUBJECT
from bot.services.register.deciding import OUTSIDE, Decider, Decision, Outcome
from bot.services.register.sheet_reading import PreparedRow, WorkerSheet
from bot.services.register.sheet_rows import SheetRow
from bot.services.register.writing import write_chunk
from storage.models import ImportBatch, Officer
from storage.register_states import ImportStatus
from storage.repositories.register_rows import RegisterRows
from storage.unit_of_work import UnitOfWork

# So many rows lie in one transaction: everybody else's writing waits for less than a second.
CHUNK = 1_000
SHEET_KEPT = timedelta(days=1)
OPERATOR = "bureau"
Step = Callable[[UnitOfWork], None]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sheet would do.

    Attributes:
        rows: How many lines it has.
        counts: How many of them come to what.
        problems: How often each problem stands in it, by its code.
        warned: Rows that are taken and should be put right.
        ignored: Headings that are not taken over.
    """

    rows: int
    counts: Counter[Outcome]
    problems: Counter[str]
    warned: int
    ignored: tuple[str, ...]


def preview_steps(
    deployment: Deployment, sheet: WorkerSheet, counts: Counter[Outcome]
) -> Iterator[Step]:
    """Yield looks at the database, none of which changes anything; `counts` is filled."""
    for chunk in sheet.chunks(CHUNK):

        def look(uow: UnitOfWork, chunk: Sequence[PreparedRow] = chunk) -> None:
            decided = _decider(uow, deployment, sheet).decide(chunk)
            counts.update(one.outcome for one in decided)

        yield look


def preview_of(sheet: WorkerSheet, counts: Counter[Outcome]) -> Preview:
    """Return what was found when all the looks of `preview_steps` were taken."""
    rows = [one.row for one in sheet.rows]
    return Preview(
        rows=len(rows),
        counts=counts,
        problems=Counter(one.code for row in rows for one in row.findings),
        warned=sum(1 for row in rows if row.findings and not row.is_refused),
        ignored=sheet.table.ignored,
    )


def begin(
    uow: UnitOfWork,
    deployment: Deployment,
    *,
    kind: str,
    content: bytes,
    rows: int,
    officer: Officer | None,
) -> ImportBatch:
    """Return the batch of a file: a new one, or the one that was broken off half-way.

    The file is kept a day at most, sealed, so that it can be applied from a chat.
    """
    bureau, now = deployment.bureau_adcode, deployment.now
    uow.import_batches.forget_sheets(now - SHEET_KEPT)
    file_hash = uow.secrets.blind_index(hashlib.sha256(content).hexdigest(), kind="sheet")
    officer_id = officer.id if officer is not None else None
    found = uow.import_batches.unfinished(bureau, kind, file_hash, officer_id=officer_id)
    if found is not None:
        found.sheet, found.rows = pack(content), rows
        uow.session.flush()
        return found
    return uow.import_batches.add(
        ImportBatch(
            bureau_adcode=bureau,
            kind=kind,
            file_hash=file_hash,
            officer_id=officer_id,
            status=ImportStatus.PREVIEWED,
            rows=rows,
            sheet=pack(content),
            created_at=now,
        )
    )


def apply_steps(deployment: Deployment, sheet: WorkerSheet, batch_id: uuid.UUID) -> Iterator[Step]:
    """Yield the transactions that take a sheet over, in order, and the one that ends it.

    Broken off, they may be run again from the first: what was taken over is found unchanged.
    """
    for chunk in sheet.chunks(CHUNK):

        def take(uow: UnitOfWork, chunk: Sequence[PreparedRow] = chunk) -> None:
            hold_open(uow, deployment, batch_id)
            decisions = _decider(uow, deployment, sheet).decide(chunk)
            _audit_outside(uow, deployment, batch_id, decisions)
            write_chunk(uow, deployment, batch_id, decisions)

        yield take

    def end(uow: UnitOfWork) -> None:
        finish(uow, deployment, batch_id, [one.row for one in sheet.rows])

    yield end


def _audit_outside(
    uow: UnitOfWork,
    deployment: Deployment,
    batch_id: uuid.UUID,
    decisions: Sequence[Decision],
) -> None:
    """Write down whom an officer's sheet reached for outside the officer's area."""
    batch = uow.import_batches.need(batch_id)
    officer = uow.officers.get(batch.officer_id) if batch.officer_id is not None else None
    if officer is None:
        return
    for one in decisions:
        codes = {finding.code for finding in one.prepared.row.findings}
        for key in one.candidates if OUTSIDE in codes else ():
            audit_refusal(uow, deployment, officer, subject_kind="worker", subject_id=key)


def hold_register(uow: UnitOfWork, deployment: Deployment) -> None:
    """Let nobody else write this bureau's register until the transaction ends."""
    uow.records.next_number(f"register:{deployment.bureau_adcode}")


def hold_open(uow: UnitOfWork, deployment: Deployment, batch_id: uuid.UUID) -> ImportBatch:
    """Hold the register, and return the batch that is taken over.

    Raises:
        UserError: Somebody takes it back, or has done so, meanwhile.
    """
    hold_register(uow, deployment)
    batch = uow.import_batches.need(batch_id)
    if batch.status in {ImportStatus.UNDOING, ImportStatus.UNDONE}:
        raise UserError("register.refused.undone")
    return batch


def finish(
    uow: UnitOfWork, deployment: Deployment, batch_id: uuid.UUID, rows: Sequence[SheetRow]
) -> None:
    """Count what a batch did, and close it; the file is forgotten.

    Raises:
        UserError: It is taken back meanwhile.
    """
    batch = hold_open(uow, deployment, batch_id)
    added, changed = uow.import_batches.count_rows(batch_id, kind=SUBJECT)
    asked = uow.import_batches.count_left_open(batch_id, name=PERSON)
    refused = sum(1 for row in rows if row.is_refused)
    batch.rows, batch.added, batch.changed, batch.refused = len(rows), added, changed, refused
    batch.unchanged = max(0, len(rows) - added - changed - refused - asked)
    batch.status, batch.applied_at = ImportStatus.APPLIED, deployment.now
    batch.sheet = None
    officer = uow.officers.get(batch.officer_id) if batch.officer_id is not None else None
    note(uow, deployment, batch, "import", officer)


def note(
    uow: UnitOfWork,
    deployment: Deployment,
    batch: ImportBatch,
    action: str,
    officer: Officer | None,
) -> None:
    """Write into the audit what was done with a sheet, and by whom; None is the operator."""
    uow.records.audit(
        officers.actor_of(officer) if officer is not None else OPERATOR,
        f"{action}_{batch.kind}",
        subject_kind="import_batch",
        subject_id=batch.id,
        scope=officer.scope if officer is not None else scope_of(deployment.bureau_adcode),
        at=deployment.now,
    )


def pack(content: bytes) -> str:
    """Return a file as text, for a sealed column."""
    return base64.b64encode(zlib.compress(content, 1)).decode("ascii")


def unpack(packed: str) -> bytes:
    """Return the file behind `pack`."""
    return zlib.decompress(base64.b64decode(packed))


def decide_one(
    uow: UnitOfWork,
    deployment: Deployment,
    sheet: WorkerSheet,
    settled: dict[int, uuid.UUID | None],
) -> list[Decision]:
    """Decide about the rows of a small sheet for whom an officer said whose they are."""
    decider = _decider(uow, deployment, sheet)
    decider.settled = settled
    return decider.decide(sheet.rows)


def _decider(uow: UnitOfWork, deployment: Deployment, sheet: WorkerSheet) -> Decider:
    return Decider(
        RegisterRows(uow.session),
        deployment.bureau_adcode,
        sheet.words,
        frozenset(one.name for one in sheet.table.columns if one is not None),
        deployment.today,
        sheet.scope,
    )
