"""Applications."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select

from storage.models.vacancies import Vacancy
from storage.models.work import Application
from storage.repositories.base import Repository
from storage.states import ApplicationStatus

# The worker may still hear from the firm, or is there already.
ACTIVE = (
    ApplicationStatus.SENT,
    ApplicationStatus.INTERVIEW,
    ApplicationStatus.NO_ANSWER,
    ApplicationStatus.HIRED,
)


class Applications(Repository[Application]):
    """Applications."""

    kind = Application

    def of_pair(self, worker_id: uuid.UUID, vacancy_id: uuid.UUID) -> Application | None:
        """Return this worker's application for this vacancy, or None."""
        return self.session.scalars(
            select(Application).where(
                Application.worker_id == worker_id, Application.vacancy_id == vacancy_id
            )
        ).one_or_none()

    def of_worker(
        self, worker_id: uuid.UUID, *, limit: int = 9
    ) -> list[tuple[Application, Vacancy]]:
        """Return a worker's applications with their vacancies, the newest change first."""
        rows = self.session.execute(
            select(Application, Vacancy)
            .join(Vacancy, Vacancy.id == Application.vacancy_id)
            .where(Application.worker_id == worker_id)
            .order_by(Application.changed_at.desc(), Application.id)
            .limit(limit)
        )
        return [(application, vacancy) for application, vacancy in rows]

    def active_of(
        self, worker_id: uuid.UUID, *, statuses: Sequence[ApplicationStatus] = ACTIVE
    ) -> list[tuple[Application, Vacancy]]:
        """Return a worker's applications that are still running, the newest change first."""
        rows = self.session.execute(
            select(Application, Vacancy)
            .join(Vacancy, Vacancy.id == Application.vacancy_id)
            .where(Application.worker_id == worker_id, Application.status.in_(statuses))
            .order_by(Application.changed_at.desc(), Application.id)
        )
        return [(application, vacancy) for application, vacancy in rows]

    def hired_count(self, vacancy_id: uuid.UUID) -> int:
        """Return how many were hired for this vacancy."""
        return (
            self.session.scalar(
                select(func.count())
                .select_from(Application)
                .where(
                    Application.vacancy_id == vacancy_id,
                    Application.status == ApplicationStatus.HIRED,
                )
            )
            or 0
        )
