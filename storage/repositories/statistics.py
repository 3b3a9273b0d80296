"""Where everybody of a register works on a day, as plain columns: sixty thousand rows at once."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    LargeBinary,
    Select,
    String,
    and_,
    func,
    or_,
    select,
    type_coerce,
)

from storage.models.people import Worker, WorkerStatusChange
from storage.models.register import Household, RegisterEntry, WorkerCategory
from storage.models.statistics import StatisticsSnapshot
from storage.models.work import Employment, EmploymentVersion
from storage.register_states import Category, CategoryState
from storage.repositories.base import Repository
from storage.states import EndReason, Source, WorkerStatus

# A worker's key as the driver gives it, which spares sixty thousand conversions; `key_of` makes
# a UUID of it, `text_of` the same text on either database.
RawKey = str | uuid.UUID
CATEGORY_COLUMN = "worker_category.category"
KEYS_AT_ONCE = 500
Ts = TypeVarTuple("Ts")


class Work(NamedTuple):
    """Where and how somebody works; the same value for everybody who works there so."""

    workplace: str | None
    channel: str
    venue: str | None
    abroad: bool


def key_of(raw: RawKey) -> uuid.UUID:
    """Return a worker's key."""
    return raw if isinstance(raw, uuid.UUID) else uuid.UUID(raw)


def text_of(raw: RawKey) -> str:
    """Return 32 hexadecimal signs, the same on either database."""
    return raw.hex if isinstance(raw, uuid.UUID) else raw.replace("-", "")


class Statistics(Repository[StatisticsSnapshot]):
    """Questions about where people work; none of them loads a row as an object."""

    kind = StatisticsSnapshot

    def homes(self, bureau_adcode: str, *, scope: str) -> dict[RawKey, str | None]:
        """Return the home of everybody of a bureau in `scope` who has not left.

        No home counts as the bureau's.
        """
        return {
            row[0]: row[1]
            for row in self._rows(select(_raw(Worker.id), Worker.home).where(_is_of(bureau_adcode)))
            if (row[1] or bureau_adcode).startswith(scope)
        }

    def work_on(self, day: date, *, known_at: datetime) -> Iterator[tuple[RawKey, Work]]:
        """Yield worker and work of every spell of every bureau that covers `day`, in any order.

        The last day of a spell is covered; corrected spells are left out. Joined with nothing
        that the caller has already: on SQLite that takes a third of the time.

        Args:
            day: The day looked at.
            known_at: What was learnt later is left out.
        """
        same: dict[Work, Work] = {}
        for row in self._rows(_work(day, known_at)):
            work = Work(row[1], row[2], row[3], bool(row[4]))
            yield row[0], same.setdefault(work, work)

    def latest_work_of(
        self, workers: Collection[RawKey], day: date, *, known_at: datetime
    ) -> dict[RawKey, Work]:
        """Return of people with several spells the one that began last.

        Of two that began on one day the one recorded later, then the greater key.
        """
        found: dict[RawKey, Work] = {}
        keys = [key_of(raw) for raw in workers]
        for start in range(0, len(keys), KEYS_AT_ONCE):
            part = keys[start : start + KEYS_AT_ONCE]
            rows = self._rows(
                _work(day, known_at)
                .where(Employment.worker_id.in_(part))
                .order_by(EmploymentVersion.started_on, Employment.recorded_at, Employment.id)
            )
            found.update((row[0], Work(row[1], row[2], row[3], bool(row[4]))) for row in rows)
        return found

    def statuses(self, bureau_adcode: str) -> dict[RawKey, str]:
        """Return the present status of everybody of a bureau who has not left."""
        statement = select(_raw(Worker.id), type_coerce(Worker.status, String))
        rows = self._rows(statement.where(_is_of(bureau_adcode)))
        return {row[0]: row[1] for row in rows}

    def statuses_before(self, until: datetime) -> dict[RawKey, str]:
        """Return each worker's last status that was noted before an instant, where one was."""
        rows = self._rows(
            select(
                _raw(WorkerStatusChange.worker_id), type_coerce(WorkerStatusChange.status, String)
            )
            .where(WorkerStatusChange.at < until)
            .order_by(WorkerStatusChange.at, WorkerStatusChange.id)
        )
        return {row[0]: row[1] for row in rows}

    def ever_employed(self, *, before: date) -> set[RawKey]:
        """Return whose work ended before a day; nobody else is known to have lost any."""
        rows = self._rows(
            select(_raw(Employment.worker_id))
            .where(
                Employment.ended_on < before,
                Employment.end_reason.is_distinct_from(EndReason.CORRECTED),
            )
            .distinct()
        )
        return {row[0] for row in rows}

    def members(
        self,
        groups: Mapping[str, Collection[str]],
        *,
        moment: datetime,
        known_at: datetime,
    ) -> dict[str, set[RawKey]]:
        """Return who, of every bureau, is of which group by another's word, in one reading.

        That is a sheet's or an officer's word. The members of a relocated household are 易迁
        (`Household.relocated`).

        Args:
            groups: Words of `Category` by the name of the group.
            moment: Categories that had ended by then are left out.
            known_at: What was confirmed later is left out.
        """
        rows = self._rows(
            select(
                _raw(WorkerCategory.worker_id), type_coerce(WorkerCategory.category, LargeBinary)
            ).where(
                _was_verified(),
                WorkerCategory.since <= known_at,
                or_(WorkerCategory.ended_at.is_(None), WorkerCategory.ended_at > moment),
            )
        )
        opened = self.secrets.opener(CATEGORY_COLUMN)
        by_category: dict[bytes, set[RawKey]] = {}
        for worker, sealed in rows:
            by_category.setdefault(opened(sealed), set()).add(worker)
        found = {
            name: set[RawKey]().union(*(by_category.get(one.encode(), ()) for one in categories))
            for name, categories in groups.items()
        }
        moved = [name for name, categories in groups.items() if Category.RELOCATED in categories]
        if moved:
            relocated = self._relocated()
            found.update({name: found[name] | relocated for name in moved})
        return found

    def named(self, keys: Sequence[uuid.UUID]) -> list[Worker]:
        """Return these workers as objects, names readable, in the order of `keys`."""
        found: dict[uuid.UUID, Worker] = {}
        for start in range(0, len(keys), KEYS_AT_ONCE):
            part = keys[start : start + KEYS_AT_ONCE]
            rows = self.session.scalars(select(Worker).where(Worker.id.in_(part)))
            found.update((row.id, row) for row in rows)
        return [found[key] for key in keys if key in found]

    def by_digest(self, bureau_adcode: str, beginning: str) -> StatisticsSnapshot | None:
        """Return the newest table whose digest begins so, or None."""
        return self.session.scalars(
            select(StatisticsSnapshot)
            .where(
                StatisticsSnapshot.bureau_adcode == bureau_adcode,
                StatisticsSnapshot.digest.startswith(beginning, autoescape=True),
            )
            .order_by(StatisticsSnapshot.made_at.desc(), StatisticsSnapshot.id)
            .limit(1)
        ).one_or_none()

    def _relocated(self) -> set[RawKey]:
        rows = self._rows(
            select(_raw(RegisterEntry.worker_id))
            .join(Household, Household.id == RegisterEntry.household_id)
            .where(Household.relocated)
        )
        return {row[0] for row in rows}

    def _rows(self, statement: Select[*Ts]) -> CursorResult[*Ts]:
        """Run a statement beside the session, which would look at each row for objects."""
        self.session.flush()
        return self.session.connection().execute(statement)


