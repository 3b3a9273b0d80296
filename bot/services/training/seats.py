"""Seats: asked for, given by the lawful order, given back; never more than there are."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.training.course_messages import end_of_first_day, tell
from bot.services.training.statuses import back_from_training
from bot.services.training.tiers import FIRST, in_order, tier_of
from storage.models import ContactAddress, Course, Enrolment, Worker
from storage.training_states import CourseStatus, EnrolmentStatus
from storage.unit_of_work import UnitOfWork

SEAT, WAITS = "training.told.seat_given", "training.told.waits"
CANNOT_GO = (("course_drop", "training.choice.cannot_go"),)
# The seat comes with the one question that brings people there: how will you get there?
PLANS = ("bus", "own", "with", "unsure")
ASKED_PLAN = (
    *((f"plan_{plan}", f"training.plan.{plan}") for plan in PLANS if plan != "unsure"),
    *CANNOT_GO,
)
# Whoever moves up needs a night to get ready.
LEAST_NOTICE = timedelta(days=1)
HELD = frozenset({EnrolmentStatus.ENROLLED, EnrolmentStatus.ATTENDED, EnrolmentStatus.WAITLISTED})
REASONS = ("no_time", "too_far", "no_use", "children", "other")
CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking for a seat.

    Attributes:
        enrolment: The row.
        place: Place in line, from 1; None for whoever has a seat.
        is_new: False where the same person had asked before.
    """

    enrolment: Enrolment
    place: int | None
    is_new: bool


def enrol(
    uow: UnitOfWork,
    deployment: Deployment,
    course_id: uuid.UUID,
    worker: Worker,
    address: ContactAddress | None,
) -> Asked:
    """Ask for a seat; two who ask at once are dealt with one after the other.

    While people gather, whoever comes first by law gets a seat at once: nobody can come before
    them but others of these groups who asked earlier. Everybody else hears when the seats are
    given. After that, and where nobody gathers, a free seat goes to who asks.

    Raises:
        UserError: The course is not open, has begun or is another bureau's, or the person has
            a seat on the same days elsewhere.
    """
    uow.workers.lock(worker.id)
    course = uow.courses.lock(course_id)
    if course is None or course.bureau_adcode != worker.bureau_adcode:
        raise UserError("training.refused.closed")
    if course.status is not CourseStatus.OPEN:
        raise UserError("training.refused.closed")
    if course.starts_on <= deployment.today:
        raise UserError("training.refused.begun", title=course.title)
    known = uow.enrolments.find(course.id, worker.id)
    if known is not None and known.status in HELD:
        return Asked(known, place_of(uow, known), is_new=False)
    _refuse_overlap(uow, course, worker)
    row = known or Enrolment(course_id=course.id, worker_id=worker.id)
    row.address_id = address.id if address is not None else None
    row.tier = tier_of(uow, deployment, worker)
    row.status = _status_for(uow, course, row.tier)
    row.asked_at = row.changed_at = deployment.now
    row.drop_reason = row.drop_words = row.plan = None
    row.reminded_on = _hears_it_now(deployment, course)
    uow.enrolments.add(row)
    return Asked(row, place_of(uow, row), is_new=True)


def place_of(uow: UnitOfWork, enrolment: Enrolment) -> int | None:
    """Return somebody's place in line, from 1; None for whoever does not wait."""
    if enrolment.status is not EnrolmentStatus.WAITLISTED:
        return None
    line = [row.id for row, _worker in uow.enrolments.waiting(enrolment.course_id)]
    return line.index(enrolment.id) + 1 if enrolment.id in line else None


def free_seats(uow: UnitOfWork, course: Course) -> int:
    """Return how many seats are left; never below zero."""
    return max(0, course.seats - uow.enrolments.seats_taken([course.id]).get(course.id, 0))


