"""Counts over all courses of a bureau: persons and person-times, reasons, who wishes in vain."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from storage.models.people import Worker
from storage.models.training import Course, Enrolment, TrainingRefusal, TrainingWish
from storage.repositories.base import Repository
from storage.repositories.enrolments import CAME, GOES_ON, SEATED
from storage.states import WorkerStatus
from storage.training_states import CourseStatus, EnrolmentStatus


@dataclass(frozen=True, slots=True)
class Trained:
    """What became of the courses that began in a period.

    Attributes:
        courses: How many were held.
        persons: Different people who came.
        person_times: Their seats: somebody in two courses counts twice.
        completed: Seats that were completed.
        certified: Completed seats with a paper.
    """

    courses: int
    persons: int
    person_times: int
    completed: int
    certified: int


class TrainingFigures(Repository[Course]):
    """Counts over all courses of a bureau."""

    kind = Course

    def trained(self, bureau_adcode: str, first: date, last: date) -> Trained:
        """Return the counts of courses that began between two days, both included."""
        within = (
            Course.bureau_adcode == bureau_adcode,
            Course.starts_on.between(first, last),
            Course.status.in_((CourseStatus.RUNNING, CourseStatus.DONE)),
        )
        courses = self.session.scalar(select(func.count()).select_from(Course).where(*within))
        seats = self.session.execute(
            select(
                func.count(Enrolment.worker_id.distinct()),
                func.count(),
                func.count().filter(Enrolment.status == EnrolmentStatus.COMPLETED),
                func.count(Enrolment.certified_on),
            )
            .join(Course, Course.id == Enrolment.course_id)
            .where(*within, Enrolment.status.in_(CAME))
        ).one()
        return Trained(courses or 0, *seats)

    def refusals(self, bureau_adcode: str, since: datetime, until: datetime) -> dict[str, int]:
        """Return how often each reason for 不去 was given; no reason counts as `other`."""
        rows = self.session.execute(
            select(TrainingRefusal.reason, func.count())
            .join(Worker, Worker.id == TrainingRefusal.worker_id)
            .where(
                Worker.bureau_adcode == bureau_adcode,
                TrainingRefusal.at >= since,
                TrainingRefusal.at < until,
            )
            .group_by(TrainingRefusal.reason)
        )
        return _pooled([(row[0], row[1]) for row in rows])

    def drops(self, bureau_adcode: str, since: datetime, until: datetime) -> dict[str, int]:
        """Return how often each reason for giving a seat back was given."""
        rows = self.session.execute(
            select(Enrolment.drop_reason, func.count())
            .join(Course, Course.id == Enrolment.course_id)
            .where(
                Course.bureau_adcode == bureau_adcode,
                Enrolment.status == EnrolmentStatus.DROPPED,
                Enrolment.drop_reason != "cancelled",
                Enrolment.changed_at >= since,
                Enrolment.changed_at < until,
            )
            .group_by(Enrolment.drop_reason)
        )
        return _pooled([(row[0], row[1]) for row in rows])

    def willing(self, bureau_adcode: str, since: datetime) -> list[Worker]:
        """Return who has wished to learn, or asked for a seat, since an instant; by id."""
        wishes = select(TrainingWish.worker_id).where(
            (TrainingWish.since >= since) | TrainingWish.closed_at.is_(None)
        )
        asked = select(Enrolment.worker_id).where(Enrolment.asked_at >= since)
        return list(
            self.session.scalars(
                select(Worker)
                .where(
                    Worker.bureau_adcode == bureau_adcode,
                    Worker.status != WorkerStatus.LEFT,
                    Worker.id.in_(wishes.union(asked)),
                )
                .order_by(Worker.id)
            )
        )

    def wishing(self, bureau_adcode: str) -> list[tuple[TrainingWish, Worker]]:
        """Return every open wish with its worker, the oldest first."""
        rows = self.session.execute(
            select(TrainingWish, Worker)
            .join(Worker, Worker.id == TrainingWish.worker_id)
            .where(
                Worker.bureau_adcode == bureau_adcode,
                Worker.status != WorkerStatus.LEFT,
                TrainingWish.closed_at.is_(None),
            )
            .order_by(TrainingWish.since, TrainingWish.id)
        )
        return [(wish, worker) for wish, worker in rows]

    def had_free(self, bureau_adcode: str, first: date, last: date) -> set[uuid.UUID]:
        """Return who has or had a seat in a free course that begins between two days."""
        return set(
            self.session.scalars(
                select(Enrolment.worker_id)
                .join(Course, Course.id == Enrolment.course_id)
                .where(
                    Course.bureau_adcode == bureau_adcode,
                    Course.is_free.is_(True),
                    Course.status != CourseStatus.CANCELLED,
                    Course.starts_on.between(first, last),
                    Enrolment.status.in_(SEATED),
                )
            )
        )

    def in_line(self, bureau_adcode: str) -> set[uuid.UUID]:
        """Return who waits for a seat in a course that is not over."""
        return set(
            self.session.scalars(
                select(Enrolment.worker_id)
                .join(Course, Course.id == Enrolment.course_id)
                .where(
                    Course.bureau_adcode == bureau_adcode,
                    Course.status.in_(GOES_ON),
                    Enrolment.status == EnrolmentStatus.WAITLISTED,
                )
            )
        )

    def quiet_after(self, bureau_adcode: str, today: date) -> list[TrainingRefusal]:
        """Return every 不去 of a bureau that still asks for silence, the oldest first."""
        return list(
            self.session.scalars(
                select(TrainingRefusal)
                .join(Worker, Worker.id == TrainingRefusal.worker_id)
                .where(Worker.bureau_adcode == bureau_adcode, TrainingRefusal.quiet_until > today)
                .order_by(TrainingRefusal.at, TrainingRefusal.id)
            )
        )

    def seekers_near(
        self, bureau_adcode: str, county: str, *, limit: int, turn: int
    ) -> Sequence[Worker]:
        """Return some of the people of a county who look for work, others at each `turn`.

        After as many turns as there are parts of `limit` people everybody was returned once.
        """
        looking = (WorkerStatus.REGISTERED, WorkerStatus.VERIFIED, WorkerStatus.SEEKING)
        whose = (
            Worker.bureau_adcode == bureau_adcode,
            Worker.home.startswith(county, autoescape=True),
            Worker.status.in_(looking),
        )
        count = self.session.scalar(select(func.count()).select_from(Worker).where(*whose)) or 0
        parts = max(1, -(-count // limit))
        return list(
            self.session.scalars(
                select(Worker)
                .where(*whose)
                .order_by(Worker.id)
                .offset(turn % parts * limit)
                .limit(limit)
            )
        )

    def courses_told(self, worker_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
        """Return which of these workers have a course going on or ahead, or wait for one."""
        if not worker_ids:
            return set()
        return set(
            self.session.scalars(
                select(Enrolment.worker_id)
                .join(Course, Course.id == Enrolment.course_id)
                .where(
                    Enrolment.worker_id.in_(worker_ids),
                    Enrolment.status.in_(
                        (
                            EnrolmentStatus.ENROLLED,
                            EnrolmentStatus.WAITLISTED,
                            EnrolmentStatus.ATTENDED,
                        )
                    ),
                    Course.status.in_((CourseStatus.OPEN, CourseStatus.RUNNING)),
                )
            )
        )


def _pooled(rows: Sequence[tuple[str | None, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for reason, count in rows:
        found[reason or "other"] = found.get(reason or "other", 0) + count
    return found
