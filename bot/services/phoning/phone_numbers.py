"""The numbers at which workers are phoned: made when needed, changed, found right after all."""

from __future__ import annotations

from collections.abc import Iterable

from bot.services.deployment import Deployment
from bot.services.people.parting import part
from bot.services.phoning.call_reasons import UNREACHABLE, is_too_old
from bot.understanding.writing.phones import find_phones
from storage.models import ContactAddress, Delivery, PhoneTask, Worker
from storage.states import CallOutcome, CallStatus, DeliveryStatus, Way, WorkerStatus
from storage.unit_of_work import UnitOfWork

CHANNEL = Way.PHONE.value
SELF = "self"
UNDONE = frozenset({DeliveryStatus.FAILED, DeliveryStatus.SKIPPED})


def phone_address(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> ContactAddress | None:
    """Return where a worker is phoned, made when it is first needed.

    An older number of the worker is the worker's no more; what was to be said there is said at
    the new one. None without a number that can be dialled. Whether the person wants to be
    phoned, and whether the number is right, stands in the row.
    """
    digits = _digits_of(worker)
    if digits is None or worker.status is WorkerStatus.LEFT:
        return None
    own = deployment.of(worker.bureau_adcode)
    address = address_of_number(uow, own, digits)
    former = [
        other
        for other in uow.addresses.addresses_of(worker.id)
        if other.account_id == address.account_id and other.id != address.id
    ]
    uow.workers.link(worker.id, address.id, relation=SELF, since=deployment.now)
    for other in former:
        _move(uow, worker, other, address)
    return address


def address_of_number(uow: UnitOfWork, deployment: Deployment, digits: str) -> ContactAddress:
    """Return the phone address of a number as `find_phones` gives it, whoever answers there."""
    account = uow.accounts.find_or_add(CHANNEL, deployment.bureau_adcode)
    address = uow.addresses.find_or_add(account.id, digits, language="zh", now=deployment.now)
    uow.session.flush()
    return address


def people_at(uow: UnitOfWork, deployment: Deployment, address: ContactAddress) -> list[Worker]:
    """Return whom one reaches at a phone address; who has another number by now is let off it."""
    people: list[Worker] = []
    for worker in uow.addresses.workers_at(address.id):
        # A relative without a number of their own is reached here as well.
        if _digits_of(worker) in {None, address.address}:
            people.append(worker)
        else:
            phone_address(uow, deployment, worker)
    return people


def take_up_again(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, address: ContactAddress
) -> int:
    """Ask at a number that is right what was given up at one that was wrong; return how much.

    An officer named the number, so it counts as working even where it was called wrong before.
    """
    address.unreachable_since = None
    lost = uow.phone_tasks.lost_with_number(worker.id, reason=UNREACHABLE)
    again = [task for task in lost if not is_too_old(deployment, task)]
    for task in again:
        task.attempts = 0
        if task.address_id is not None and task.address_id != address.id:
            uow.return_links.move_questions(
                worker.id, from_address=task.address_id, to_address=address.id
            )
        task.address_id, task.planned_on = address.id, deployment.today
    reopen(uow, again, reasons=(UNREACHABLE, CallOutcome.WRONG_NUMBER.value))
    _send_to(uow, again, address)
    return len(again)


def reopen(uow: UnitOfWork, tasks: Iterable[PhoneTask], *, reasons: Iterable[str]) -> None:
    """Let calls stand on the list again, and messages wait that were lost for one of `reasons`."""
    known = frozenset(reasons)
    for task in tasks:
        task.status, task.outcome = CallStatus.OPEN, None
        task.reason, task.closed_at = None, None
        delivery = _delivery_of(uow, task)
        if delivery is not None and delivery.status in UNDONE and delivery.reason in known:
            delivery.status, delivery.reason = DeliveryStatus.QUEUED, None
            delivery.accepted_at = None
    uow.session.flush()


def _move(uow: UnitOfWork, worker: Worker, former: ContactAddress, address: ContactAddress) -> None:
    """Phone a worker at another number from now on; whoever holds the old one is left alone."""
    tasks = [one for one in uow.phone_tasks.open_at(former.id) if one.worker_id == worker.id]
    for task in tasks:
        task.address_id = address.id
    _send_to(uow, tasks, address)
    part(uow, worker, former, to=address.id)


def _send_to(uow: UnitOfWork, tasks: Iterable[PhoneTask], address: ContactAddress) -> None:
    for task in tasks:
        delivery = _delivery_of(uow, task)
        if delivery is not None and delivery.account_id == address.account_id:
            delivery.address_id = address.id
    uow.session.flush()


def _delivery_of(uow: UnitOfWork, task: PhoneTask) -> Delivery | None:
    return uow.deliveries.get(task.delivery_id) if task.delivery_id is not None else None


def _digits_of(worker: Worker) -> str | None:
    numbers = find_phones(worker.phone or "")
    return numbers[0].digits if numbers else None
