"""Sheets that were read, what they changed, and what they left open."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from storage.models.people import Worker
from storage.models.register import ImportBatch, ImportedRow, RegisterDifference
from storage.register_states import ImportStatus
from storage.repositories.base import Repository


class ImportBatches(Repository[ImportBatch]):
    """Sheets that were read, what they changed, and what they left open."""

    kind = ImportBatch

    def unfinished(
        self, bureau: str, kind: str, file_hash: bytes, *, officer_id: uuid.UUID | None
    ) -> ImportBatch | None:
        """Return this officer's batch of this very file that was not applied to its end, or None.

        What somebody else has only looked at, or broken off, is theirs.
        """
        return self.session.scalars(
            select(ImportBatch)
            .where(
                ImportBatch.bureau_adcode == bureau,
                ImportBatch.kind == kind,
                ImportBatch.file_hash == file_hash,
                ImportBatch.officer_id.is_(None)
                if officer_id is None
                else ImportBatch.officer_id == officer_id,
                ImportBatch.status == ImportStatus.PREVIEWED,
            )
            .order_by(ImportBatch.created_at.desc())
            .limit(1)
        ).one_or_none()

    def has_later(self, batch: ImportBatch) -> bool:
        """Return whether a later sheet of the same kind changed anything that still stands.

        A sheet that was broken off half-way counts like any other, from when it was begun.
        """
        changed = select(ImportedRow.id).where(ImportedRow.batch_id == ImportBatch.id)
        since = func.coalesce(ImportBatch.applied_at, ImportBatch.created_at)
        later = select(ImportBatch.id).where(
            ImportBatch.bureau_adcode == batch.bureau_adcode,
            ImportBatch.kind == batch.kind,
            ImportBatch.id != batch.id,
            ImportBatch.status != ImportStatus.UNDONE,
            since > (batch.applied_at or batch.created_at),
            changed.exists(),
        )
        return self.session.scalar(later.limit(1)) is not None

    def undoing(self) -> list[tuple[uuid.UUID, str]]:
        """Return the batches that are being taken back, with their bureaus, the oldest first."""
        rows = self.session.execute(
            select(ImportBatch.id, ImportBatch.bureau_adcode)
            .where(ImportBatch.status == ImportStatus.UNDOING)
            .order_by(ImportBatch.created_at, ImportBatch.id)
        )
        return [(row[0], row[1]) for row in rows]

    def recent(self, bureau: str, *, limit: int) -> Sequence[ImportBatch]:
        """Return a bureau's batches, the newest first."""
        return list(
            self.session.scalars(
                select(ImportBatch)
                .where(ImportBatch.bureau_adcode == bureau)
                .order_by(ImportBatch.created_at.desc(), ImportBatch.id)
                .limit(limit)
            )
        )

    def sheet_of(self, key: uuid.UUID) -> str | None:
        """Return the packed file of a batch while it is kept."""
        return self.session.scalar(select(ImportBatch.sheet).where(ImportBatch.id == key))

    def forget_sheets(self, before: datetime) -> None:
        """Forget the files of batches that were made before an instant."""
        self.session.execute(
            update(ImportBatch)
            .where(ImportBatch.created_at < before, ImportBatch.sheet.is_not(None))
            .values(sheet=None)
        )

    def count_rows(self, batch_id: uuid.UUID, *, kind: str) -> tuple[int, int]:
        """Return how many subjects of this kind a batch added and how many it changed."""
        total, changed = self.session.execute(
            select(func.count(), func.count(ImportedRow.before)).where(
                ImportedRow.batch_id == batch_id, ImportedRow.kind == kind
            )
        ).one()
        return total - changed, changed

    def imported(self, batch_id: uuid.UUID, *, limit: int) -> Sequence[ImportedRow]:
        """Return some of what a batch changed."""
        return list(
            self.session.scalars(
                select(ImportedRow)
                .where(ImportedRow.batch_id == batch_id)
                .order_by(ImportedRow.id)
                .limit(limit)
            )
        )

    def imported_rows(self, keys: Sequence[uuid.UUID]) -> Sequence[ImportedRow]:
        """Return what is still kept under these keys."""
        return list(self.session.scalars(select(ImportedRow).where(ImportedRow.id.in_(keys))))

    def add_row(self, row: ImportedRow) -> None:
        """Keep what stood before a batch changed something."""
        self.session.add(row)
        self.session.flush()

    def forget_rows(self, keys: Sequence[uuid.UUID]) -> None:
        """Forget what was taken back."""
        self.session.execute(delete(ImportedRow).where(ImportedRow.id.in_(keys)))

    def forget_differences(self, batch_id: uuid.UUID) -> None:
        """Forget what a batch that was taken back left open."""
        self.session.execute(
            delete(RegisterDifference).where(
                RegisterDifference.batch_id == batch_id, RegisterDifference.resolved_at.is_(None)
            )
        )

    def open_differences(
        self, bureau: str, *, scope: str, limit: int, name: str | None = None
    ) -> Sequence[RegisterDifference]:
        """Return what officers of a scope have to decide, the oldest first."""
        which = [] if name is None else [RegisterDifference.name == name]
        return list(
            self.session.scalars(
                select(RegisterDifference)
                .join(Worker, Worker.id == RegisterDifference.worker_id)
                .where(
                    Worker.bureau_adcode == bureau,
                    func.coalesce(Worker.home, bureau).startswith(scope, autoescape=True),
                    RegisterDifference.resolved_at.is_(None),
                    *which,
                )
                .order_by(RegisterDifference.found_at, RegisterDifference.id)
                .limit(limit)
            )
        )

    def count_differences(self, bureau: str, *, scope: str) -> int:
        """Return how many there are."""
        return int(
            self.session.scalar(
                select(func.count())
                .select_from(RegisterDifference)
                .join(Worker, Worker.id == RegisterDifference.worker_id)
                .where(
                    Worker.bureau_adcode == bureau,
                    func.coalesce(Worker.home, bureau).startswith(scope, autoescape=True),
                    RegisterDifference.resolved_at.is_(None),
                )
            )
            or 0
        )

    def count_left_open(self, batch_id: uuid.UUID, *, name: str | None = None) -> int:
        """Return how many differences a batch left open, of one name or of all."""
        which = [] if name is None else [RegisterDifference.name == name]
        return int(
            self.session.scalar(
                select(func.count())
                .select_from(RegisterDifference)
                .where(
                    RegisterDifference.batch_id == batch_id,
                    RegisterDifference.resolved_at.is_(None),
                    *which,
                )
            )
            or 0
        )

    def difference(self, key: uuid.UUID) -> RegisterDifference | None:
        """Return a difference, held until the transaction ends, or None."""
        return self.session.get(
            RegisterDifference, key, populate_existing=True, with_for_update={"key_share": True}
        )

    def forget_difference(self, row: RegisterDifference) -> None:
        """Forget a difference."""
        self.session.delete(row)
        self.session.flush()
