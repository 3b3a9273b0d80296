"""Vacancies, their changes, and how far they came."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from storage.models.outbox import Delivery
from storage.models.people import Worker
from storage.models.vacancies import Enterprise, Recommendation, Vacancy, VacancyChange
from storage.models.work import Application
from storage.repositories.base import Repository
from storage.repositories.deliveries import WAITING
from storage.states import ApplicationStatus, DeliveryKind, VacancyStatus

# The firm sees an application from the moment the worker agreed and it was sent.
PASSED_ON = (
    ApplicationStatus.SENT,
    ApplicationStatus.INTERVIEW,
    ApplicationStatus.HIRED,
    ApplicationStatus.NO_SHOW,
    ApplicationStatus.REJECTED,
    ApplicationStatus.NO_ANSWER,
)
WAITING_FOR_FIRM = (ApplicationStatus.SENT, ApplicationStatus.INTERVIEW)


@dataclass(frozen=True, slots=True)
class VacancyCounts:
    """How far a vacancy came: workers it was pushed to, applications passed on, people hired."""

    pushed: int = 0
    applied: int = 0
    hired: int = 0


class Vacancies(Repository[Vacancy]):
    """Vacancies, their changes, and how far they came."""

    kind = Vacancy

    def note_change(self, vacancy: Vacancy, *, at: datetime) -> None:
        """Raise the vacancy's version and tell every replica's board to read it again."""
        vacancy.version = (vacancy.version or 0) + 1
        self.session.flush()
        self.session.add(VacancyChange(vacancy_id=vacancy.id, version=vacancy.version, at=at))
        self.session.flush()

    def changes_after(self, seq: int, *, limit: int = 1_000) -> list[VacancyChange]:
        """Return changes beyond `seq`, oldest first."""
        return list(
            self.session.scalars(
                select(VacancyChange)
                .where(VacancyChange.seq > seq)
                .order_by(VacancyChange.seq)
                .limit(limit)
            )
        )

    def of_number(self, bureau_adcode: str, number: int) -> Vacancy | None:
        """Return the vacancy shown as V-`number` in this bureau, or None."""
        return self.session.scalars(
            select(Vacancy).where(Vacancy.bureau_adcode == bureau_adcode, Vacancy.number == number)
        ).one_or_none()

    def of_enterprise(self, enterprise_id: uuid.UUID, *, limit: int = 50) -> list[Vacancy]:
        """Return a firm's vacancies, newest first; drafts that were dropped are left out."""
        return list(
            self.session.scalars(
                select(Vacancy)
                .where(
                    Vacancy.enterprise_id == enterprise_id,
                    (Vacancy.status != VacancyStatus.WITHDRAWN) | Vacancy.published_at.is_not(None),
                )
                .order_by(Vacancy.number.desc())
                .limit(limit)
            )
        )

    def posted_for_firms(self, *, scope: str, limit: int = 50) -> list[tuple[Vacancy, Enterprise]]:
        """Return what officers posted for firms that may lie in the scope, newest first."""
        rows = self.session.execute(
            select(Vacancy, Enterprise)
            .join(Enterprise, Enterprise.id == Vacancy.enterprise_id)
            .where(
                Vacancy.posted_by_officer.is_not(None),
                Enterprise.adcode.startswith(scope, autoescape=True)
                | Enterprise.bureau_adcode.startswith(scope, autoescape=True),
            )
            .order_by(Vacancy.number.desc())
            .limit(limit)
        )
        return [(vacancy, firm) for vacancy, firm in rows]

    def of_enterprise_in(
        self, enterprise_id: uuid.UUID, statuses: Collection[VacancyStatus]
    ) -> list[Vacancy]:
        """Return a firm's vacancies in these states, ascending by number, held."""
        return list(
            self.session.scalars(
                select(Vacancy)
                .where(Vacancy.enterprise_id == enterprise_id, Vacancy.status.in_(statuses))
                .order_by(Vacancy.number)
                .with_for_update()
            )
        )

    def created_since(self, enterprise_id: uuid.UUID, since: datetime) -> list[Vacancy]:
        """Return what a firm posted since an instant, newest first."""
        return list(
            self.session.scalars(
                select(Vacancy)
                .where(Vacancy.enterprise_id == enterprise_id, Vacancy.created_at >= since)
                .order_by(Vacancy.number.desc())
            )
        )

    def published(self) -> list[Vacancy]:
        """Return every published vacancy, ascending by id."""
        return list(
            self.session.scalars(
                select(Vacancy)
                .where(Vacancy.status == VacancyStatus.PUBLISHED)
                .order_by(Vacancy.id)
            )
        )

    def statuses(self, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, VacancyStatus]:
        """Return where these vacancies stand; those that are not there are left out."""
        if not ids:
            return {}
        rows = self.session.execute(select(Vacancy.id, Vacancy.status).where(Vacancy.id.in_(ids)))
        return {row.id: row.status for row in rows}

    def past_validity(self, today: date) -> list[Vacancy]:
        """Return published vacancies whose last day is over."""
        return list(
            self.session.scalars(
                select(Vacancy)
                .where(Vacancy.status == VacancyStatus.PUBLISHED, Vacancy.valid_until < today)
                .order_by(Vacancy.number)
            )
        )

    def applicants(self, vacancy_id: uuid.UUID) -> list[tuple[Application, Worker]]:
        """Return whose name and phone the firm may see, first come first."""
        rows = self.session.execute(
            select(Application, Worker)
            .join(Worker, Worker.id == Application.worker_id)
            .where(Application.vacancy_id == vacancy_id, Application.status.in_(PASSED_ON))
            .order_by(Application.created_at, Application.id)
        )
        return [(application, worker) for application, worker in rows]

    def waiting_applications(self, vacancy_id: uuid.UUID) -> list[Application]:
        """Return applications to which the firm has not given its last word."""
        return list(
            self.session.scalars(
                select(Application)
                .where(
                    Application.vacancy_id == vacancy_id,
                    Application.status.in_(WAITING_FOR_FIRM),
                )
                .order_by(Application.created_at, Application.id)
            )
        )

    def waiting_pushes(self, vacancy_id: uuid.UUID) -> int:
        """Return how many workers would still be sent this vacancy."""
        return (
            self.session.scalar(
                select(func.count())
                .select_from(Delivery)
                .where(
                    Delivery.subject_id == vacancy_id,
                    Delivery.kind == DeliveryKind.VACANCY,
                    Delivery.status.in_(WAITING),
                )
            )
            or 0
        )

    def counts(self, vacancy_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, VacancyCounts]:
        """Return the counts of these vacancies; each has an entry."""
        pushed = self._count(
            vacancy_ids, Recommendation.vacancy_id, Recommendation.pushed.is_(True)
        )
        applied = self._count(
            vacancy_ids, Application.vacancy_id, Application.status.in_(PASSED_ON)
        )
        hired = self._count(
            vacancy_ids, Application.vacancy_id, Application.status == ApplicationStatus.HIRED
        )
        return {
            key: VacancyCounts(pushed.get(key, 0), applied.get(key, 0), hired.get(key, 0))
            for key in vacancy_ids
        }

    def _count(
        self,
        vacancy_ids: Sequence[uuid.UUID],
        vacancy_id: InstrumentedAttribute[uuid.UUID],
        condition: ColumnElement[bool],
    ) -> dict[uuid.UUID, int]:
        rows = self.session.execute(
            select(vacancy_id, func.count())
            .where(vacancy_id.in_(vacancy_ids), condition)
            .group_by(vacancy_id)
        )
        return {row[0]: row[1] for row in rows}
