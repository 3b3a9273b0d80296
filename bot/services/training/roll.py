"""The roll: who came on which day, and who completed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.training.statuses import back_from_training, begin_training
from storage.models import Course, Enrolment, Officer, Worker
from storage.training_states import CourseStatus, EnrolmentStatus
from storage.unit_of_work import UnitOfWork

SEATED = frozenset({EnrolmentStatus.ENROLLED, EnrolmentStatus.ATTENDED, EnrolmentStatus.COMPLETED})
TAKEN_IN = frozenset({CourseStatus.OPEN, CourseStatus.RUNNING, CourseStatus.DONE})


@dataclass(frozen=True, slots=True)
class Pupil:
    """One line of the roll.

    Attributes:
        enrolment: The seat.
        worker: Who has it.
        present: Whether they came on the day; None where nobody wrote it down.
        days: On how many days they came so far.
    """

    enrolment: Enrolment
    worker: Worker
    present: bool | None
    days: int


def roll_of(uow: UnitOfWork, course: Course, day: date) -> list[Pupil]:
    """Return everybody with a seat, who asked first standing first, as of one day."""
    rows = uow.enrolments.of_course(course.id)
    keys = [enrolment.id for enrolment, _worker in rows]
    marked = uow.enrolments.roll(keys, day)
    days = uow.enrolments.days_present(keys)
    return [Pupil(row, who, marked.get(row.id), days.get(row.id, 0)) for row, who in rows]


def roll_day(deployment: Deployment, course: Course) -> date:
    """Return the day whose roll is taken now: today, or the last day of a course that is over.

    Raises:
        UserError: It has not begun, or was called off.
    """
    if course.status not in TAKEN_IN or course.starts_on > deployment.today:
        raise UserError("course_roll.refused.not_begun", day=course.starts_on.day)
    return min(deployment.today, course.ends_on)


def day_before(course: Course, day: date) -> date | None:
    """Return the day before within the course, or None on its first."""
    earlier = day - timedelta(days=1)
    return earlier if earlier >= course.starts_on else None


def mark(
    uow: UnitOfWork,
    deployment: Deployment,
    enrolment: Enrolment,
    day: date,
    *,
    present: bool,
    officer: Officer | None,
) -> None:
    """Write down whether somebody came; the last tap counts.

    Who came for the first time stands as in training; who turns out never to have come does not.
    Nothing is written of somebody who has given the seat back meanwhile.

    Raises:
        UserError: The day is none of the course, or still ahead.
    """
    course = uow.courses.need(enrolment.course_id)
    if not course.starts_on <= day <= min(course.ends_on, deployment.today):
        raise UserError("course_roll.refused.other_day")
    held = held_seat(uow, enrolment)
    if held is None:
        return
    uow.enrolments.mark(
        held.id,
        day,
        present=present,
        officer_id=officer.id if officer is not None else None,
        at=deployment.now,
    )
    came = bool(uow.enrolments.days_present([held.id]))
    if came and held.status is EnrolmentStatus.ENROLLED:
        held.status, held.changed_at = EnrolmentStatus.ATTENDED, deployment.now
        begin_training(uow, deployment, uow.workers.need(held.worker_id))
    elif not came and held.status is EnrolmentStatus.ATTENDED:
        held.status, held.changed_at = EnrolmentStatus.ENROLLED, deployment.now
        uow.session.flush()
        back_from_training(uow, deployment, held.worker_id)
    uow.session.flush()


def toggle_completed(uow: UnitOfWork, deployment: Deployment, enrolment: Enrolment) -> None:
    """Let somebody who came have completed the course, or take that back before it is told.

    Raises:
        UserError: The course is closed; that has to be taken back first.
    """
    held = held_seat(uow, enrolment)
    if held is None or held.status is EnrolmentStatus.ENROLLED:
        return
    if closed_on(uow, enrolment.course_id) is not None:
        raise UserError("course_roll.refused.closed")
    is_ticked = held.status is EnrolmentStatus.COMPLETED
    held.status = EnrolmentStatus.ATTENDED if is_ticked else EnrolmentStatus.COMPLETED
    held.changed_at = deployment.now
    uow.session.flush()


def held_seat(uow: UnitOfWork, enrolment: Enrolment) -> Enrolment | None:
    """Return a seat as it stands now, held after its course; None where it was given back."""
    uow.session.flush()
    uow.courses.lock(enrolment.course_id)
    held = uow.enrolments.lock(enrolment.id)
    return held if held is not None and held.status in SEATED else None


def closed_on(uow: UnitOfWork, course_id: uuid.UUID) -> date | None:
    """Return the day on which a course was closed and its people told; None while it is not.

    A course whose last day is past stands as over, but is not closed by that.
    """
    day = uow.records.setting(closing_name(course_id))
    return date.fromisoformat(day) if day is not None else None


def closing_name(course_id: uuid.UUID) -> str:
    """Return under which name the day of a course's closing is kept."""
    return f"closed:{course_id.hex}"
