"""A course as its days come: reminders the day before, its first day, its end."""

from __future__ import annotations

import uuid

from bot.messages import Body, Option
from bot.services.deployment import Deployment
from bot.services.sending.deliveries import Draft, action_data, push
from bot.services.training.course_messages import end_of_first_day, tell
from bot.services.training.courses import reference
from bot.services.training.statuses import back_from_training
from storage.models import Course
from storage.states import DeliveryKind
from storage.training_states import CourseStatus, EnrolmentStatus
from storage.unit_of_work import UnitOfWork

REMIND = "training.remind.said"
ANSWERS = (("course_go", "training.choice.goes"), ("course_drop", "training.choice.cannot_go"))
TO_TAKE, TO_FINISH = "course_roll.told.to_take", "course_roll.told.to_finish"


def remind(uow: UnitOfWork, deployment: Deployment, enrolment_id: uuid.UUID) -> bool:
    """Remind somebody of tomorrow's first day, with place, time, what to bring, and their plan.

    Returns:
        Whether a message was queued; the seat counts as reminded either way, and an officer sees
        on the roll who did not come.
    """
    enrolment = uow.enrolments.lock(enrolment_id)
    if enrolment is None or enrolment.status is not EnrolmentStatus.ENROLLED:
        return False
    course = uow.courses.need(enrolment.course_id)
    if enrolment.reminded_on == course.starts_on:
        return False
    enrolment.reminded_on = course.starts_on
    return tell(
        uow,
        deployment,
        enrolment,
        key=REMIND,
        occasion=f"remind:{course.starts_on:%y%m%d}",
        actions=ANSWERS,
        expires_at=end_of_first_day(deployment, course),
    )


def move_on(uow: UnitOfWork, deployment: Deployment, course_id: uuid.UUID) -> bool:
    """Let a course run from its first day and be over after its last; tell who takes the roll.

    Who still waits when it begins waits no more. Who came stands as before the course once it is
    over, whether or not somebody has ticked yet who completed it.
    """
    course = uow.courses.lock(course_id)
    if course is None:
        return False
    if course.status is CourseStatus.OPEN and course.starts_on <= deployment.today:
        course.status, course.allots_at, course.changed_at = (
            CourseStatus.RUNNING,
            None,
            deployment.now,
        )
        for enrolment, _worker in uow.enrolments.waiting(course.id):
            enrolment.status, enrolment.drop_reason = EnrolmentStatus.DROPPED, "full"
            enrolment.changed_at = deployment.now
        _tell_holders(uow, deployment, course, key=TO_TAKE, label="courses.choice.roll")
    if course.status is CourseStatus.RUNNING and course.ends_on < deployment.today:
        course.status, course.changed_at = CourseStatus.DONE, deployment.now
        uow.session.flush()
        for enrolment, worker in uow.enrolments.of_course(course.id):
            if enrolment.status is EnrolmentStatus.ATTENDED:
                back_from_training(uow, deployment, worker.id)
        _tell_holders(uow, deployment, course, key=TO_FINISH, label="courses.choice.graduates")
    uow.session.flush()
    return True


def _tell_holders(
    uow: UnitOfWork, deployment: Deployment, course: Course, *, key: str, label: str
) -> None:
    """Tell the officer, and the school or firm that holds it, what is to be done now."""
    action = "roll" if key == TO_TAKE else "graduates"
    addresses = (
        [] if course.enterprise_id is None else uow.enterprises.addresses_of(course.enterprise_id)
    )
    officer = uow.officers.get(course.officer_id) if course.officer_id is not None else None
    if officer is not None and officer.retired_at is None:
        addresses = [*addresses, uow.addresses.need(officer.address_id)]
    for address in addresses:
        words = deployment.text(key, address.language, number=reference(course), title=course.title)
        option = Option(
            1, deployment.text(label, address.language), action_data(action, course.id.hex)
        )
        draft = Draft(
            key,
            Body(words, (option,)),
            f"{action}:{course.id.hex}:{address.id.hex}",
            kind=DeliveryKind.TASK,
            subject_id=course.id,
        )
        push(uow, address, draft, now=deployment.now)
