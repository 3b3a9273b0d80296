"""The end of a course: who completed it learns a trade and hears of it; taken back that day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.people.workers import change, draft_of
from bot.services.training import certificates
from bot.services.training.roll import closed_on, closing_name, held_seat
from bot.services.training.schools import actor_of
from bot.services.training.statuses import back_from_training, begin_training
from storage.models import Course, Enrolment, Officer, Worker
from storage.training_states import CourseStatus, EnrolmentStatus
from storage.unit_of_work import UnitOfWork

GAINED = "gained:"
LEFT, NEVER_CAME = "left", "never_came"
GOES_ON = frozenset({CourseStatus.RUNNING, CourseStatus.DONE})
# What is kept of a closing for its undo fits a row of the settings.
MOST_WISHES = 6


def is_early(deployment: Deployment, course: Course) -> bool:
    """Tell whether the last day of a course is still ahead."""
    return deployment.today < course.ends_on


def finish(
    uow: UnitOfWork,
    deployment: Deployment,
    course: Course,
    *,
    certified: bool,
    early: bool = False,
    officer: Officer | None = None,
) -> Sequence[certificates.Gained]:
    """Close a course: whoever completed it gets its trade, and with `certified` its paper.

    Who came without completing has given the seat back. Everybody who completed is told once,
    with the vacancies that have come within reach.

    Args:
        uow: The transaction.
        deployment: The bureau.
        course: Which.
        certified: Whether all who completed it have its paper.
        early: Somebody has said yes to closing it before its last day.
        officer: Who closes it; None for the school or firm that holds it.

    Raises:
        UserError: It is not going on or over, is closed already, or its last day is ahead.
    """
    held = _may_close(uow, deployment, course, early=early)
    _forget_old(uow, deployment)
    held.status, held.changed_at = CourseStatus.DONE, deployment.now
    uow.records.store_setting(closing_name(held.id), deployment.today.isoformat())
    gained = []
    for row, worker in uow.enrolments.of_course(held.id):
        enrolment = held_seat(uow, row)
        if enrolment is None:
            continue
        if enrolment.status is EnrolmentStatus.COMPLETED:
            gained.append(_gain(uow, deployment, held, enrolment, worker, certified=certified))
        else:
            _leave_out(uow, deployment, enrolment)
    _audit(uow, deployment, held, officer, "close_course")
    return gained


def _may_close(uow: UnitOfWork, deployment: Deployment, course: Course, *, early: bool) -> Course:
    held = uow.courses.lock(course.id)
    if held is None or held.status not in GOES_ON:
        raise UserError("course_roll.refused.not_over")
    if closed_on(uow, held.id) is not None:
        raise UserError("course_roll.refused.closed")
    if is_early(deployment, held) and not early:
        raise UserError("course_roll.refused.early")
    return held


def reopen(
    uow: UnitOfWork, deployment: Deployment, course: Course, *, officer: Officer | None = None
) -> int:
    """Take back on the same day that a course was closed; every seat stands as it did.

    The ticks stay. What the closing wrote into a profile is taken out of it, and what waits to
    be told is not told.

    Returns:
        How many had been told already.

    Raises:
        UserError: It is not closed, or was closed on another day.
    """
    held = uow.courses.lock(course.id)
    day = closed_on(uow, course.id)
    if held is None or day is None:
        raise UserError("course_roll.refused.not_closed")
    if day != deployment.today:
        raise UserError("course_roll.refused.too_late")
    over = held.ends_on < deployment.today
    held.status = CourseStatus.DONE if over else CourseStatus.RUNNING
    held.changed_at = deployment.now
    uow.records.forget_setting(closing_name(held.id))
    uow.session.flush()
    told = 0
    for row in uow.enrolments.ended_by_closing(held.id, (LEFT, NEVER_CAME)):
        told += _as_before(uow, deployment, held, row)
    _audit(uow, deployment, held, officer, "reopen_course")
    return told


def _gain(
    uow: UnitOfWork,
    deployment: Deployment,
    course: Course,
    enrolment: Enrolment,
    worker: Worker,
    *,
    certified: bool,
) -> certificates.Gained:
    if certified and course.certificate:
        enrolment.certified_on = deployment.today
    uow.session.flush()
    back_from_training(uow, deployment, worker.id)
    before = draft_of(worker, {})
    wishes = {wish.id.hex for wish in uow.enrolments.wishes_of(worker.id)}
    found = certificates.gain(uow, deployment, enrolment, worker)
    after = draft_of(worker, {})
    uow.session.flush()
    wishes -= {wish.id.hex for wish in uow.enrolments.wishes_of(worker.id)}
    kept = {
        "on": deployment.today.isoformat(),
        "trade": course.trade in set(after.trades) - set(before.trades),
        "paper": course.certificate in set(after.certificates) - set(before.certificates),
        "refused": course.trade in before.refused_trades,
        "wishes": sorted(wishes)[:MOST_WISHES],
    }
    uow.records.store_setting(f"{GAINED}{enrolment.id.hex}", json.dumps(kept))
    return found


def _leave_out(uow: UnitOfWork, deployment: Deployment, enrolment: Enrolment) -> None:
    reason = LEFT if enrolment.status is EnrolmentStatus.ATTENDED else NEVER_CAME
    enrolment.status, enrolment.drop_reason = EnrolmentStatus.DROPPED, reason
    enrolment.changed_at = deployment.now
    uow.session.flush()
    back_from_training(uow, deployment, enrolment.worker_id)


def _as_before(uow: UnitOfWork, deployment: Deployment, course: Course, row: Enrolment) -> bool:
    """Let one seat stand as before the closing; tell whether its person was told already."""
    enrolment = uow.enrolments.lock(row.id)
    if enrolment is None:
        return False
    was_told = False
    if enrolment.status is EnrolmentStatus.COMPLETED:
        _take_back(uow, deployment, course, enrolment)
        was_told = uow.enrolments.take_back_told(enrolment.id, at=deployment.now)
    else:
        _seat_again(enrolment, deployment)
    uow.session.flush()
    goes_on = course.status is CourseStatus.RUNNING
    if goes_on and enrolment.status is not EnrolmentStatus.ENROLLED:
        begin_training(uow, deployment, uow.workers.need(enrolment.worker_id))
    return was_told


def _take_back(
    uow: UnitOfWork, deployment: Deployment, course: Course, enrolment: Enrolment
) -> None:
    """Take out of a profile what this closing wrote into it; what stood there before stays."""
    enrolment.certified_on, enrolment.changed_at = None, deployment.now
    name = f"{GAINED}{enrolment.id.hex}"
    value = uow.records.setting(name)
    worker = uow.workers.lock(enrolment.worker_id)
    if value is None or worker is None:
        return
    kept, known = json.loads(value), draft_of(worker, {})
    trades, papers, refused = known.trades, known.certificates, known.refused_trades
    if kept["trade"]:
        trades = tuple(word for word in trades if word != course.trade)
    if kept["paper"]:
        papers = tuple(word for word in papers if word != course.certificate)
    if kept["refused"] and course.trade:
        refused = tuple(dict.fromkeys((*refused, course.trade)))
    new = replace(known, trades=trades, certificates=papers, refused_trades=refused)
    change(uow, deployment, worker, new)
    uow.enrolments.wish_again(worker.id, kept["wishes"])
    uow.records.forget_setting(name)


def _seat_again(enrolment: Enrolment, deployment: Deployment) -> None:
    came = enrolment.drop_reason == LEFT
    enrolment.status = EnrolmentStatus.ATTENDED if came else EnrolmentStatus.ENROLLED
    enrolment.drop_reason, enrolment.changed_at = None, deployment.now


def _forget_old(uow: UnitOfWork, deployment: Deployment) -> None:
    """Forget what was kept for an undo that is not possible any more."""
    for name, value in uow.records.settings_named(GAINED).items():
        if date.fromisoformat(json.loads(value)["on"]) < deployment.today:
            uow.records.forget_setting(name)


def _audit(
    uow: UnitOfWork, deployment: Deployment, course: Course, officer: Officer | None, action: str
) -> None:
    uow.records.audit(
        actor_of(course, officer),
        action,
        subject_kind="course",
        subject_id=course.id,
        scope=course.adcode or course.bureau_adcode,
        at=deployment.now,
    )
