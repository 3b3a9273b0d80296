"""Courses and the vacancies they lead to."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import case, delete, func, select

from storage.models.outbox import Delivery
from storage.models.training import Course, CourseVacancy
from storage.models.vacancies import Vacancy
from storage.repositories.base import Repository
from storage.states import DeliveryKind, DeliveryStatus, VacancyStatus
from storage.training_states import CourseStatus

ON_NOW = (CourseStatus.DRAFT, CourseStatus.OPEN, CourseStatus.RUNNING)


class Courses(Repository[Course]):
    """Courses and the vacancies they lead to."""

    kind = Course

    def of_number(self, bureau_adcode: str, number: int) -> Course | None:
        """Return the course shown as K-`number` in this bureau, or None."""
        return self.session.scalars(
            select(Course).where(Course.bureau_adcode == bureau_adcode, Course.number == number)
        ).one_or_none()

    def same_as(
        self, bureau_adcode: str, title: str, starts_on: date, *, adcode: str | None
    ) -> Course | None:
        """Return the course of this name, first day and place that was not called off, or None."""
        return self.session.scalars(
            select(Course)
            .where(
                Course.bureau_adcode == bureau_adcode,
                Course.title == title,
                Course.starts_on == starts_on,
                Course.adcode == adcode,
                Course.status != CourseStatus.CANCELLED,
            )
            .order_by(Course.number)
        ).first()

    def in_states(
        self, bureau_adcode: str, statuses: Collection[CourseStatus], *, limit: int = 50
    ) -> list[Course]:
        """Return a bureau's courses in these states, the next to begin first."""
        return list(
            self.session.scalars(
                select(Course)
                .where(Course.bureau_adcode == bureau_adcode, Course.status.in_(statuses))
                .order_by(Course.starts_on, Course.number)
                .limit(limit)
            )
        )

    def of_enterprise(self, enterprise_id: uuid.UUID, *, limit: int = 20) -> list[Course]:
        """Return the courses that a school or firm holds and that are not over, next first."""
        return list(
            self.session.scalars(
                select(Course)
                .where(Course.enterprise_id == enterprise_id, Course.status.in_(ON_NOW))
                .order_by(Course.starts_on, Course.number)
                .limit(limit)
            )
        )

    def upcoming(self, bureau_adcode: str, today: date) -> list[Course]:
        """Return the courses people may still ask for: open and not begun, next first."""
        return list(
            self.session.scalars(
                select(Course)
                .where(
                    Course.bureau_adcode == bureau_adcode,
                    Course.status == CourseStatus.OPEN,
                    Course.starts_on > today,
                )
                .order_by(Course.starts_on, Course.number)
            )
        )

    def to_allot(self, bureau_adcode: str, now: datetime, *, limit: int) -> list[uuid.UUID]:
        """Return the open courses whose moment of giving the seats has come."""
        return list(
            self.session.scalars(
                select(Course.id)
                .where(
                    Course.bureau_adcode == bureau_adcode,
                    Course.status == CourseStatus.OPEN,
                    Course.allots_at <= now,
                )
                .order_by(Course.allots_at, Course.id)
                .limit(limit)
            )
        )

    def to_move_on(self, bureau_adcode: str, today: date, *, limit: int) -> list[uuid.UUID]:
        """Return courses that have begun but stand as open, or are over but stand as running."""
        begun = (Course.status == CourseStatus.OPEN) & (Course.starts_on <= today)
        over = (Course.status == CourseStatus.RUNNING) & (Course.ends_on < today)
        return list(
            self.session.scalars(
                select(Course.id)
                .where(Course.bureau_adcode == bureau_adcode, begun | over)
                .order_by(Course.starts_on, Course.id)
                .limit(limit)
            )
        )

    def link(self, course_id: uuid.UUID, vacancy_ids: Sequence[uuid.UUID]) -> None:
        """Let a course lead to these vacancies and to no others."""
        self.session.execute(delete(CourseVacancy).where(CourseVacancy.course_id == course_id))
        for vacancy_id in dict.fromkeys(vacancy_ids):
            self.session.add(CourseVacancy(course_id=course_id, vacancy_id=vacancy_id))
        self.session.flush()

    def vacancies_of(self, course_id: uuid.UUID) -> list[Vacancy]:
        """Return the vacancies that a course leads to, ascending by number."""
        return list(
            self.session.scalars(
                select(Vacancy)
                .join(CourseVacancy, CourseVacancy.vacancy_id == Vacancy.id)
                .where(CourseVacancy.course_id == course_id)
                .order_by(Vacancy.number)
            )
        )

    def asking_for(self, bureau_adcode: str, trade: str) -> int:
        """Return how many open vacancies of this trade a bureau has."""
        rows = self.session.scalars(
            select(Vacancy.id).where(
                Vacancy.bureau_adcode == bureau_adcode,
                Vacancy.trade == trade,
                Vacancy.status == VacancyStatus.PUBLISHED,
            )
        )
        return len(rows.all())

    def told_of(self, course_id: uuid.UUID) -> int:
        """Return how many people were offered a course; what never went out does not count."""
        gone = (DeliveryStatus.SKIPPED, DeliveryStatus.FAILED, DeliveryStatus.SUPERSEDED)
        return (
            self.session.scalar(
                select(func.count(Delivery.worker_id.distinct())).where(
                    Delivery.subject_id == course_id,
                    Delivery.kind == DeliveryKind.COURSE,
                    Delivery.status.not_in(gone),
                )
            )
            or 0
        )

    def offered_among(
        self, course_id: uuid.UUID, worker_ids: Sequence[uuid.UUID]
    ) -> list[uuid.UUID]:
        """Return which of these workers were offered a course."""
        told = self.told_workers(course_id)
        return [key for key in worker_ids if key in told]

    def may_lead_to(
        self,
        bureau_adcode: str,
        *,
        trade: str | None,
        enterprise_id: uuid.UUID | None,
        limit: int,
    ) -> list[Vacancy]:
        """Return open vacancies a course may lead to: the firm's own first, then of its trade."""
        own = Vacancy.enterprise_id == enterprise_id
        of_trade = Vacancy.trade == trade
        return list(
            self.session.scalars(
                select(Vacancy)
                .where(
                    Vacancy.bureau_adcode == bureau_adcode,
                    Vacancy.status == VacancyStatus.PUBLISHED,
                    own | of_trade,
                )
                .order_by(case((own, 0), else_=1), Vacancy.number.desc())
                .limit(limit)
            )
        )

    def told_workers(self, course_id: uuid.UUID) -> set[uuid.UUID]:
        """Return who was ever offered a course, whatever became of the message."""
        rows = self.session.scalars(
            select(Delivery.worker_id)
            .where(
                Delivery.subject_id == course_id,
                Delivery.kind == DeliveryKind.COURSE,
                Delivery.worker_id.is_not(None),
            )
            .distinct()
        )
        return {key for key in rows if key is not None}
