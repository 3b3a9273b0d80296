"""Who has a seat, who came, and who would rather not."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import func, select, update

from storage.inserts import upsert
from storage.models.outbox import Delivery
from storage.models.people import Worker
from storage.models.training import (
    Attendance,
    Course,
    Enrolment,
    TrainingRefusal,
    TrainingWish,
)
from storage.repositories.base import Repository
from storage.repositories.deliveries import WAITING
from storage.states import DeliveryStatus
from storage.training_states import CourseStatus, EnrolmentStatus

SEATED = (EnrolmentStatus.ENROLLED, EnrolmentStatus.ATTENDED, EnrolmentStatus.COMPLETED)
CAME = (EnrolmentStatus.ATTENDED, EnrolmentStatus.COMPLETED)
HOLDS = (EnrolmentStatus.ENROLLED, EnrolmentStatus.ATTENDED, EnrolmentStatus.WAITLISTED)
GOES_ON = (CourseStatus.OPEN, CourseStatus.RUNNING)


class Enrolments(Repository[Enrolment]):
    """Who has a seat, who came, and who would rather not."""

    kind = Enrolment

    def find(self, course_id: uuid.UUID, worker_id: uuid.UUID) -> Enrolment | None:
        """Return how a worker stands to a course, or None."""
        return self.session.scalars(
            select(Enrolment).where(
                Enrolment.course_id == course_id, Enrolment.worker_id == worker_id
            )
        ).one_or_none()

    def of_course(self, course_id: uuid.UUID) -> list[tuple[Enrolment, Worker]]:
        """Return everybody with a seat, who asked first standing first."""
        rows = self.session.execute(
            select(Enrolment, Worker)
            .join(Worker, Worker.id == Enrolment.worker_id)
            .where(Enrolment.course_id == course_id, Enrolment.status.in_(SEATED))
            .order_by(Enrolment.asked_at, Enrolment.id)
        )
        return [(enrolment, worker) for enrolment, worker in rows]

    def holding(self, course_id: uuid.UUID) -> list[Enrolment]:
        """Return everybody who has a seat or waits for one, by tier, time and id."""
        return list(
            self.session.scalars(
                select(Enrolment)
                .where(Enrolment.course_id == course_id, Enrolment.status.in_(HOLDS))
                .order_by(Enrolment.tier, Enrolment.asked_at, Enrolment.id)
            )
        )

    def waiting(self, course_id: uuid.UUID) -> list[tuple[Enrolment, Worker]]:
        """Return who waits for a seat, by tier, time and id."""
        rows = self.session.execute(
            select(Enrolment, Worker)
            .join(Worker, Worker.id == Enrolment.worker_id)
            .where(Enrolment.course_id == course_id, Enrolment.status == EnrolmentStatus.WAITLISTED)
            .order_by(Enrolment.tier, Enrolment.asked_at, Enrolment.id)
        )
        return [(enrolment, worker) for enrolment, worker in rows]

    def seats_taken(self, course_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
        """Return how many seats of each course are taken; a course without any has no entry."""
        rows = self.session.execute(
            select(Enrolment.course_id, func.count())
            .where(Enrolment.course_id.in_(course_ids), Enrolment.status.in_(SEATED))
            .group_by(Enrolment.course_id)
        )
        return {row[0]: row[1] for row in rows}

    def of_worker(self, worker_id: uuid.UUID, *, limit: int = 5) -> list[tuple[Enrolment, Course]]:
        """Return a worker's courses that were not dropped, the last to begin first."""
        rows = self.session.execute(
            select(Enrolment, Course)
            .join(Course, Course.id == Enrolment.course_id)
            .where(Enrolment.worker_id == worker_id, Enrolment.status != EnrolmentStatus.DROPPED)
            .order_by(Course.starts_on.desc(), Course.number)
            .limit(limit)
        )
        return [(enrolment, course) for enrolment, course in rows]

    def held_by(self, worker_id: uuid.UUID) -> list[tuple[Enrolment, Course]]:
        """Return the seats and waiting places of a worker in courses that are not over."""
        rows = self.session.execute(
            select(Enrolment, Course)
            .join(Course, Course.id == Enrolment.course_id)
            .where(
                Enrolment.worker_id == worker_id,
                Enrolment.status.in_(HOLDS),
                Course.status.in_(GOES_ON),
            )
            .order_by(Course.starts_on, Course.number)
        )
        return [(enrolment, course) for enrolment, course in rows]

    def free_courses(self, worker_id: uuid.UUID, *, first: date, last: date) -> int:
        """Return how many free courses with a seat for this worker begin between two days."""
        return (
            self.session.scalar(
                select(func.count())
                .select_from(Enrolment)
                .join(Course, Course.id == Enrolment.course_id)
                .where(
                    Enrolment.worker_id == worker_id,
                    Enrolment.status.in_(SEATED),
                    Course.is_free.is_(True),
                    Course.status != CourseStatus.CANCELLED,
                    Course.starts_on.between(first, last),
                )
            )
            or 0
        )

    def to_remind(self, bureau_adcode: str, day: date, *, limit: int) -> list[uuid.UUID]:
        """Return the seats in open courses that begin on a day and were not reminded of it."""
        return list(
            self.session.scalars(
                select(Enrolment.id)
                .join(Course, Course.id == Enrolment.course_id)
                .where(
                    Course.bureau_adcode == bureau_adcode,
                    Course.status == CourseStatus.OPEN,
                    Course.starts_on == day,
                    Enrolment.status == EnrolmentStatus.ENROLLED,
                    Enrolment.reminded_on.is_distinct_from(day),
                )
                .order_by(Enrolment.asked_at, Enrolment.id)
                .limit(limit)
            )
        )

    def roll(self, enrolment_ids: Collection[uuid.UUID], day: date) -> dict[uuid.UUID, bool]:
        """Return who came on a day; nobody wrote down who is missing in it."""
        rows = self.session.execute(
            select(Attendance.enrolment_id, Attendance.present).where(
                Attendance.enrolment_id.in_(enrolment_ids), Attendance.day == day
            )
        )
        return {row[0]: row[1] for row in rows}

    def mark(
        self,
        enrolment_id: uuid.UUID,
        day: date,
        *,
        present: bool,
        officer_id: uuid.UUID | None,
        at: datetime,
    ) -> None:
        """Write down whether somebody came; the last word counts."""
        self.session.flush()
        row = {
            "enrolment_id": enrolment_id,
            "day": day,
            "present": present,
            "officer_id": officer_id,
            "at": at,
        }
        upsert(
            self.session,
            Attendance,
            [row],
            key=("enrolment_id", "day"),
            replaced=("present", "officer_id", "at"),
        )

    def days_present(self, enrolment_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
        """Return on how many days each came; who never came has no entry."""
        rows = self.session.execute(
            select(Attendance.enrolment_id, func.count())
            .where(Attendance.enrolment_id.in_(enrolment_ids), Attendance.present.is_(True))
            .group_by(Attendance.enrolment_id)
        )
        return {row[0]: row[1] for row in rows}

    def refusals_of(self, worker_id: uuid.UUID) -> Sequence[TrainingRefusal]:
        """Return every 不去 of a worker, the newest first."""
        return list(
            self.session.scalars(
                select(TrainingRefusal)
                .where(TrainingRefusal.worker_id == worker_id)
                .order_by(TrainingRefusal.at.desc(), TrainingRefusal.id)
            )
        )

    def wishes_of(self, worker_id: uuid.UUID) -> list[TrainingWish]:
        """Return what a worker still wants to learn, the newest first."""
        return list(
            self.session.scalars(
                select(TrainingWish)
                .where(TrainingWish.worker_id == worker_id, TrainingWish.closed_at.is_(None))
                .order_by(TrainingWish.since.desc(), TrainingWish.id)
            )
        )

    def ended_by_closing(self, course_id: uuid.UUID, reasons: Collection[str]) -> list[Enrolment]:
        """Return who completed a course, and who was left out for these reasons, by id."""
        is_out = (Enrolment.status == EnrolmentStatus.DROPPED) & Enrolment.drop_reason.in_(reasons)
        return list(
            self.session.scalars(
                select(Enrolment)
                .where(
                    Enrolment.course_id == course_id,
                    (Enrolment.status == EnrolmentStatus.COMPLETED) | is_out,
                )
                .order_by(Enrolment.id)
            )
        )

    def take_back_told(self, enrolment_id: uuid.UUID, *, at: datetime) -> bool:
        """Let what waits to be told of a completed course not go out, so it may be told anew.

        Returns:
            Whether it was told already.
        """
        beginning = f"enrolment:{enrolment_id.hex}:done"
        about = (
            Delivery.subject_id == enrolment_id,
            Delivery.dedupe_key.startswith(beginning, autoescape=True),
        )
        gone = (DeliveryStatus.SKIPPED, DeliveryStatus.FAILED, DeliveryStatus.SUPERSEDED)
        self.session.execute(
            update(Delivery)
            .where(*about, Delivery.status.in_(WAITING))
            .values(
                status=DeliveryStatus.SKIPPED,
                reason="reopened",
                dedupe_key=Delivery.dedupe_key + f":{at:%y%m%d%H%M%S%f}",
            )
            .execution_options(synchronize_session=False)
        )
        told = select(Delivery.id).where(*about, Delivery.status.not_in(gone)).limit(1)
        return self.session.scalar(told) is not None

    def wish_again(self, worker_id: uuid.UUID, wish_ids: Collection[str]) -> None:
        """Let wishes of a worker stand open again; the keys are in hex."""
        self.session.execute(
            update(TrainingWish)
            .where(
                TrainingWish.worker_id == worker_id,
                TrainingWish.id.in_([uuid.UUID(hex=key) for key in wish_ids]),
            )
            .values(closed_at=None)
        )

    def keep(self, row: TrainingRefusal | TrainingWish) -> None:
        """Keep a refusal or a wish."""
        self.session.add(row)
        self.session.flush()
