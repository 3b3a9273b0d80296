"""Which check-ins are asked now, where, and which have to wait."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.services.cases.hand_over import is_in_hand_over
from bot.services.deployment import Deployment
from bot.services.follow_up.check_in_silence import SILENCE, missed
from bot.services.follow_up.check_ins import WORKER_KINDS
from bot.services.people.reachable import address_of
from bot.services.people.unsubscribing import FOR_GOOD
from bot.services.sending import ways
from storage.models import CheckIn, ContactAddress
from storage.states import ApplicationStatus, CheckInKind, CheckInStatus, Way
from storage.unit_of_work import UnitOfWork

DIALOGUE_REST = timedelta(minutes=10)
PUSH_REST = timedelta(hours=1)
POSTPONED_BY = timedelta(hours=1)

# Statuses of an application in which each question still means something.
MEANINGFUL: dict[CheckInKind, frozenset[ApplicationStatus]] = {
    CheckInKind.FIRM_CALLED: frozenset({ApplicationStatus.SENT, ApplicationStatus.NO_ANSWER}),
    CheckInKind.APPLICANT_CALLED: frozenset({ApplicationStatus.SENT}),
    CheckInKind.STARTED_WORK: frozenset(
        {
            ApplicationStatus.SENT,
            ApplicationStatus.NO_ANSWER,
            ApplicationStatus.INTERVIEW,
            ApplicationStatus.HIRED,
            ApplicationStatus.NO_SHOW,  # the firm's word; the worker is heard as well
        }
    ),
    CheckInKind.APPLICANT_STARTED: frozenset(
        {ApplicationStatus.SENT, ApplicationStatus.NO_ANSWER, ApplicationStatus.INTERVIEW}
    ),
}


@dataclass(frozen=True, slots=True)
class Round:
    """A check-in of a worker that is to be asked now.

    Attributes:
        row: The check-in.
        address: Where the answer is expected and silence is noted.
        asked: Every address at which it is asked, with the way there: a page that may be
            closed beside a text message or a call.
    """

    row: CheckIn
    address: ContactAddress
    asked: tuple[tuple[ContactAddress, Way], ...]


def worker_round(uow: UnitOfWork, deployment: Deployment, row: CheckIn) -> Round | None:
    """Return where a due check-in is asked now, its addresses held; None when it is not.

    Of several that are due about one spell or application the newest is asked and the older
    are recorded as skipped, so that a start that was entered late catches up with one
    question. It waits, and is not skipped, while an officer talks there, while the person is
    in the middle of something else, after another push, and while another check-in is open
    at the address.
    """
    if not is_meaningful(uow, row):
        row.status = CheckInStatus.CANCELLED
        return None
    if _newest_due(uow, deployment, row) is not row:
        row.status = CheckInStatus.SKIPPED
        return None
    application = uow.applications.get(row.application_id) if row.application_id else None
    preferred = application.address_id if application else None
    worker = uow.workers.need(row.worker_id)
    latest = address_of(uow, row.worker_id, preferred=preferred)
    is_stopped = latest is not None and latest.unsubscribed_at is not None
    if is_stopped or worker.paused_until == FOR_GOOD:
        row.status = CheckInStatus.SKIPPED
        return None
    found = ways.addresses_for_question(uow, deployment, worker, preferred=preferred)
    asked = [(uow.addresses.lock(address.id) or address, way) for address, way in found]
    if not asked:
        _note_out_of_reach(uow, deployment, row, latest)
        return None
    if any(_is_busy(uow, deployment, row, address) for address, _ in asked):
        row.not_before = deployment.now + POSTPONED_BY
        return None
    return Round(row, _answered_at(asked), tuple(asked))


def _answered_at(asked: Sequence[tuple[ContactAddress, Way]]) -> ContactAddress:
    """Return where an answer is expected: a page before a call, which only an officer makes."""
    written = [address for address, way in asked if way is not Way.PHONE]
    return written[0] if written else asked[0][0]


def _note_out_of_reach(
    uow: UnitOfWork, deployment: Deployment, row: CheckIn, address: ContactAddress | None
) -> None:
    if address is None:
        row.status = CheckInStatus.SKIPPED
        return
    row.status, row.sent_at = CheckInStatus.NO_REPLY, deployment.now
    missed(uow, deployment, row, address)


def is_meaningful(uow: UnitOfWork, row: CheckIn) -> bool:
    """Tell whether the question still makes sense after what was said since it was planned."""
    if row.application_id is None:
        spell = uow.employments.get(row.employment_id) if row.employment_id else None
        return spell is not None and spell.ended_on is None
    application = uow.applications.get(row.application_id)
    return application is not None and application.status in MEANINGFUL[row.kind]


def mark_sent(deployment: Deployment, row: CheckIn, address: ContactAddress) -> None:
    """Note that the question went out."""
    row.status = CheckInStatus.SENT
    row.sent_at = deployment.now
    row.address_id = address.id
    row.attempt += 1


def _newest_due(uow: UnitOfWork, deployment: Deployment, row: CheckIn) -> CheckIn:
    """Return the newest due question about the same spell or application; drop what it covers."""
    if row.employment_id is not None:
        rows = uow.check_ins.of_employment(row.employment_id)
        spell = uow.employments.need(row.employment_id)
        if spell.application_id is not None:
            _skip_worker_questions(uow, spell.application_id)
    elif row.application_id is not None:
        rows = uow.check_ins.of_application(row.application_id)
    else:
        return row
    due = [
        other
        for other in rows
        if other.kind in WORKER_KINDS
        and other.status is CheckInStatus.SCHEDULED
        and other.not_before <= deployment.now
    ]
    return max(due, key=lambda other: other.day, default=row)


def _skip_worker_questions(uow: UnitOfWork, application_id: uuid.UUID) -> None:
    """Whoever is asked 还在不 need not be asked 上班没有 as well."""
    for other in uow.check_ins.of_application(application_id):
        if other.kind in WORKER_KINDS and other.status is CheckInStatus.SCHEDULED:
            other.status = CheckInStatus.SKIPPED


def _is_busy(
    uow: UnitOfWork, deployment: Deployment, row: CheckIn, address: ContactAddress
) -> bool:
    now = deployment.now
    if is_in_hand_over(address):
        return True
    last = address.last_inbound_at
    if address.step is not None and last is not None and now - last < DIALOGUE_REST:
        return True
    if uow.deliveries.pushes_since(row.worker_id, now - PUSH_REST):
        return True
    other = uow.check_ins.open_at(address.id, WORKER_KINDS, sent_after=now - SILENCE)
    return other is not None and other.id != row.id
