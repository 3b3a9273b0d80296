"""Courses, who has a seat, who came, and who would rather not."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedText, state_type
from storage.models.base import Base, Keyed
from storage.training_states import CourseStatus, EnrolmentStatus


class Course(Keyed, Base):
    """A course with seats; `enterprise_id` is set for a class that a firm ordered.

    Dates are plain dates in the city's time zone; the last day is included. None means that
    nobody said it. Until `allots_at` people gather; then the seats are given by the lawful
    order. None means first come, first served, or that they were given.
    """

    __tablename__ = "course"
    __table_args__ = (
        UniqueConstraint("bureau_adcode", "number"),
        Index("ix_course_bureau_adcode_status", "bureau_adcode", "status"),
    )

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(60))
    trade: Mapped[str | None] = mapped_column(String(24))
    school: Mapped[str | None] = mapped_column(String(60))
    adcode: Mapped[str | None] = mapped_column(String(9))
    address: Mapped[str | None] = mapped_column(String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    daily: Mapped[str | None] = mapped_column(String(40))
    seats: Mapped[int]
    living_allowance: Mapped[bool | None]
    subsidised: Mapped[bool | None]
    is_free: Mapped[bool | None]
    certificate: Mapped[str | None] = mapped_column(String(24))
    contact: Mapped[str | None] = mapped_column(String(20))
    enterprise_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("enterprise.id"))
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("import_batch.id"))
    text: Mapped[str | None]
    status: Mapped[CourseStatus] = mapped_column(state_type(CourseStatus))
    allots_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class CourseVacancy(Base):
    """A vacancy that a course leads to."""

    __tablename__ = "course_vacancy"

    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("course.id"), primary_key=True)
    vacancy_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("vacancy.id"), primary_key=True, index=True
    )


class Enrolment(Keyed, Base):
    """A worker's place in a course.

    `tier` is the lawful priority, 0 first (domain P-TRAINPRIO); `plan` is how somebody means to
    get there (`bus`, `own`, `with`, `unsure`).
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("course_id", "worker_id"),
        Index("ix_enrolment_worker_id_status", "worker_id", "status"),
        Index("ix_enrolment_course_id_status", "course_id", "status"),
    )

    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("course.id"))
    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    address_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact_address.id"))
    status: Mapped[EnrolmentStatus] = mapped_column(state_type(EnrolmentStatus))
    tier: Mapped[int]
    asked_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    drop_reason: Mapped[str | None] = mapped_column(String(16))
    drop_words: Mapped[str | None] = mapped_column(EncryptedText("enrolment.drop_words"))
    certified_on: Mapped[date | None]
    reminded_on: Mapped[date | None]
    plan: Mapped[str | None] = mapped_column(String(8))


class Attendance(Base):
    """That somebody came, or did not, on one day; the last tap counts."""

    __tablename__ = "attendance"

    enrolment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("enrolment.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    present: Mapped[bool]
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]


class TrainingRefusal(Keyed, Base):
    """不去: nobody asks again before `quiet_until`; reasons are pooled for officers."""

    __tablename__ = "training_refusal"
    __table_args__ = (Index("ix_training_refusal_worker_id_at", "worker_id", "at"),)

    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    course_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("course.id"))
    reason: Mapped[str | None] = mapped_column(String(16))
    at: Mapped[datetime]
    quiet_until: Mapped[date]


class TrainingWish(Keyed, Base):
    """Somebody wants to learn; open until a course was completed or they want it no more."""

    __tablename__ = "training_wish"
    __table_args__ = (Index("ix_training_wish_worker_id_closed_at", "worker_id", "closed_at"),)

    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    trade: Mapped[str | None] = mapped_column(String(24))
    since: Mapped[datetime]
    closed_at: Mapped[datetime | None]
