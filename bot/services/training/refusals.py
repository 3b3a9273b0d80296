"""不去: nobody asks again for 30 days, after the second time for 90; why is pooled for officers."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from bot.services.deployment import Deployment
from bot.services.training.seats import REASONS
from storage.models import TrainingRefusal
from storage.unit_of_work import UnitOfWork

FIRST_QUIET, LATER_QUIET = timedelta(days=30), timedelta(days=90)
# Twice on one day is one refusal: a button that was tapped again.
SAME = timedelta(hours=1)


def refuse(
    uow: UnitOfWork,
    deployment: Deployment,
    worker_id: uuid.UUID,
    course_id: uuid.UUID | None,
) -> TrainingRefusal:
    """Note a 不去; the reason may follow. The same tapped again is the same refusal."""
    earlier = uow.enrolments.refusals_of(worker_id)
    if earlier and deployment.now - earlier[0].at < SAME:
        return earlier[0]
    quiet = LATER_QUIET if earlier else FIRST_QUIET
    row = TrainingRefusal(
        worker_id=worker_id,
        course_id=course_id,
        at=deployment.now,
        quiet_until=deployment.today + quiet,
    )
    uow.enrolments.keep(row)
    return row


def give_reason(row: TrainingRefusal, reason: str) -> None:
    """Write down why.

    Raises:
        ValueError: It is none of the reasons that are pooled.
    """
    if reason not in REASONS:
        raise ValueError(f"no such reason: {reason}")
    row.reason = reason


def quiet_until(uow: UnitOfWork, worker_id: uuid.UUID) -> date | None:
    """Return the day before which nobody offers this worker a course; None where nobody refused."""
    rows = uow.enrolments.refusals_of(worker_id)
    return max((row.quiet_until for row in rows), default=None)


def is_quiet(uow: UnitOfWork, deployment: Deployment, worker_id: uuid.UUID) -> bool:
    """Tell whether a worker said 不去 lately and has not wished for a course since."""
    rows = uow.enrolments.refusals_of(worker_id)
    until = max((row.quiet_until for row in rows), default=None)
    if until is None or until <= deployment.today:
        return False
    return not any(wish.since > rows[0].at for wish in uow.enrolments.wishes_of(worker_id))
