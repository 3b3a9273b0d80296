"""What a course needs as its days come: seats given, reminders, the roll, and its end."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.scheduler.ticks import BATCH, Progress, Tick
from bot.services.deployment import Deployment
from bot.services.sending.one_by_one import succeeds
from bot.services.sending.quiet_hours import end_of_quiet_hours
from bot.services.training import seats, timetable
from storage.unit_of_work import UnitOfWork

JOB = "course_reminders"
TOMORROW = timedelta(days=1)

Due = Callable[[UnitOfWork, Deployment], Sequence[uuid.UUID]]
Act = Callable[[UnitOfWork, Deployment, uuid.UUID], bool]


def run(tick: Tick) -> int:
    """Give seats whose moment has come, move courses on, remind who has a seat tomorrow.

    Reminders go out by day only; each is sent once, whoever runs twice.
    """
    total = 0
    for deployment in tick.deployment.every():
        total += _each(tick, deployment, _to_allot, _allot)
        total += _each(tick, deployment, _to_move_on, timetable.move_on)
        timezone, limits = deployment.clock.timezone, deployment.limits
        if end_of_quiet_hours(tick.now, timezone, limits) is None:
            total += _each(tick, deployment, _to_remind, timetable.remind)
    return total


def _to_allot(uow: UnitOfWork, deployment: Deployment) -> Sequence[uuid.UUID]:
    return uow.courses.to_allot(deployment.bureau_adcode, deployment.now, limit=BATCH)


def _allot(uow: UnitOfWork, deployment: Deployment, course_id: uuid.UUID) -> bool:
    return seats.allot(uow, deployment, course_id) > 0


def _to_move_on(uow: UnitOfWork, deployment: Deployment) -> Sequence[uuid.UUID]:
    return uow.courses.to_move_on(deployment.bureau_adcode, deployment.today, limit=BATCH)


def _to_remind(uow: UnitOfWork, deployment: Deployment) -> Sequence[uuid.UUID]:
    day = deployment.today + TOMORROW
    return uow.enrolments.to_remind(deployment.bureau_adcode, day, limit=BATCH)


def _each(tick: Tick, deployment: Deployment, due: Due, act: Act) -> int:
    return tick.in_batches(functools.partial(_batch, deployment=deployment, due=due, act=act))


def _batch(uow: UnitOfWork, *, deployment: Deployment, due: Due, act: Act) -> Progress:
    keys = due(uow, deployment)
    done = 0
    for key in keys:
        work = functools.partial(act, uow, deployment, key)
        done += succeeds(uow, work, job=JOB, kind="course", key=key) is not None
    # A row that fails stays due: the next tick finds it again, this one does not turn round it.
    return Progress(seen=len(keys) if done == len(keys) else 0, done=done)
