"""Thousands of rows of the register at once: plain columns in, plain columns out."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, func, inspect, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.bulk_inserts import insert_many
from storage.models.base import Base
from storage.models.people import AddressLink, Worker
from storage.models.register import (
    Household,
    RegisterDifference,
    RegisterEntry,
    RegisterErasure,
    WorkerCategory,
)
from storage.models.work import Employment, EmploymentVersion
from storage.register_states import CategoryState
from storage.states import EndReason, Source, WorkerStatus

Keys = Collection[uuid.UUID]
# What stands in an entry by its identity number.
NUMBER_FACTS = ("id_number", "born", "sex")
Row = Mapping[str, object]


class KnownEntry(NamedTuple):
    """An entry of the register by what it is found by; nothing is decrypted.

    `source` is whose word its identity number is.
    """

    id: uuid.UUID
    worker_id: uuid.UUID
    id_index: bytes | None
    number_index: bytes | None
    row_hash: bytes | None
    batch_id: uuid.UUID | None
    source: Source


class EntryFacts(NamedTuple):
    """What an entry says."""

    worker_id: uuid.UUID
    id: uuid.UUID
    household_id: uuid.UUID | None
    id_index: bytes | None
    number_index: bytes | None
    facts: dict[str, object]
    row_hash: bytes | None
    batch_id: uuid.UUID | None
    source: Source


class Person(NamedTuple):
    """A worker as the register compares one."""

    id: uuid.UUID
    name: str | None
    phone: str | None
    phone_index: bytes | None
    birth_year: int | None
    home: str | None
    education: str | None
    trades: list[str]
    experience: dict[str, int] | None
    available_from: date | None
    groups: list[str] | None
    status: WorkerStatus
    version: int


class Spell(NamedTuple):
    """A spell of work, as the register compares one."""

    id: uuid.UUID
    worker_id: uuid.UUID
    employer: str | None
    workplace: str | None
    source: Source
    started_on: date
    ended_on: date | None
    recorded_at: datetime


class HeldCategory(NamedTuple):
    """A category that holds."""

    id: uuid.UUID
    worker_id: uuid.UUID
    category: str
    source: Source
    since: datetime


class RegisterRows:
    """Questions and writes about a chunk of a sheet; never one object a row."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def entries_by(
        self, bureau: str, *, ids: Collection[bytes], numbers: Collection[bytes]
    ) -> list[KnownEntry]:
        """Return the entries of these ID numbers and person numbers, by their indexes."""
        columns = [getattr(RegisterEntry, name) for name in KnownEntry._fields]
        found: dict[uuid.UUID, KnownEntry] = {}
        for column, keys in ((RegisterEntry.id_index, ids), (RegisterEntry.number_index, numbers)):
            if keys:
                rows = self.session.execute(
                    select(*columns).where(RegisterEntry.bureau_adcode == bureau, column.in_(keys))
                )
                found |= {row[0]: KnownEntry._make(row) for row in rows}
        return list(found.values())

    def entries_of(self, workers: Keys) -> dict[uuid.UUID, EntryFacts]:
        """Return what the register says of these workers."""
        columns = [getattr(RegisterEntry, name) for name in EntryFacts._fields]
        rows = self.session.execute(select(*columns).where(RegisterEntry.worker_id.in_(workers)))
        return {row[0]: EntryFacts._make(row) for row in rows}

    def exported(
        self, bureau: str, *, scope: str, after: uuid.UUID | None, limit: int
    ) -> list[tuple[uuid.UUID, dict[str, object]]]:
        """Return workers of the register with what it says of them, ascending by worker.

        Args:
            bureau: Whose register.
            scope: Code prefix of their homes; no home counts as the bureau's.
            after: The worker who came last, or None to begin.
            limit: How many.
        """
        rows = self.session.execute(
            select(RegisterEntry.worker_id, RegisterEntry.facts)
            .join(Worker, Worker.id == RegisterEntry.worker_id)
            .where(
                RegisterEntry.bureau_adcode == bureau,
                Worker.status != WorkerStatus.LEFT,
                func.coalesce(Worker.home, bureau).startswith(scope, autoescape=True),
                *(() if after is None else (RegisterEntry.worker_id > after,)),
            )
            .order_by(RegisterEntry.worker_id)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in rows]

    def exported_households(
        self, bureau: str, *, scope: str, after: uuid.UUID | None, limit: int
    ) -> list[tuple[uuid.UUID, str, bool, dict[str, object]]]:
        """Return households by key: number, whether it was moved, and what the sheet said."""
        rows = self.session.execute(
            select(Household.id, Household.number, Household.relocated, Household.facts)
            .where(
                Household.bureau_adcode == bureau,
                func.coalesce(Household.home, bureau).startswith(scope, autoescape=True),
                *(() if after is None else (Household.id > after,)),
            )
            .order_by(Household.id)
            .limit(limit)
        )
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def erased(self, bureau: str, ids: Collection[bytes]) -> set[bytes]:
        """Return which of these ID numbers are of people whose data was erased."""
        rows = self.session.scalars(
            select(RegisterErasure.id_index).where(
                RegisterErasure.bureau_adcode == bureau, RegisterErasure.id_index.in_(ids)
            )
        )
        return {bytes(row) for row in rows}

    def people_of_phones(self, bureau: str, phones: Collection[bytes]) -> list[Person]:
        """Return who gave one of these numbers and has not left, who came first first."""
        return self._people(
            (Worker.phone_index.in_(phones), Worker.bureau_adcode == bureau),
            (Worker.created_at, Worker.id),
        )

    def people(self, workers: Keys) -> dict[uuid.UUID, Person]:
        """Return these workers; who has left is not among them."""
        return {one.id: one for one in self._people((Worker.id.in_(workers),), (Worker.id,))}

    def linked(self, workers: Keys) -> set[uuid.UUID]:
        """Return which of these workers are reached at any address."""
        return set(
            self.session.scalars(
                select(AddressLink.worker_id).where(AddressLink.worker_id.in_(workers))
            )
        )

    def spells_of(self, workers: Keys) -> dict[uuid.UUID, list[Spell]]:
        """Return these workers' spells by worker, the newest first."""
        columns = [getattr(Employment, name) for name in Spell._fields]
        rows = self.session.execute(
            select(*columns)
            .where(
                Employment.worker_id.in_(workers),
                Employment.end_reason.is_distinct_from(EndReason.CORRECTED),
            )
            .order_by(Employment.started_on.desc(), Employment.recorded_at.desc())
        )
        found: dict[uuid.UUID, list[Spell]] = {}
        for row in rows:
            found.setdefault(row[1], []).append(Spell._make(row))
        return found

    def verified(self, workers: Keys) -> dict[uuid.UUID, list[HeldCategory]]:
        """Return the categories that hold by a sheet's or an officer's word, by worker."""
        columns = [getattr(WorkerCategory, name) for name in HeldCategory._fields]
        rows = self.session.execute(
            select(*columns).where(
                WorkerCategory.worker_id.in_(workers),
                WorkerCategory.state == CategoryState.VERIFIED,
                WorkerCategory.ended_at.is_(None),
            )
        )
        found: dict[uuid.UUID, list[HeldCategory]] = {}
        for row in rows:
            found.setdefault(row[1], []).append(HeldCategory._make(row))
        return found

    def households(self, bureau: str, numbers: Collection[bytes]) -> dict[bytes, uuid.UUID]:
        """Return households by the index of their number."""
        rows = self.session.execute(
            select(Household.number_index, Household.id).where(
                Household.bureau_adcode == bureau, Household.number_index.in_(numbers)
            )
        )
        return {bytes(row[0]): row[1] for row in rows}

    def add(self, kind: type[Base], rows: Sequence[Row]) -> None:
        """Insert rows of one kind; each has the same columns."""
        insert_many(self.session, kind, rows)

    def change(self, kind: type[Base], rows: Sequence[Row]) -> None:
        """Write rows of one kind by `id`; each has the same columns."""
        if not rows:
            return
        names = [name for name in rows[0] if name != "id"]
        statement = (
            update(kind)
            .where(inspect(kind).columns["id"] == bindparam("key"))
            .values({name: bindparam(f"new_{name}") for name in names})
        )
        values = [
            {"key": row["id"], **{f"new_{name}": row[name] for name in names}} for row in rows
        ]
        self.session.connection().execute(statement, values)

    def end_versions(self, spells: Keys, *, at: datetime) -> None:
        """Note until when the present versions of these spells were believed."""
        if spells:
            self.session.execute(
                update(EmploymentVersion)
                .where(
                    EmploymentVersion.employment_id.in_(spells),
                    EmploymentVersion.known_until.is_(None),
                )
                .values(known_until=at)
            )

    def open_differences(self, workers: Keys, name: str) -> list[object]:
        """Return what sheets say in the open differences of this name."""
        return list(
            self.session.scalars(
                select(RegisterDifference.theirs).where(
                    RegisterDifference.worker_id.in_(workers),
                    RegisterDifference.name == name,
                    RegisterDifference.resolved_at.is_(None),
                )
            )
        )

    def close_differences(self, workers: Keys, names: Iterable[str]) -> None:
        """Forget open differences that a newer sheet replaces."""
        self.session.execute(
            delete(RegisterDifference).where(
                RegisterDifference.worker_id.in_(workers),
                RegisterDifference.name.in_(list(names)),
                RegisterDifference.resolved_at.is_(None),
            )
        )

    def _people(
        self,
        which: Sequence[ColumnElement[bool]],
        order: Sequence[InstrumentedAttribute[object]],
    ) -> list[Person]:
        columns = [getattr(Worker, name) for name in Person._fields]
        rows = self.session.execute(
            select(*columns).where(*which, Worker.status != WorkerStatus.LEFT).order_by(*order)
        )
        return [Person._make(row) for row in rows]