def allot(uow: UnitOfWork, deployment: Deployment, course_id: uuid.UUID) -> int:
    """Give the seats of a course for which people gathered, and tell everybody; once.

    Returns:
        How many got a seat now; 0 where it was done before.
    """
    course = uow.courses.lock(course_id)
    if course is None or course.status is not CourseStatus.OPEN or course.allots_at is None:
        return 0
    course.allots_at = None
    waiting = uow.enrolments.waiting(course.id)
    seated, left = in_order(uow, deployment, waiting, seats=free_seats(uow, course))
    for enrolment, _worker in seated:
        _seat(uow, deployment, course, enrolment)
    uow.session.flush()
    for place, (enrolment, _worker) in enumerate(left, start=1):
        tell(
            uow,
            deployment,
            enrolment,
            key=WAITS,
            occasion=f"waits:{_stamp(enrolment)}",
            actions=CANNOT_GO,
            expires_at=end_of_first_day(deployment, course),
            place_in_line=place,
        )
    return len(seated)


def move_up(uow: UnitOfWork, deployment: Deployment, course: Course) -> int:
    """Give free seats to those who stand first in line, and tell them; the course is held.

    While people gather only the groups that come first are seated. Nobody is moved into a
    course that begins today.
    """
    if course.status is not CourseStatus.OPEN:
        return 0
    if course.starts_on < deployment.today + LEAST_NOTICE:
        return 0
    waiting = uow.enrolments.waiting(course.id)
    if course.allots_at is not None:
        waiting = [one for one in waiting if one[0].tier == FIRST]
    seated, _left = in_order(uow, deployment, waiting, seats=free_seats(uow, course))
    for enrolment, _worker in seated:
        _seat(uow, deployment, course, enrolment)
    uow.session.flush()
    return len(seated)


def drop(
    uow: UnitOfWork,
    deployment: Deployment,
    enrolment: Enrolment,
    *,
    reason: str | None,
    words: str | None = None,
) -> bool:
    """Give a seat or a place in line back; whoever stands first moves up.

    Returns:
        False where it was given back before, or the course is completed.
    """
    course = uow.courses.lock(enrolment.course_id)
    held = uow.enrolments.lock(enrolment.id)
    if course is None or held is None or held.status not in HELD:
        return False
    was_attending = held.status is EnrolmentStatus.ATTENDED
    held.status, held.changed_at = EnrolmentStatus.DROPPED, deployment.now
    held.drop_reason, held.drop_words = reason, words
    uow.session.flush()
    if was_attending:
        back_from_training(uow, deployment, held.worker_id)
    move_up(uow, deployment, course)
    return True


def _seat(uow: UnitOfWork, deployment: Deployment, course: Course, enrolment: Enrolment) -> None:
    enrolment.status, enrolment.changed_at = EnrolmentStatus.ENROLLED, deployment.now
    enrolment.reminded_on = _hears_it_now(deployment, course)
    tell(
        uow,
        deployment,
        enrolment,
        key=SEAT,
        occasion=f"seat:{_stamp(enrolment)}",
        actions=ASKED_PLAN,
        expires_at=end_of_first_day(deployment, course),
    )


def _status_for(uow: UnitOfWork, course: Course, tier: int) -> EnrolmentStatus:
    has_room = free_seats(uow, course) > 0
    may_have_it = course.allots_at is None or tier == FIRST
    return EnrolmentStatus.ENROLLED if has_room and may_have_it else EnrolmentStatus.WAITLISTED


def _hears_it_now(deployment: Deployment, course: Course) -> date | None:
    """Return the first day where it is tomorrow: the news of the seat is the reminder."""
    is_tomorrow = course.starts_on - deployment.today <= LEAST_NOTICE
    return course.starts_on if is_tomorrow else None


def _refuse_overlap(uow: UnitOfWork, course: Course, worker: Worker) -> None:
    for _enrolment, other in uow.enrolments.held_by(worker.id):
        apart = other.ends_on < course.starts_on or other.starts_on > course.ends_on
        if other.id != course.id and not apart:
            raise UserError("training.refused.overlap", title=other.title)


def _stamp(enrolment: Enrolment) -> str:
    """Return what tells one occasion of the same kind from the next."""
    return f"{enrolment.asked_at:%y%m%d%H%M%S%f}"
