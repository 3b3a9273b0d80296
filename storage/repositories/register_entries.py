"""What the register says of each worker, and of their households."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from storage.models.register import Household, RegisterEntry, RegisterErasure, WorkerCategory
from storage.register_states import CategoryState
from storage.repositories.base import Repository


class RegisterEntries(Repository[RegisterEntry]):
    """What the register says of each worker, and of their households."""

    kind = RegisterEntry

    def of_worker(self, worker_id: uuid.UUID) -> RegisterEntry | None:
        """Return what the register says of a worker, or None."""
        return self.session.scalars(
            select(RegisterEntry).where(RegisterEntry.worker_id == worker_id)
        ).one_or_none()

    def household(self, key: uuid.UUID) -> Household:
        """Return a household.

        Raises:
            LookupError: There is none with this key.
        """
        row = self.session.get(Household, key)
        if row is None:
            raise LookupError("no household with this key")
        return row

    def households(self, keys: Sequence[uuid.UUID]) -> Sequence[Household]:
        """Return the households with these keys."""
        return list(self.session.scalars(select(Household).where(Household.id.in_(keys))))

    def households_of_numbers(
        self, bureau: str, indexes: Sequence[bytes]
    ) -> dict[bytes, Household]:
        """Return households by the keyed hashes of their numbers."""
        rows = self.session.scalars(
            select(Household).where(
                Household.bureau_adcode == bureau, Household.number_index.in_(indexes)
            )
        )
        return {bytes(row.number_index): row for row in rows}

    def categories_of(self, worker_id: uuid.UUID) -> Sequence[WorkerCategory]:
        """Return what was ever said of a worker's categories, oldest first."""
        return list(
            self.session.scalars(
                select(WorkerCategory)
                .where(WorkerCategory.worker_id == worker_id)
                .order_by(WorkerCategory.since, WorkerCategory.id)
            )
        )

    def verified_of(self, worker_id: uuid.UUID) -> list[str]:
        """Return the categories that hold by a sheet's or an officer's word, sorted."""
        return self._held(worker_id, CategoryState.VERIFIED)

    def claimed_of(self, worker_id: uuid.UUID) -> list[str]:
        """Return the categories that only the worker claims, sorted."""
        return self._held(worker_id, CategoryState.CLAIMED)

    def category(self, key: uuid.UUID) -> WorkerCategory | None:
        """Return what was once said of a category, or None."""
        return self.session.get(WorkerCategory, key)

    def add_category(self, row: WorkerCategory) -> WorkerCategory:
        """Add what was said of a category."""
        self.session.add(row)
        self.session.flush()
        return row

    def note_erasure(self, row: RegisterErasure) -> None:
        """Remember, by the keyed hash alone, that a later sheet brings nobody back."""
        known = self.session.scalar(
            select(RegisterErasure.id).where(
                RegisterErasure.bureau_adcode == row.bureau_adcode,
                RegisterErasure.id_index == row.id_index,
            )
        )
        if known is None:
            self.session.add(row)
            self.session.flush()

    def _held(self, worker_id: uuid.UUID, state: CategoryState) -> list[str]:
        rows = self.session.scalars(
            select(WorkerCategory.category).where(
                WorkerCategory.worker_id == worker_id,
                WorkerCategory.state == state,
                WorkerCategory.ended_at.is_(None),
            )
        )
        return sorted(set(rows))
