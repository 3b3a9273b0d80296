"""The whole register and all open vacancies as plain columns, for work over all of them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, LargeBinary, delete, func, select, type_coerce
from sqlalchemy.orm import Session

from storage.models.outbox import Delivery
from storage.models.people import Worker
from storage.models.vacancies import LeftOutWorker, Recommendation, Vacancy
from storage.models.work import Application
from storage.repositories.spreads import GONE, PUSHED
from storage.repositories.statements import IS_COPY
from storage.secrets import Secrets
from storage.states import DeliveryKind, DeliveryStatus, VacancyStatus, WorkerStatus

NEVER_SENT = (DeliveryStatus.SKIPPED, DeliveryStatus.SUPERSEDED)


class Profile(NamedTuple):
    """What the ranking may know of a worker, as it is stored; no name and no number."""

    id: uuid.UUID
    home: str | None
    trades: list[str]
    refused_trades: list[str]
    certificates: list[str]
    migration: str | None
    locations: list[str]
    excluded_locations: list[str]
    wage_min: int | None
    wants_room_board: bool | None
    birth_year: int | None
    education: str | None
    experience: dict[str, int] | None
    available_from: date | None
    groups: list[str] | None


class Standing(NamedTuple):
    """Whether a worker looks for work, and since when; the number stays sealed."""

    id: uuid.UUID
    status: WorkerStatus
    paused_until: date | None
    sealed_phone: bytes | None
    created_at: datetime


class Told(NamedTuple):
    """A vacancy of which a worker was told, or to which one answered."""

    vacancy_id: uuid.UUID
    worker_id: uuid.UUID
    pushed_at: datetime | None


class Registers:
    """Questions about everybody at once; none of them loads a row as an object."""

    def __init__(self, session: Session, secrets: Secrets) -> None:
        self.session = session
        self.secrets = secrets

    def profiles(self, bureau_adcode: str, first: uuid.UUID, last: uuid.UUID) -> list[Profile]:
        """Return the workers of a stretch who have not left, ascending by id.

        Args:
            bureau_adcode: Whose workers.
            first: The smallest key of the stretch.
            last: Its largest key, included.
        """
        columns = (getattr(Worker, name) for name in Profile._fields)
        rows = self.session.execute(
            select(*columns)
            .where(
                Worker.bureau_adcode == bureau_adcode,
                Worker.status != WorkerStatus.LEFT,
                Worker.id >= first,
                Worker.id <= last,
            )
            .order_by(Worker.id)
        )
        return [Profile._make(row) for row in rows]

    def workers(self, keys: Collection[uuid.UUID]) -> list[Worker]:
        """Return the rows of these workers, as they stand now, ascending by id."""
        return list(
            self.session.scalars(
                select(Worker)
                .where(Worker.id.in_(keys), Worker.status != WorkerStatus.LEFT)
                .order_by(Worker.id)
                .execution_options(populate_existing=True)
            )
        )

    def standings(self, bureau_adcode: str) -> list[Standing]:
        """Return where every worker who has not left stands, ascending by id."""
        rows = self.session.execute(
            select(
                Worker.id,
                Worker.status,
                Worker.paused_until,
                type_coerce(Worker.phone, LargeBinary),
                Worker.created_at,
            )
            .where(Worker.bureau_adcode == bureau_adcode, Worker.status != WorkerStatus.LEFT)
            .order_by(Worker.id)
        )
        return [Standing._make(row) for row in rows]

    def phone_of(self, standing: Standing) -> str | None:
        """Return the number in clear, or None."""
        sealed = standing.sealed_phone
        if sealed is None:
            return None
        return self.secrets.decrypt(bytes(sealed), column="worker.phone")

    def open_vacancies(self, bureau_adcode: str, *, today: date) -> list[Vacancy]:
        """Return a bureau's published vacancies that are valid on `today`, ascending by id."""
        return list(
            self.session.scalars(
                select(Vacancy)
                .where(
                    Vacancy.bureau_adcode == bureau_adcode,
                    Vacancy.status == VacancyStatus.PUBLISHED,
                    Vacancy.valid_until.is_(None) | (Vacancy.valid_until >= today),
                )
                .order_by(Vacancy.id)
            )
        )

    def standing_applications(self, bureau_adcode: str) -> dict[uuid.UUID, list[uuid.UUID | None]]:
        """Return who stands for a place of each published vacancy; None for somebody erased."""
        rows = self.session.execute(
            select(Application.vacancy_id, Application.worker_id)
            .join(Vacancy, Vacancy.id == Application.vacancy_id)
            .where(
                Vacancy.bureau_adcode == bureau_adcode,
                Vacancy.status == VacancyStatus.PUBLISHED,
                Application.status.not_in(GONE),
            )
        )
        found: dict[uuid.UUID, list[uuid.UUID | None]] = {}
        for vacancy_id, worker_id in rows:
            found.setdefault(vacancy_id, []).append(worker_id)
        return found

    def lock_vacancies(self, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, Vacancy]:
        """Return these vacancies as they stand, locked in the order of ids until the end."""
        rows = self.session.scalars(
            select(Vacancy)
            .where(Vacancy.id.in_(keys))
            .order_by(Vacancy.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
        return {row.id: row for row in rows}

    def told(
        self,
        bureau_adcode: str,
        *,
        among: Collection[uuid.UUID] | None = None,
        workers: Collection[uuid.UUID] | None = None,
    ) -> list[Told]:
        """Return who was told of which published vacancy, or answered to it.

        A push that was called off before it went out tells nobody.

        Args:
            bureau_adcode: The bureau.
            among: Only these vacancies; at most as many as one statement takes.
            workers: Only these workers; as many.
        """
        which = [Vacancy.bureau_adcode == bureau_adcode, Vacancy.status == VacancyStatus.PUBLISHED]
        if among is not None:
            which.append(Vacancy.id.in_(among))
        rows = self.session.execute(
            select(Recommendation.vacancy_id, Recommendation.worker_id, Recommendation.pushed_at)
            .join(Vacancy, Vacancy.id == Recommendation.vacancy_id)
            .where(
                *which,
                *(() if workers is None else (Recommendation.worker_id.in_(workers),)),
                Recommendation.pushed.is_(True) | Recommendation.response.is_not(None),
            )
        )
        if workers is not None:
            which.append(Delivery.worker_id.in_(workers))
        called_off = self._called_off(which)
        return [Told._make(row) for row in rows if (row[0], row[1]) not in called_off]

    def last_pushes(self, *, since: datetime) -> dict[uuid.UUID, datetime]:
        """Return when each worker was last sent a vacancy or a broadcast since an instant."""
        at = func.coalesce(Delivery.accepted_at, Delivery.not_before)
        rows = self.session.execute(
            select(Delivery.worker_id, func.max(at))
            .where(
                Delivery.worker_id.is_not(None),
                Delivery.kind.in_(PUSHED),
                ~IS_COPY,
                Delivery.status.not_in((*NEVER_SENT, DeliveryStatus.FAILED)),
                at >= since,
            )
            .group_by(Delivery.worker_id)
        )
        return {key: last for key, last in rows if key is not None}

    def no_longer_left_out(self, vacancy_id: uuid.UUID, workers: Collection[uuid.UUID]) -> None:
        """Forget why these workers did not hear of a vacancy: now they do."""
        if workers:
            self.session.execute(
                delete(LeftOutWorker).where(
                    LeftOutWorker.vacancy_id == vacancy_id, LeftOutWorker.worker_id.in_(workers)
                )
            )

    def _called_off(self, which: Sequence[ColumnElement[bool]]) -> set[tuple[uuid.UUID, uuid.UUID]]:
        """Return the pairs of such a vacancy and a worker whose every push was skipped."""
        rows = self.session.execute(
            select(Delivery.subject_id, Delivery.worker_id, Delivery.status)
            .join(Vacancy, Vacancy.id == Delivery.subject_id)
            .where(Delivery.kind == DeliveryKind.VACANCY, *which)
        )
        skipped: set[tuple[uuid.UUID, uuid.UUID]] = set()
        went_out: set[tuple[uuid.UUID, uuid.UUID]] = set()
        for vacancy_id, worker_id, status in rows:
            if vacancy_id is None or worker_id is None:
                continue
            kept = skipped if status is DeliveryStatus.SKIPPED else went_out
            kept.add((vacancy_id, worker_id))
        return skipped - went_out
