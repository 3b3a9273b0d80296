"""Today's phone list: whom an officer phones because no message gets there."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import at_local
from bot.services.cases.office_hours import WORKDAYS
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.phoning.call_reasons import is_unwanted, reasons_against, risk_of
from bot.services.phoning.phone_numbers import CHANNEL, address_of_number, phone_address
from storage.models import ContactAddress, Delivery, Officer, PhoneTask, Worker
from storage.repositories.deliveries import WAITING
from storage.states import CallOutcome, DeliveryStatus
from storage.unit_of_work import UnitOfWork

__all__ = [
    "CHANNEL",
    "DayList",
    "add",
    "address_of_number",
    "day_list",
    "delivery_of",
    "let_go",
    "may_be_phoned",
    "next_workday",
    "owner_of",
    "phone_address",
    "put_off",
    "start_of_day",
    "today_and_gone",
]

OFFICE_CLOSES = time(17)
# Read beyond the day's room, because some fall off and some are about the same person.
SPARE = 20
MOST_READS = 5
# Nobody was spoken with, so the person may be phoned on the same day at the right number.
MISDIALLED = (CallOutcome.WRONG_NUMBER,)


@dataclass(frozen=True, slots=True)
class DayList:
    """An officer's calls of a day.

    Attributes:
        tasks: What is left of today, the gravest first; nobody stands in it twice.
        called: How many people were phoned today already.
        waiting: How many more people wait for another day.
    """

    tasks: tuple[PhoneTask, ...]
    called: int
    waiting: int


def add(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    *,
    kind: str,
    subject_id: uuid.UUID | None = None,
    delivery_id: uuid.UUID | None = None,
    address_id: uuid.UUID | None = None,
    dedupe: str,
    risk: int | None = None,
) -> PhoneTask | None:
    """Put a call on the list of the officer of the worker's home; None where nothing was added.

    `kind` is `check_in`, `vacancy`, `broadcast` or `case`, `subject_id` which one, `delivery_id`
    the message the call stands for. `dedupe` is listed once. The address is found and the risk
    reckoned where they are None.
    Nothing is added without a number, where the person wants no such calls or the number is
    wrong, where nobody looks after the place, and when the key was used before.
    """
    found = uow.addresses.get(address_id) if address_id is not None else None
    address = found or phone_address(uow, deployment, worker)
    officer = owner_of(uow, deployment, worker)
    if address is None or officer is None or is_unwanted(worker, kind=str(kind)):
        return None
    if not may_be_phoned(address):
        return None
    task = PhoneTask(
        officer_id=officer.id,
        worker_id=worker.id,
        address_id=address.id,
        delivery_id=delivery_id,
        kind=str(kind),
        subject_id=subject_id,
        risk=risk if risk is not None else risk_of(uow, worker, kind=kind, subject_id=subject_id),
        planned_on=_first_day(uow, deployment, worker),
        dedupe_key=dedupe,
        created_at=deployment.now,
    )
    return task if uow.phone_tasks.add_once(task) else None


def may_be_phoned(address: ContactAddress) -> bool:
    """Tell whether calls to this number are wanted and get there."""
    return address.unsubscribed_at is None and address.unreachable_since is None


def owner_of(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> Officer | None:
    """Return who phones a worker: the officer of the home, else of the bureau; None if nobody."""
    code = officers.code_of_worker(worker, worker.bureau_adcode)
    for place in (code, deployment.bureau_adcode):
        try:
            return officers.owner_for(uow, place, person=worker.id, bureau=worker.bureau_adcode)
        except officers.NoOfficerError:
            continue
    return None


def day_list(uow: UnitOfWork, deployment: Deployment, officer: Officer) -> DayList:
    """Return what is left of an officer's calls today, at most as many as a day may hold.

    What needs no call any more is let go before the officer sees it.
    """
    chosen, _gone = today_and_gone(uow, deployment, officer)
    called = uow.phone_tasks.called_by(officer.id, since=start_of_day(deployment))
    everybody = uow.phone_tasks.count_open(officer.id, until=date.max)
    return DayList(chosen, len(called), max(0, everybody - len(chosen)))


def today_and_gone(
    uow: UnitOfWork, deployment: Deployment, officer: Officer
) -> tuple[tuple[PhoneTask, ...], int]:
    """Return an officer's calls of today as in `day_list`, and how many were let go on the way.

    Reads little more than a day holds, however many wait.
    """
    since = start_of_day(deployment)
    called = uow.phone_tasks.called_by(officer.id, since=since)
    room = max(0, deployment.limits.phone_tasks_a_day - len(called))
    spoken = uow.phone_tasks.called_by(officer.id, since=since, besides=MISDIALLED)
    chosen: dict[uuid.UUID, PhoneTask] = {}
    gone = 0
    for _ in range(MOST_READS):
        most = room - len(chosen) + SPARE
        rows = uow.phone_tasks.open_for(
            officer.id, until=deployment.today, besides={*spoken, *chosen}, limit=most
        )
        reasons = reasons_against(uow, deployment, rows)
        for task in rows:
            if task.id in reasons:
                gone += let_go(uow, deployment, task, reason=reasons[task.id])
            elif len(chosen) < room:
                chosen.setdefault(task.worker_id, task)
        if len(chosen) >= room or len(rows) < most:
            break
    return tuple(chosen.values()), gone


def let_go(uow: UnitOfWork, deployment: Deployment, task: PhoneTask, *, reason: str) -> bool:
    """Close a call that nobody makes; its message is skipped for the same reason.

    Returns:
        False, and nothing is changed, where an officer wrote an outcome down meanwhile.
    """
    if not uow.phone_tasks.close_open(task, reason=reason, at=deployment.now):
        return False
    delivery = delivery_of(uow, task)
    if delivery is not None and delivery.status in WAITING:
        delivery.status, delivery.reason = DeliveryStatus.SKIPPED, reason
    uow.session.flush()
    return True


def delivery_of(uow: UnitOfWork, task: PhoneTask) -> Delivery | None:
    """Return the message that a call stands for, or None."""
    return uow.deliveries.get(task.delivery_id) if task.delivery_id is not None else None


def put_off(uow: UnitOfWork, deployment: Deployment, worker_id: uuid.UUID) -> None:
    """Move whatever else waits for somebody who was phoned just now to the next working day."""
    tomorrow = next_workday(deployment.today)
    for task in uow.phone_tasks.open_of_worker(worker_id):
        task.planned_on = max(task.planned_on, tomorrow)
    uow.session.flush()


def start_of_day(deployment: Deployment) -> datetime:
    """Return the instant at which today began in the city."""
    return at_local(deployment.today, 0, timezone=deployment.clock.timezone)


def next_workday(day: date) -> date:
    """Return the first working day after `day`."""
    day += timedelta(days=1)
    while day.weekday() not in WORKDAYS:
        day += timedelta(days=1)
    return day


def _first_day(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> date:
    today = deployment.today
    is_over = deployment.now.astimezone(deployment.clock.timezone).time() >= OFFICE_CLOSES
    if today.weekday() not in WORKDAYS or is_over:
        return next_workday(today)
    if uow.phone_tasks.was_called_since(worker.id, start_of_day(deployment)):
        return next_workday(today)
    return today
