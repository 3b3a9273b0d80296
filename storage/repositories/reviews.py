"""Officers' decisions about vacancies, and what waits for one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from storage.models.vacancies import Enterprise, Vacancy, VacancyReview
from storage.models.work import Promise
from storage.repositories.base import Repository
from storage.states import EnterpriseStatus, VacancyStatus

REVIEW_PROMISE = "review"


@dataclass(frozen=True, slots=True)
class WaitingVacancy:
    """A vacancy in review, its firm, and by when the firm was promised an answer."""

    vacancy: Vacancy
    firm: Enterprise
    due_at: datetime | None


class Reviews(Repository[VacancyReview]):
    """Officers' decisions about vacancies, and what waits for one.

    A firm stands either in its own county or in its bureau's area; these queries return both
    kinds, and the rule that chooses between them lies with the services.
    """

    kind = VacancyReview

    def waiting(self, *, scope: str) -> list[WaitingVacancy]:
        """Return vacancies in review whose firm may lie in the scope, oldest promise first."""
        due = (
            select(Promise.subject_id, func.min(Promise.due_at).label("due_at"))
            .where(Promise.what == REVIEW_PROMISE, Promise.kept_at.is_(None))
            .group_by(Promise.subject_id)
            .subquery()
        )
        rows = self.session.execute(
            select(Vacancy, Enterprise, due.c.due_at)
            .join(Enterprise, Enterprise.id == Vacancy.enterprise_id)
            .outerjoin(due, due.c.subject_id == Vacancy.id)
            .where(Vacancy.status == VacancyStatus.IN_REVIEW, _may_lie_in(scope))
            .order_by(due.c.due_at.is_(None), due.c.due_at, Vacancy.number)
        )
        return [WaitingVacancy(vacancy, firm, due_at) for vacancy, firm, due_at in rows]

    def pending_firms(self, *, scope: str) -> list[Enterprise]:
        """Return firms that wait to be verified and may lie in the scope, oldest first."""
        return list(
            self.session.scalars(
                select(Enterprise)
                .where(Enterprise.status == EnterpriseStatus.PENDING, _may_lie_in(scope))
                .order_by(Enterprise.created_at, Enterprise.id)
            )
        )

    def latest(self, vacancy_id: uuid.UUID) -> VacancyReview | None:
        """Return the newest decision about a vacancy, or None."""
        return self.session.scalars(
            select(VacancyReview)
            .where(VacancyReview.vacancy_id == vacancy_id)
            .order_by(VacancyReview.at.desc(), VacancyReview.vacancy_version.desc())
            .limit(1)
        ).one_or_none()


def _may_lie_in(scope: str) -> ColumnElement[bool]:
    return or_(
        Enterprise.adcode.startswith(scope, autoescape=True),
        Enterprise.bureau_adcode.startswith(scope, autoescape=True),
    )
