"""What the register keeps of a person outside the person's own rows, and how it is forgotten."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from storage.models.people import Worker
from storage.models.register import (
    Household,
    ImportBatch,
    ImportedRow,
    RegisterDifference,
    RegisterEntry,
)

HEAD = "户主"
OF_HEAD = ("head_name", "head_id_number", "phone")
WHOSE_ROW = "person"


class PersonalRegister:
    """Copies of a person's row: kept for an undo, for a question, in the household."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def forget(self, worker: Worker) -> None:
        """Delete what sheets left of a worker, before the worker's own rows go."""
        entry = self.session.scalars(
            select(RegisterEntry).where(RegisterEntry.worker_id == worker.id)
        ).one_or_none()
        facts: Mapping[str, object] = entry.facts if entry is not None else {}
        self._forget_before(worker.id)
        self._forget_questions(worker, facts)
        if entry is not None and entry.household_id is not None:
            self._leave_household(worker.id, entry.household_id, facts)
        self.session.flush()

    def forget_before(self, instant: datetime, *, limit: int) -> int:
        """Delete at most `limit` rows kept for the undo of older sheets; return how many."""
        old = (
            select(ImportedRow.id)
            .join(ImportBatch, ImportBatch.id == ImportedRow.batch_id)
            .where(ImportBatch.created_at < instant)
            .limit(limit)
        )
        gone = delete(ImportedRow).where(ImportedRow.id.in_(old.scalar_subquery()))
        return len(self.session.execute(gone.returning(ImportedRow.id)).all())

    def _forget_before(self, subject: uuid.UUID) -> None:
        self.session.execute(delete(ImportedRow).where(ImportedRow.subject_id == subject))

    def _forget_questions(self, worker: Worker, facts: Mapping[str, object]) -> None:
        """Delete whole rows that may be this person's; the next sheet asks anew."""
        rows = self.session.scalars(
            select(RegisterDifference)
            .join(Worker, Worker.id == RegisterDifference.worker_id)
            .where(
                RegisterDifference.name == WHOSE_ROW,
                Worker.bureau_adcode == worker.bureau_adcode,
            )
        )
        for row in list(rows):
            if worker.id.hex in repr(row.ours) or _is_of(row.theirs, worker, facts):
                self.session.delete(row)

    def _leave_household(
        self, worker_id: uuid.UUID, key: uuid.UUID, facts: Mapping[str, object]
    ) -> None:
        others = self.session.scalar(
            select(func.count())
            .select_from(RegisterEntry)
            .where(RegisterEntry.household_id == key, RegisterEntry.worker_id != worker_id)
        )
        household = self.session.get_one(Household, key)
        number = facts.get("id_number")
        is_head = facts.get("relation") == HEAD or (
            number is not None and household.facts.get("head_id_number") == number
        )
        if not others:
            self._forget_before(key)
            self.session.execute(
                update(RegisterEntry)
                .where(RegisterEntry.household_id == key)
                .values(household_id=None)
            )
            self.session.execute(delete(Household).where(Household.id == key))
        elif is_head:
            self._forget_before(key)
            household.facts = {
                name: said for name, said in household.facts.items() if name not in OF_HEAD
            }


def _is_of(row: object, worker: Worker, facts: Mapping[str, object]) -> bool:
    """Tell whether a sheet's row is of this person: the ID number, or number and name."""
    cells = cast("Mapping[str, object]", row)
    number = facts.get("id_number")
    if number is not None and cells.get("id_number") == number:
        return True
    is_phone = worker.phone is not None and cells.get("phone") == worker.phone
    return is_phone and cells.get("name") == worker.name