def _work(day: date, known_at: datetime) -> Select[RawKey, str | None, str, str | None, bool]:
    version = EmploymentVersion
    return (
        select(
            _raw(Employment.worker_id),
            version.workplace,
            func.coalesce(version.channel, Employment.channel),
            func.coalesce(version.venue, Employment.venue),
            func.coalesce(version.abroad, Employment.abroad),
        )
        .join(Employment, Employment.id == version.employment_id)
        .where(*_covers(day), *_known(known_at))
    )


def _raw(column: object) -> ColumnElement[RawKey]:
    return type_coerce(column, String)


def _is_of(bureau_adcode: str) -> ColumnElement[bool]:
    return and_(Worker.bureau_adcode == bureau_adcode, Worker.status != WorkerStatus.LEFT)


def _covers(day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        EmploymentVersion.started_on <= day,
        or_(EmploymentVersion.ended_on.is_(None), EmploymentVersion.ended_on >= day),
        EmploymentVersion.end_reason.is_distinct_from(EndReason.CORRECTED),
    )


def _known(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        EmploymentVersion.known_from <= at,
        or_(EmploymentVersion.known_until.is_(None), EmploymentVersion.known_until > at),
    )


def _was_verified() -> ColumnElement[bool]:
    """A category that ended does not tell whether it was only claimed; its source does."""
    ended = and_(
        WorkerCategory.state == CategoryState.ENDED, WorkerCategory.source != Source.WORKER
    )
    return or_(WorkerCategory.state == CategoryState.VERIFIED, ended)
