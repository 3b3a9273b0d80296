"""What was shown to whom, and what was answered."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, select

from storage.models.vacancies import Recommendation, Vacancy, VacancyChange
from storage.repositories.base import Repository
from storage.repositories.spreads import Spreads
from storage.repositories.vacancy_questions import VacancyQuestions
from storage.states import VacancyStatus

# Built once: asked in most turns of a worker who looks at vacancies.
_OPEN_AMONG = (
    select(Vacancy)
    .where(
        Vacancy.id.in_(bindparam("vacancy_ids", expanding=True)),
        Vacancy.status == VacancyStatus.PUBLISHED,
        Vacancy.valid_until.is_(None) | (Vacancy.valid_until >= bindparam("today")),
    )
    .order_by(Vacancy.id)
    .execution_options(populate_existing=True)
)


class Recommendations(Spreads, VacancyQuestions, Repository[Recommendation]):
    """What was shown to whom, and what was answered."""

    kind = Recommendation

    def find(self, worker_id: uuid.UUID, vacancy_id: uuid.UUID) -> Recommendation | None:
        """Return what is known of this vacancy having been shown to this worker."""
        return self.session.scalars(
            select(Recommendation).where(
                Recommendation.worker_id == worker_id, Recommendation.vacancy_id == vacancy_id
            )
        ).one_or_none()

    def shown_among(
        self, worker_id: uuid.UUID, vacancy_ids: Collection[uuid.UUID]
    ) -> dict[uuid.UUID, Recommendation]:
        """Return the rows of this worker for these vacancies, by vacancy."""
        rows = self.session.scalars(
            select(Recommendation).where(
                Recommendation.worker_id == worker_id,
                Recommendation.vacancy_id.in_(vacancy_ids),
            )
        )
        return {row.vacancy_id: row for row in rows}

    def of_vacancy(
        self, vacancy_id: uuid.UUID, worker_ids: Collection[uuid.UUID]
    ) -> dict[uuid.UUID, Recommendation]:
        """Return the rows of this vacancy for these workers, by worker."""
        rows = self.session.scalars(
            select(Recommendation).where(
                Recommendation.vacancy_id == vacancy_id,
                Recommendation.worker_id.in_(worker_ids),
            )
        )
        return {row.worker_id: row for row in rows}

    def answered(self, worker_id: uuid.UUID) -> list[tuple[Recommendation, Vacancy]]:
        """Return what this worker answered to vacancies, the oldest answer first."""
        rows = self.session.execute(
            select(Recommendation, Vacancy)
            .join(Vacancy, Vacancy.id == Recommendation.vacancy_id)
            .where(Recommendation.worker_id == worker_id, Recommendation.response.is_not(None))
            .order_by(Recommendation.responded_at, Recommendation.id)
        )
        return [(recommendation, vacancy) for recommendation, vacancy in rows]

    def open_among(self, vacancy_ids: Collection[uuid.UUID], *, today: date) -> list[Vacancy]:
        """Return those of these vacancies that are open on `today`, as they stand now."""
        values = {"vacancy_ids": list(vacancy_ids), "today": today}
        return list(self.session.scalars(_OPEN_AMONG, values))

    def rows_of(self, vacancy_ids: Collection[uuid.UUID]) -> list[Vacancy]:
        """Return these vacancies whatever their state, as they stand now."""
        return list(
            self.session.scalars(
                select(Vacancy)
                .where(Vacancy.id.in_(vacancy_ids))
                .execution_options(populate_existing=True)
            )
        )

    def change_cursor(self, *, overlap: timedelta) -> int:
        """Return the sequence number after which the changes of the newest `overlap` stand."""
        newest: datetime | None = self.session.scalar(select(func.max(VacancyChange.at)))
        if newest is None:
            return 0
        first = self.session.scalar(
            select(func.min(VacancyChange.seq)).where(VacancyChange.at >= newest - overlap)
        )
        return (first or 1) - 1
