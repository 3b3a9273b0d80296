"""Tells people of a course that fits them: those who wished for it, then those it helps most."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Sequence

from bot.scheduler.ticks import BATCH, Tick
from bot.services.deployment import Deployment
from bot.services.sending.one_by_one import succeeds
from bot.services.sending.quiet_hours import end_of_quiet_hours
from bot.services.training.offers import Fit, fits_for, offer, room_for_offers
from storage.unit_of_work import UnitOfWork

JOB = "course_offers"


def tell(tick: Tick) -> int:
    """Offer each open course to whom it fits, three people a free seat; return how many.

    Whom it fits is found in a transaction that only reads; each person is then looked at once
    more in a savepoint of their own. Nobody is told in the quiet hours.
    """
    total = 0
    for deployment in tick.deployment.every():
        timezone, limits = deployment.clock.timezone, deployment.limits
        if end_of_quiet_hours(tick.now, timezone, limits) is None:
            total += _tell_in(tick, deployment)
    return total


def _tell_in(tick: Tick, deployment: Deployment) -> int:
    keys = tick.database.read(functools.partial(_open_courses, deployment=deployment))
    if not keys:
        return 0
    tick.database.read(deployment.board.refresh)
    total = 0
    for key in keys:
        fits = tick.database.read(functools.partial(_fits, deployment=deployment, course_id=key))
        for start in range(0, len(fits), BATCH):
            part = fits[start : start + BATCH]
            total += tick.database.run(
                functools.partial(_offer, deployment=deployment, course_id=key, fits=part)
            )
    return total


def _open_courses(uow: UnitOfWork, *, deployment: Deployment) -> list[uuid.UUID]:
    rows = uow.courses.upcoming(deployment.bureau_adcode, deployment.today)
    return [row.id for row in rows]


def _fits(uow: UnitOfWork, *, deployment: Deployment, course_id: uuid.UUID) -> Sequence[Fit]:
    course = uow.courses.need(course_id)
    if room_for_offers(uow, course) == 0:
        return ()
    known = uow.courses.told_workers(course_id)
    return [fit for fit in fits_for(uow, deployment, course) if fit.worker_id not in known]


def _offer(
    uow: UnitOfWork, *, deployment: Deployment, course_id: uuid.UUID, fits: Sequence[Fit]
) -> int:
    course = uow.courses.lock(course_id)
    if course is None or course.starts_on <= deployment.today:
        return 0
    room = room_for_offers(uow, course)
    told = 0
    for fit in fits:
        if told >= room:
            break
        work = functools.partial(offer, uow, deployment, course, fit)
        told += bool(succeeds(uow, work, job=JOB, kind="worker", key=fit.worker_id))
    return told
