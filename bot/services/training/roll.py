"""The roll: who came on which day, who completed, and with which paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.training import certificates
from bot.services.training.statuses import back_from_training, begin_training
from storage.models import Course, Enrolment, Officer, Worker
from storage.training_states import CourseStatus, EnrolmentStatus
from storage.unit_of_work import UnitOfWork

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

    Raises:
        UserError: The day is none of the course, or still ahead.
    """
    course = uow.courses.need(enrolment.course_id)
    if not course.starts_on <= day <= min(course.ends_on, deployment.today):
        raise UserError("course_roll.refused.other_day")
    uow.enrolments.mark(
        enrolment.id,
        day,
        present=present,
        officer_id=officer.id if officer is not None else None,
        at=deployment.now,
    )
    came = bool(uow.enrolments.days_present([enrolment.id]))
    worker = uow.workers.need(enrolment.worker_id)
    if came and enrolment.status is EnrolmentStatus.ENROLLED:
        enrolment.status, enrolment.changed_at = EnrolmentStatus.ATTENDED, deployment.now
        begin_training(uow, deployment, worker)
    elif not came and enrolment.status is EnrolmentStatus.ATTENDED:
        enrolment.status, enrolment.changed_at = EnrolmentStatus.ENROLLED, deployment.now
        uow.session.flush()
        back_from_training(uow, deployment, worker.id)


def toggle_completed(uow: UnitOfWork, deployment: Deployment, enrolment: Enrolment) -> None:
    """Let somebody who came have completed the course, or take that back before it is told."""
    if enrolment.status is EnrolmentStatus.ATTENDED:
        enrolment.status = EnrolmentStatus.COMPLETED
    elif enrolment.status is EnrolmentStatus.COMPLETED and enrolment.certified_on is None:
        enrolment.status = EnrolmentStatus.ATTENDED
    enrolment.changed_at = deployment.now
    uow.session.flush()


def finish(
    uow: UnitOfWork, deployment: Deployment, course: Course, *, certified: bool
) -> Sequence[certificates.Gained]:
    """Close a course: whoever completed it gets its trade, and with `certified` its paper.

    Who came without completing has given the seat back. Everybody who completed is told once,
    with the vacancies that have come within reach.

    Raises:
        UserError: It is not going on or over.
    """
    held = uow.courses.lock(course.id)
    if held is None or held.status not in {CourseStatus.RUNNING, CourseStatus.DONE}:
        raise UserError("course_roll.refused.not_over")
    held.status, held.changed_at = CourseStatus.DONE, deployment.now
    gained = []
    for enrolment, worker in uow.enrolments.of_course(held.id):
        if enrolment.status is EnrolmentStatus.COMPLETED:
            if certified and held.certificate:
                enrolment.certified_on = deployment.today
            uow.session.flush()
            back_from_training(uow, deployment, worker.id)
            gained.append(certificates.gain(uow, deployment, enrolment, worker))
            continue
        reason = "left" if enrolment.status is EnrolmentStatus.ATTENDED else "never_came"
        enrolment.status, enrolment.drop_reason = EnrolmentStatus.DROPPED, reason
        enrolment.changed_at = deployment.now
        uow.session.flush()
        back_from_training(uow, deployment, worker.id)
    return gained
