"""A course that changes or is called off: everybody with a seat, or in line, is told."""

from __future__ import annotations

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.training import courses
from bot.services.training.course_messages import end_of_first_day, tell
from bot.services.training.schools import actor_of
from bot.services.training.seats import CANCELLED, CANNOT_GO, HELD, move_up
from bot.services.training.statuses import back_from_training
from bot.understanding.courses.course_facts import CourseFacts
from storage.models import Course, Officer
from storage.states import DeliveryKind
from storage.training_states import CourseStatus, EnrolmentStatus
from storage.unit_of_work import UnitOfWork

CHANGED, CALLED_OFF = "training.told.changed", "training.told.cancelled"
# What makes people come on the wrong day or to the wrong door.
TOLD_OF = ("starts_on", "ends_on", "adcode", "address", "daily")
MAY_CHANGE = frozenset({CourseStatus.DRAFT, CourseStatus.OPEN, CourseStatus.RUNNING})


def change(uow: UnitOfWork, deployment: Deployment, course: Course, facts: CourseFacts) -> int:
    """Write what changed; more seats go to those in line, other days or places are told.

    Returns:
        How many people were told.

    Raises:
        UserError: It is over; it has fewer seats now than people; an open course would begin
            today or earlier; or the facts cannot be a course.
    """
    held = uow.courses.lock(course.id)
    if held is None or held.status not in MAY_CHANGE:
        raise UserError("courses.refused.over", number=courses.reference(course))
    before = courses.facts_of(held)
    taken = uow.enrolments.seats_taken([held.id]).get(held.id, 0)
    if facts.seats is not None and facts.seats < taken:
        raise UserError("courses.refused.seats_taken", taken=taken)
    moves = facts.starts_on != before.starts_on
    if moves and held.status is CourseStatus.RUNNING:
        raise UserError("courses.refused.begun", number=courses.reference(course))
    is_past = facts.starts_on is not None and facts.starts_on <= deployment.today
    if moves and is_past and held.status is CourseStatus.OPEN:
        raise UserError("courses.refused.past", number=courses.reference(course))
    courses.write(held, facts, now=deployment.now)
    uow.session.flush()
    told = 0
    if held.status is not CourseStatus.DRAFT:
        if any(getattr(facts, name) != getattr(before, name) for name in TOLD_OF):
            told = _tell_all(uow, deployment, held, key=CHANGED)
            _forget_offers(uow, held, reason="course_changed")
        move_up(uow, deployment, held)
    return told


def cancel(uow: UnitOfWork, deployment: Deployment, course: Course, officer: Officer | None) -> int:
    """Call a course off; everybody with a seat or in line is told.

    Returns:
        How many people were told.

    Raises:
        UserError: It is over or was called off before.
    """
    held = uow.courses.lock(course.id)
    if held is None or held.status not in MAY_CHANGE:
        raise UserError("courses.refused.over", number=courses.reference(course))
    was_draft = held.status is CourseStatus.DRAFT
    held.status, held.allots_at, held.changed_at = CourseStatus.CANCELLED, None, deployment.now
    _forget_offers(uow, held, reason="course_cancelled")
    told = 0 if was_draft else _tell_all(uow, deployment, held, key=CALLED_OFF)
    for enrolment in uow.enrolments.holding(held.id):
        if enrolment.status not in HELD:
            continue
        was_attending = enrolment.status is EnrolmentStatus.ATTENDED
        enrolment.status, enrolment.drop_reason = EnrolmentStatus.DROPPED, CANCELLED
        enrolment.changed_at = deployment.now
        uow.session.flush()
        if was_attending:
            back_from_training(uow, deployment, enrolment.worker_id)
    uow.records.audit(
        actor_of(held, officer),
        "cancel_course",
        subject_kind="course",
        subject_id=held.id,
        scope=held.adcode or held.bureau_adcode,
        at=deployment.now,
    )
    return told


def _tell_all(uow: UnitOfWork, deployment: Deployment, course: Course, *, key: str) -> int:
    stamp = f"{deployment.now:%y%m%d%H%M%S%f}"
    told = 0
    for enrolment in uow.enrolments.holding(course.id):
        enrolment.reminded_on = None
        told += tell(
            uow,
            deployment,
            enrolment,
            key=key,
            occasion=f"{key.rpartition('.')[2]}:{stamp}",
            actions=CANNOT_GO if key == CHANGED else (("courses_near", "training.choice.others"),),
            expires_at=end_of_first_day(deployment, course) if key == CHANGED else None,
        )
    return told


def _forget_offers(uow: UnitOfWork, course: Course, *, reason: str) -> None:
    """Let offers that wait in the queue not go out: what they say is no longer so."""
    uow.deliveries.cancel_waiting(course.id, reason=reason, kinds=(DeliveryKind.COURSE,))
