"""Why somebody is phoned: how grave it is, and what makes a call pointless."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

from bot.services.deployment import Deployment
from bot.services.people.unsubscribing import FOR_GOOD
from storage.models import CheckIn, PhoneTask, Worker
from storage.repositories.call_rounds import Subjects
from storage.repositories.check_ins import UNSETTLED
from storage.repositories.deliveries import WAITING
from storage.states import (
    CaseStatus,
    CheckInStatus,
    DeliveryKind,
    VacancyStatus,
    WorkerStatus,
)
from storage.unit_of_work import UnitOfWork

CASE = "case"
CHECK_IN = DeliveryKind.CHECK_IN.value
VACANCY = DeliveryKind.VACANCY.value
BROADCAST = DeliveryKind.BROADCAST.value
# A seat that was given is lost if nobody says so in time.
OFFERS = frozenset({VACANCY, DeliveryKind.ENROLMENT.value})

URGENT_CASE, SECOND_MISS, FIRST_CHECK_IN, OTHER_CHECK_IN, OFFER, NEWS = 60, 50, 40, 30, 20, 10
# The days after a start on which most of those who leave have left.
EARLY_DAYS = frozenset({3, 7})
LIFE = timedelta(days=7)
OFFER_LIFE = timedelta(days=3)
# A question is listed in the transaction that asks it; whatever is later is another round.
SAME_ROUND = timedelta(hours=1)
UNSUBSCRIBED, UNREACHABLE, WENT_ON = "unsubscribed", "unreachable", "went_on"


def risk_of(uow: UnitOfWork, worker: Worker, *, kind: str, subject_id: uuid.UUID | None) -> int:
    """Return the place of a call in the day, the highest first.

    An urgent case, a second check-in missed, the first check-ins (day 3 and 7), other
    check-ins, a vacancy or a seat in a course, a broadcast.
    """
    if kind == CASE:
        return URGENT_CASE
    if kind == CHECK_IN:
        return _risk_of_check_in(uow, worker, subject_id)
    return OFFER if kind in OFFERS else NEWS


def _risk_of_check_in(uow: UnitOfWork, worker: Worker, subject_id: uuid.UUID | None) -> int:
    row = uow.check_ins.get(subject_id) if subject_id is not None else None
    if row is None:
        return OTHER_CHECK_IN
    if is_second_miss(uow, row):
        return SECOND_MISS
    is_early = row.employment_id is not None and row.day in EARLY_DAYS
    return FIRST_CHECK_IN if is_early else OTHER_CHECK_IN


def is_second_miss(uow: UnitOfWork, row: CheckIn) -> bool:
    """Tell whether nobody answered this question, or the one before it, the last time."""
    asked_before = row.attempt > 1 or (row.attempt == 1 and row.status is CheckInStatus.SCHEDULED)
    if asked_before or row.employment_id is None:
        return asked_before
    earlier = [
        other
        for other in uow.check_ins.of_employment(row.employment_id)
        if other.day < row.day and other.sent_at is not None
    ]
    return bool(earlier) and earlier[-1].status is CheckInStatus.NO_REPLY


def is_unwanted(worker: Worker, *, kind: str) -> bool:
    """Tell whether somebody who stopped all messages is not to be phoned about this.

    A call that was promised in a case is owed all the same; a check-in is something unasked.
    """
    return kind != CASE and worker.paused_until == FOR_GOOD


def reasons_against(
    uow: UnitOfWork, deployment: Deployment, tasks: Sequence[PhoneTask]
) -> dict[uuid.UUID, str]:
    """Return why calls need not be made any more; those that still make sense are not in it.

    The number of statements is the same for one call and for a hundred.

    Returns:
        By the call's id: `left`, `unsubscribed`, `unreachable`, `answered`, `closed`,
        `went_on` (the question is asked elsewhere by now), `vacancy_closed`, what became of
        the message, or `not_phoned` for what waited too long.
    """
    if not tasks:
        return {}
    subjects = uow.phone_tasks.subjects_of(tasks)
    found = {task.id: _reason(uow, deployment, task, subjects) for task in tasks}
    return {key: reason for key, reason in found.items() if reason is not None}


def is_too_old(deployment: Deployment, task: PhoneTask) -> bool:
    """Tell whether a call waited so long that it is no use any more; a promised one never."""
    if task.kind == CASE:
        return False
    life = OFFER_LIFE if task.kind == VACANCY else LIFE
    return deployment.now - task.created_at > life


def _reason(
    uow: UnitOfWork, deployment: Deployment, task: PhoneTask, subjects: Subjects
) -> str | None:
    settled = _nobody_to_phone(uow, task) or _message_settled(uow, task)
    if settled is None and task.subject_id is not None:
        settled = _subject_settled(uow, task, task.subject_id, subjects)
    return settled or ("not_phoned" if is_too_old(deployment, task) else None)


def _nobody_to_phone(uow: UnitOfWork, task: PhoneTask) -> str | None:
    worker = uow.workers.get(task.worker_id)
    if worker is None or worker.status is WorkerStatus.LEFT:
        return "left"
    address = uow.addresses.get(task.address_id) if task.address_id is not None else None
    is_forbidden = address is not None and address.unsubscribed_at is not None
    if is_forbidden or is_unwanted(worker, kind=task.kind):
        return UNSUBSCRIBED
    return UNREACHABLE if address is not None and address.unreachable_since is not None else None


def _message_settled(uow: UnitOfWork, task: PhoneTask) -> str | None:
    delivery = uow.deliveries.get(task.delivery_id) if task.delivery_id is not None else None
    if delivery is None or delivery.status in WAITING:
        return None
    return (delivery.reason or delivery.status.value)[:24]


def _subject_settled(
    uow: UnitOfWork, task: PhoneTask, subject_id: uuid.UUID, subjects: Subjects
) -> str | None:
    if task.kind == CASE:
        case = uow.cases.get(subject_id)
        is_over = case is None or case.closed_at is not None or case.status is CaseStatus.CONTACTED
        return "closed" if is_over else None
    if task.kind == CHECK_IN:
        row = uow.check_ins.get(subject_id)
        # Silence by now, or about to be asked once more: somebody may still phone.
        if row is None or row.status not in UNSETTLED:
            return "answered"
        return WENT_ON if _went_on(task, row, subjects) else None
    if task.kind == VACANCY:
        vacancy = uow.vacancies.get(subject_id)
        if vacancy is None or vacancy.status is not VacancyStatus.PUBLISHED:
            return "vacancy_closed"
        return "answered" if (task.worker_id, subject_id) in subjects.applied else None
    return None


def _went_on(task: PhoneTask, row: CheckIn, subjects: Subjects) -> bool:
    """Tell whether a question is asked elsewhere by now, and not beside the call from the start."""
    if row.address_id is None or row.address_id == task.address_id:
        return False
    is_taken_over = (row.id, row.address_id) not in subjects.asked_at
    is_asked_anew = row.sent_at is not None and row.sent_at - task.created_at > SAME_ROUND
    return is_taken_over or is_asked_anew
