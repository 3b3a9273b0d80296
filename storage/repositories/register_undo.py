"""Takes rows of the register away again."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, delete, inspect, select, update
from sqlalchemy.orm import Session

from storage.models.base import Base
from storage.models.matching import Impression, RankedList
from storage.models.people import Worker, WorkerStatusChange
from storage.models.reaching import BroadcastLeftOut
from storage.models.register import Household, RegisterDifference, RegisterEntry, WorkerCategory
from storage.models.vacancies import LeftOutWorker
from storage.models.work import Employment, EmploymentVersion
from storage.register_states import CategoryState
from storage.repositories.register_rows import NUMBER_FACTS, RegisterRows
from storage.states import Source, WorkerStatus

# Whose an identity number is, by the bureau and the number's index.
Holders = dict[tuple[str, bytes], uuid.UUID]
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
        for said in (RegisterDifference, WorkerCategory):
            self.session.execute(
                delete(said).where(said.worker_id.in_(kept), said.batch_id == batch_id)
            )
        self.restore_entries(dict.fromkeys(kept), batch_id)
        held = RegisterRows(self.session).verified(kept)
        for worker in self.session.scalars(select(Worker).where(Worker.id.in_(kept))):
            worker.groups = sorted({one.category for one in held.get(worker.id, [])}) or None
        self.session.flush()

    def workers(self, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, Worker]:
        """Return these workers, as they stand, without who has left."""
        rows = self.session.scalars(
            select(Worker)
            .where(Worker.id.in_(keys), Worker.status != WorkerStatus.LEFT)
            .execution_options(populate_existing=True)
        )
        return {row.id: row for row in rows}

    def remove_categories(self, keys: Collection[uuid.UUID]) -> None:
        """Remove what a sheet said of categories."""
        self.session.execute(delete(WorkerCategory).where(WorkerCategory.id.in_(keys)))

    def reopen_categories(self, keys: Collection[uuid.UUID]) -> None:
        """Let categories that a sheet ended hold again."""
        self.session.execute(
            update(WorkerCategory)
            .where(WorkerCategory.id.in_(keys))
            .values(state=CategoryState.VERIFIED, ended_at=None)
        )

    def remove_spells(self, keys: Collection[uuid.UUID]) -> None:
        """Remove spells of work that only a sheet told of."""
        self.session.execute(
            delete(Employment).where(Employment.id.in_(keys), Employment.source == Source.IMPORT)
        )

    def reopen_spells(self, keys: Collection[uuid.UUID], *, at: datetime) -> None:
        """Let spells that a sheet ended go on; what was believed meanwhile is kept."""
        spells = list(self.session.scalars(select(Employment).where(Employment.id.in_(keys))))
        for spell in spells:
            spell.ended_on, spell.end_reason = None, None
        self.session.flush()
        RegisterRows(self.session).end_versions([one.id for one in spells], at=at)
        self.session.add_all(EmploymentVersion.of(one, known_from=at) for one in spells)
        self.session.flush()

    def remove_households(self, batch_id: uuid.UUID) -> None:
        """Remove the households that a batch added and that nobody belongs to any more."""
        used = select(RegisterEntry.household_id).where(RegisterEntry.household_id.is_not(None))
        self.session.execute(
            delete(Household).where(Household.batch_id == batch_id, Household.id.not_in(used))
        )

    def restore_entries(
        self, befores: Mapping[uuid.UUID, Mapping[str, object] | None], batch_id: uuid.UUID
    ) -> None:
        """Let the register say of workers what it said before; nothing before removes it.

        An identity number that no sheet gave stays, and so does what another sheet said since.
        """
        entries = list(
            self.session.scalars(
                select(RegisterEntry)
                .where(
                    RegisterEntry.worker_id.in_(befores.keys()),
                    RegisterEntry.batch_id == batch_id,
                )
                .execution_options(populate_existing=True)
            )
        )
        gone = {one.id for one in entries if befores[one.worker_id] is None and not _is_given(one)}
        self.session.execute(delete(RegisterEntry).where(RegisterEntry.id.in_(gone)))
        left = [(one, befores[one.worker_id] or {}) for one in entries if one.id not in gone]
        holders = self._holders({_bytes(former.get("id_index")) for _one, former in left})
        for entry, former in left:
            _restore(entry, former, holders)
        self.session.flush()

    def _holders(self, indexes: Collection[bytes | None]) -> Holders:
        """Return who has which of these numbers by now."""
        rows = self.session.execute(
            select(RegisterEntry.bureau_adcode, RegisterEntry.id_index, RegisterEntry.id).where(
                RegisterEntry.id_index.in_([one for one in indexes if one is not None])
            )
        )
        return {(row[0], bytes(row[1] or b"")): row[2] for row in rows}

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


def _is_given(entry: RegisterEntry) -> bool:
    return entry.source is not Source.IMPORT and entry.id_index is not None


def _restore(entry: RegisterEntry, former: Mapping[str, object], holders: Holders) -> None:
    facts = dict(cast("Mapping[str, object]", former.get("facts") or {}))
    if _is_given(entry):
        facts |= {name: entry.facts[name] for name in NUMBER_FACTS if name in entry.facts}
    else:
        entry.id_index = _free(entry, _bytes(former.get("id_index")), holders)
        entry.source = Source(str(former.get("source") or Source.IMPORT.value))
        if entry.id_index is None:
            facts = {name: said for name, said in facts.items() if name != "id_number"}
    entry.facts = facts
    entry.household_id = _key(former.get("household_id"))
    entry.batch_id = _key(former.get("batch_id"))
    entry.number_index = _bytes(former.get("number_index"))
    entry.row_hash = _bytes(former.get("row_hash"))


def _free(entry: RegisterEntry, id_index: bytes | None, holders: Holders) -> bytes | None:
    """Return a former number, unless it is somebody else's by now."""
    if id_index is None:
        return None
    holder = holders.setdefault((entry.bureau_adcode, id_index), entry.id)
    return id_index if holder == entry.id else None


def _of(kind: type[Base], workers: Collection[uuid.UUID]) -> ColumnElement[bool]:
    column: ColumnElement[uuid.UUID] = inspect(kind).columns["worker_id"]
    return column.in_(workers)


def _key(value: object) -> uuid.UUID | None:
    return uuid.UUID(str(value)) if value else None


def _bytes(value: object) -> bytes | None:
    return bytes.fromhex(str(value)) if value else None
