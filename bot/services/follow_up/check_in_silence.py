"""A check-in that nobody answers: asked once more at another hour, then a person looks."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import at_local
from bot.services.cases.cases import open_case, reference
from bot.services.deployment import Deployment
from bot.services.follow_up.check_ins import ASKING_HOUR
from bot.services.people import officers
from bot.services.people.workers import set_status
from storage.models import CheckIn, ContactAddress
from storage.states import CheckInKind, CheckInStatus, Matter, WorkerStatus
from storage.unit_of_work import UnitOfWork

SILENCE = timedelta(hours=72)
MOST_ATTEMPTS = 2
EVENING = (18, 30)
NOON = 12
ASKED_TWICE = frozenset({CheckInKind.STILL_THERE, CheckInKind.STARTED_WORK})
WORDS = "check_in.officer.silent"
UNSETTLED_STATUSES = frozenset(
    {CheckInStatus.SCHEDULED, CheckInStatus.SKIPPED, CheckInStatus.CANCELLED}
)


def note_silence(uow: UnitOfWork, deployment: Deployment, row: CheckIn) -> None:
    """Ask a silent worker once more at another hour; after that an officer is told.

    The question whether the firm has called is not repeated, for the next one follows; nor
    are the firm's own questions, whose buttons keep working.
    """
    if row.kind not in ASKED_TWICE:
        row.status = CheckInStatus.NO_REPLY
        return
    if row.attempt < MOST_ATTEMPTS:
        row.status = CheckInStatus.SCHEDULED
        row.not_before = other_hour(deployment, row.sent_at or deployment.now)
        return
    row.status = CheckInStatus.NO_REPLY
    address = uow.addresses.lock(row.address_id) if row.address_id is not None else None
    if address is not None:
        missed(uow, deployment, row, address)


def missed(uow: UnitOfWork, deployment: Deployment, row: CheckIn, address: ContactAddress) -> None:
    """Open a case for somebody who cannot be heard; two misses in a row are urgent."""
    worker = uow.workers.need(row.worker_id)
    is_second = _missed_before(uow, row)
    open_case(
        uow,
        deployment,
        address=address,
        worker=worker,
        matters=[Matter.LOST_CONTACT],
        words=deployment.text(WORDS, "zh"),
        urgent=is_second,
    )
    if is_second and worker.status is not WorkerStatus.LEFT:
        set_status(uow, worker, WorkerStatus.UNREACHABLE, now=deployment.now)


def heard_again(uow: UnitOfWork, deployment: Deployment, row: CheckIn) -> None:
    """Tell the officer who looks for a silent person that an answer came; else do nothing."""
    worker = uow.workers.need(row.worker_id)
    if worker.status is WorkerStatus.UNREACHABLE:
        set_status(uow, worker, WorkerStatus.EMPLOYED, now=deployment.now)
    if row.address_id is None:
        return
    case = uow.cases.find_open(worker_id=worker.id, address_id=row.address_id)
    if case is None or Matter.LOST_CONTACT not in case.matters:
        return
    officers.inform(
        uow,
        deployment,
        uow.officers.need(case.officer_id),
        "check_in.officer.heard_again",
        dedupe=f"heard_again:{row.id.hex}",
        subject_id=case.id,
        reference=reference(case),
    )


def other_hour(deployment: Deployment, asked_at: datetime) -> datetime:
    """Return the next evening for who was asked in the morning, else the next morning."""
    timezone = deployment.clock.timezone
    was_morning = asked_at.astimezone(timezone).hour < NOON
    hour, minute = EVENING if was_morning else (ASKING_HOUR, 0)
    at = at_local(deployment.today, hour, minute, timezone=timezone)
    if at > deployment.now:
        return at
    return at_local(deployment.today + timedelta(days=1), hour, minute, timezone=timezone)


def _missed_before(uow: UnitOfWork, row: CheckIn) -> bool:
    if row.employment_id is None:
        return False
    earlier = [
        other
        for other in uow.check_ins.of_employment(row.employment_id)
        if other.day < row.day and other.status not in UNSETTLED_STATUSES
    ]
    return bool(earlier) and earlier[-1].status is CheckInStatus.NO_REPLY
