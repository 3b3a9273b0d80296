"""Check-ins: what is planned for a spell or an application, and what is no longer asked."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from bot.clock import at_local
from bot.services.deployment import Deployment
from storage.models import Application, CheckIn, Employment
from storage.repositories.check_ins import OPEN, UNSETTLED
from storage.states import CheckInKind, CheckInStatus
from storage.unit_of_work import UnitOfWork

# Domain A4.2: these days after a start, then each quarter.
SPELL_DAYS = (3, 7, 30, 90, 180)
QUARTER = 90
ASKING_HOUR = 10
CALL_DAY = 2
START_DAY = 5
LATER_START_DAY = 10
WORKER_KINDS = frozenset(
    {CheckInKind.STILL_THERE, CheckInKind.FIRM_CALLED, CheckInKind.STARTED_WORK}
)
PRESENCE_KINDS = frozenset({CheckInKind.STILL_THERE, CheckInKind.STARTED_WORK})
FIRM_KINDS = frozenset({CheckInKind.APPLICANT_CALLED, CheckInKind.APPLICANT_STARTED})


def spell_days(started_on: date, today: date) -> list[int]:
    """Return the days after a start on which is asked: all that passed, and the next quarter."""
    elapsed = (today - started_on).days
    days = list(SPELL_DAYS)
    while days[-1] <= elapsed:
        days.append(days[-1] + QUARTER)
    return days


def plan_for_spell(uow: UnitOfWork, deployment: Deployment, employment: Employment) -> None:
    """Plan the check-ins of an open spell from its start, never from when one was sent.

    May be called again at any time: days that are planned already move with a corrected
    start, days that were called off are planned anew if they lie ahead, and nothing doubles.
    """
    known = {row.day: row for row in uow.check_ins.of_employment(employment.id)}
    for day in spell_days(employment.started_on, deployment.today):
        due_at = due_after(deployment, employment.started_on, day)
        row = known.get(day)
        if row is None:
            _plan(
                uow,
                CheckInKind.STILL_THERE,
                employment.worker_id,
                day=day,
                due_at=due_at,
                employment_id=employment.id,
            )
        elif _may_be_planned_anew(row, due_at, deployment.now):
            row.status, row.due_at, row.not_before = CheckInStatus.SCHEDULED, due_at, due_at
    uow.session.flush()


def plan_for_application(uow: UnitOfWork, deployment: Deployment, application: Application) -> None:
    """Plan what both sides are asked about an application: a call on day 2, work on day 5."""
    for kind, day in (
        (CheckInKind.FIRM_CALLED, CALL_DAY),
        (CheckInKind.APPLICANT_CALLED, CALL_DAY),
        (CheckInKind.STARTED_WORK, START_DAY),
        (CheckInKind.APPLICANT_STARTED, START_DAY),
    ):
        plan_question(uow, deployment, application, kind, day=day)


def plan_question(
    uow: UnitOfWork,
    deployment: Deployment,
    application: Application,
    kind: CheckInKind,
    *,
    day: int,
) -> None:
    """Plan one question about an application, `day` days after it was sent; once only."""
    rows = uow.check_ins.of_application(application.id)
    sent_at = application.sent_at or application.created_at
    sent_on = sent_at.astimezone(deployment.clock.timezone).date()
    due_at = due_after(deployment, sent_on, day)
    known = next((row for row in rows if row.kind is kind and row.day == day), None)
    if known is None:
        _plan(
            uow,
            kind,
            application.worker_id,
            day=day,
            due_at=due_at,
            application_id=application.id,
        )
    elif known.status is CheckInStatus.CANCELLED:
        known.status, known.due_at, known.not_before = CheckInStatus.SCHEDULED, due_at, due_at
    uow.session.flush()


def due_after(deployment: Deployment, start: date, days: int) -> datetime:
    """Return the instant `days` after `start` at the hour at which is asked."""
    timezone = deployment.clock.timezone
    return at_local(start + timedelta(days=days), ASKING_HOUR, timezone=timezone)


def cancel_for_worker(uow: UnitOfWork, worker_id: uuid.UUID) -> None:
    """Ask nothing more about a worker who has left."""
    _call_off(uow, uow.check_ins.unsettled_of(worker_id), UNSETTLED)


def cancel_for_spell(uow: UnitOfWork, employment_id: uuid.UUID) -> None:
    """Ask nothing more about a spell that ended."""
    _call_off(uow, uow.check_ins.of_employment(employment_id), UNSETTLED)


def cancel_for_application(
    uow: UnitOfWork, application_id: uuid.UUID, kinds: Collection[CheckInKind]
) -> None:
    """Ask no more of these questions about an application."""
    rows = [row for row in uow.check_ins.of_application(application_id) if row.kind in kinds]
    _call_off(uow, rows, UNSETTLED)


def bring_forward(
    uow: UnitOfWork, deployment: Deployment, application: Application, started_on: date
) -> None:
    """Ask the worker the day after the firm's word whether work began: 1 day, not 5."""
    due_at = due_after(deployment, started_on, 1)
    for row in uow.check_ins.of_application(application.id):
        is_planned = row.status is CheckInStatus.SCHEDULED
        if row.kind is CheckInKind.STARTED_WORK and is_planned and due_at < row.due_at:
            row.due_at = row.not_before = due_at


def settle(
    uow: UnitOfWork,
    deployment: Deployment,
    row: CheckIn,
    status: CheckInStatus,
    *,
    receipt_id: uuid.UUID | None,
) -> bool:
    """Write an answer down; False when this question has been answered before.

    A late answer counts too: silence is only what was believed so far, and a question that
    was called off, or is to be asked once more, after it had been asked may be answered.
    """
    was_asked = row.sent_at is not None and row.status in {
        CheckInStatus.CANCELLED,
        CheckInStatus.SCHEDULED,
    }
    if row.status not in {*OPEN, CheckInStatus.NO_REPLY} and not was_asked:
        return False
    row.status = status
    row.answered_at = deployment.now
    row.receipt_id = receipt_id
    uow.session.flush()
    return True


def _plan(
    uow: UnitOfWork,
    kind: CheckInKind,
    worker_id: uuid.UUID,
    *,
    day: int,
    due_at: datetime,
    employment_id: uuid.UUID | None = None,
    application_id: uuid.UUID | None = None,
) -> None:
    uow.check_ins.add(
        CheckIn(
            kind=kind,
            worker_id=worker_id,
            employment_id=employment_id,
            application_id=application_id,
            day=day,
            due_at=due_at,
            not_before=due_at,
            status=CheckInStatus.SCHEDULED,
            attempt=0,
        )
    )


def _may_be_planned_anew(row: CheckIn, due_at: datetime, now: datetime) -> bool:
    if row.status is CheckInStatus.SCHEDULED:
        # A retry keeps its own hour; a first question follows the start.
        return row.attempt == 0 and row.due_at != due_at
    return row.status is CheckInStatus.CANCELLED and due_at > now


def _call_off(
    uow: UnitOfWork, rows: Sequence[CheckIn], statuses: Collection[CheckInStatus]
) -> None:
    for row in rows:
        if row.status in statuses:
            row.status = CheckInStatus.CANCELLED
            uow.deliveries.cancel_waiting(row.id, reason="check_in_called_off")
    uow.session.flush()
