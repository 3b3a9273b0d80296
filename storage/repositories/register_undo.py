"""Takes rows of the register away again."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, delete, inspect, select, update
from sqlalchemy.orm import Session

from storage.models.base import Base
from storage.models.matching import Impression, RankedList
from storage.models.people import Worker, WorkerStatusChange
from storage.models.reaching import BroadcastLeftOut
from storage.models.register import Household, RegisterDifference, RegisterEntry, WorkerCategory
from storage.models.vacancies import LeftOutWorker
from storage.models.work import Employment
from storage.states import Source

# What a sheet or a machine wrote of a person; all other rows are somebody's word or work.
FROM_SHEETS: tuple[type[Base], ...] = (
    RegisterDifference, WorkerCategory, RegisterEntry, Employment, WorkerStatusChange,
    RankedList, LeftOutWorker, BroadcastLeftOut, Impression,
)  # fmt: skip


class RegisterUndo:
    """Removes what a batch added; nothing that anybody else wrote."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def remove_people(self, workers: Collection[uuid.UUID], batch_id: uuid.UUID) -> None:
        """Remove workers whom a batch added; of who has spoken since, only the sheet's words."""
        if not workers:
            return
        kept = self._known_otherwise(workers)
        gone = [key for key in workers if key not in kept]
        for kind in FROM_SHEETS:
            self.session.execute(delete(kind).where(_of(kind, gone)))
        self.session.execute(delete(Worker).where(Worker.id.in_(gone)))
        for said in (RegisterDifference, WorkerCategory, RegisterEntry):
            self.session.execute(
                delete(said).where(said.worker_id.in_(kept), said.batch_id == batch_id)
            )
        self.session.execute(update(Worker).where(Worker.id.in_(kept)).values(groups=None))

    def remove_category(self, key: uuid.UUID) -> None:
        """Remove what a sheet said of a category."""
        self.session.execute(delete(WorkerCategory).where(WorkerCategory.id == key))

    def remove_spell(self, key: uuid.UUID) -> None:
        """Remove a spell of work that only a sheet told of."""
        self.session.execute(
            delete(Employment).where(Employment.id == key, Employment.source == Source.IMPORT)
        )
        self.session.expire_all()

    def remove_households(self, batch_id: uuid.UUID) -> None:
        """Remove the households that a batch added and that nobody belongs to any more."""
        used = select(RegisterEntry.household_id).where(RegisterEntry.household_id.is_not(None))
        self.session.execute(
            delete(Household).where(Household.batch_id == batch_id, Household.id.not_in(used))
        )

    def restore_entry(self, worker_id: uuid.UUID, before: Mapping[str, object] | None) -> None:
        """Let the register say of a worker what it said before; nothing before removes it."""
        if before is None:
            self.session.execute(delete(RegisterEntry).where(RegisterEntry.worker_id == worker_id))
            return
        entry = self.session.scalars(
            select(RegisterEntry).where(RegisterEntry.worker_id == worker_id)
        ).one_or_none()
        if entry is None:
            return
        entry.facts = dict(before["facts"])  # type: ignore[call-overload]  # JSON of our own
        entry.household_id = _key(before["household_id"])
        entry.batch_id = _key(before["batch_id"])
        entry.id_index, entry.number_index = (
            _bytes(before["id_index"]),
            _bytes(before["number_index"]),
        )
        entry.row_hash = _bytes(before["row_hash"])
        self.session.flush()

    def _known_otherwise(self, workers: Collection[uuid.UUID]) -> set[uuid.UUID]:
        """Return of whom anything stands anywhere that no sheet and no machine wrote."""
        found: set[uuid.UUID] = set()
        for mapper in Base.registry.mappers:
            kind = mapper.class_
            column = mapper.columns.get("worker_id")
            if column is None or kind in FROM_SHEETS:
                continue
            found |= set(self.session.scalars(select(column).where(column.in_(workers))))
        spells = select(Employment.worker_id).where(
            Employment.worker_id.in_(workers), Employment.source != Source.IMPORT
        )
        return found | set(self.session.scalars(spells))


def _of(kind: type[Base], workers: Collection[uuid.UUID]) -> ColumnElement[bool]:
    column: ColumnElement[uuid.UUID] = inspect(kind).columns["worker_id"]
    return column.in_(workers)


def _key(value: object) -> uuid.UUID | None:
    return uuid.UUID(str(value)) if value else None


def _bytes(value: object) -> bytes | None:
    return bytes.fromhex(str(value)) if value else None
