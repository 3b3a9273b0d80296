"""What came of a call: written down, and taken back within ten minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.errors import UserError
from bot.messages import Option
from bot.services.cases import case_outcomes
from bot.services.cases.cases import open_case
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.workers import set_status, short_name
from bot.services.phoning import call_memory, phone_list, phone_numbers
from bot.services.phoning.call_reasons import CASE, UNREACHABLE, UNSUBSCRIBED
from bot.services.phoning.call_undone import put_back_answer
from bot.services.sending.deliveries import action_data
from storage.models import ContactAddress, Officer, PhoneCall, PhoneTask, Worker
from storage.repositories.deliveries import WAITING
from storage.states import CallOutcome, CallStatus, DeliveryStatus, Matter, WorkerStatus
from storage.unit_of_work import UnitOfWork

MOST_TRIES = 3
UNDONE_WITHIN = timedelta(minutes=10)
# Domain S-UNREACH: three attempts over at least 14 days, on two channels.
ATTEMPTS = 3
ATTEMPTS_OVER = timedelta(days=14)
FAILURES = {
    CallOutcome.NO_ANSWER: "no_answer",
    CallOutcome.WRONG_NUMBER: "wrong_number",
}
# Why the other calls to a number are let go after such a call.
LOSES_NUMBER = {
    CallOutcome.WRONG_NUMBER: UNREACHABLE,
    CallOutcome.NO_MORE_CALLS: UNSUBSCRIBED,
}
NOT_SPOKEN_WITH = frozenset({CallOutcome.NO_ANSWER, CallOutcome.WRONG_NUMBER})


def record(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    task: PhoneTask,
    outcome: CallOutcome,
) -> PhoneCall:
    """Write down what came of a call, with what follows from it for the number and the message.

    Nobody took it: again on the next working day, at another hour; given up after three. A
    wrong number is never dialled again, and who wants no calls gets none from now on. Whatever
    else waits for this person waits until the next working day. What the person answered is
    the conversation's to keep.

    Raises:
        UserError: The call was dealt with before.
    """
    held = uow.phone_tasks.lock(task.id)
    if held is None or held.status is not CallStatus.OPEN:
        raise UserError("phone_list.refused.done")
    before = call_memory.look(uow, held)
    call = uow.phone_tasks.add_call(
        PhoneCall(
            task_id=task.id,
            worker_id=task.worker_id,
            officer_id=officer.id,
            outcome=outcome,
            at=deployment.now,
            planned_before=task.planned_on,
        )
    )
    task.attempts += 1
    if outcome is CallOutcome.NO_ANSWER:
        _nobody_answered(uow, deployment, officer, task)
    else:
        _close(uow, deployment, task, outcome)
        _note_at_number(uow, deployment, officer, task, outcome)
    phone_list.put_off(uow, deployment, task.worker_id)
    call.before = call_memory.changes(uow, task, before)
    return call


def is_out_of_reach(uow: UnitOfWork, worker: Worker, calls: Sequence[PhoneCall]) -> bool:
    """Tell whether three calls over at least 14 days and another channel were all in vain.

    Args:
        uow: The transaction.
        worker: Who is looked for.
        calls: Every call made to this person, oldest first.
    """
    in_vain: list[PhoneCall] = []
    for call in calls:
        if call.outcome in NOT_SPOKEN_WITH:
            in_vain.append(call)
        else:
            in_vain.clear()
    if len(in_vain) < ATTEMPTS or in_vain[-1].at - in_vain[0].at < ATTEMPTS_OVER:
        return False
    since = in_vain[0].at
    elsewhere = uow.phone_tasks.other_addresses(worker.id, channel=phone_list.CHANNEL)
    was_heard = any(
        row.last_inbound_at is not None and row.last_inbound_at >= since for row in elsewhere
    )
    keys = [row.id for row in elsewhere]
    return not was_heard and uow.phone_tasks.was_written_to(keys, since=since)


def undo(uow: UnitOfWork, deployment: Deployment, officer: Officer, call: PhoneCall) -> PhoneTask:
    """Take back the outcome of an officer's last call; the call stands on the list again.

    What the outcome had changed is put back as well: a case and what was promised in it, the
    other calls to this number, the check-in that is open again, a spell that was ended, an
    application begun in the call.

    Raises:
        UserError: It is not the officer's last call, or ten minutes have passed.
    """
    last = uow.phone_tasks.last_call(officer.id)
    is_late = deployment.now - call.at > UNDONE_WITHIN
    if last is None or last.id != call.id or is_late:
        raise UserError("phone_list.refused.too_late")
    task = uow.phone_tasks.need(call.task_id)
    call.undone_at = deployment.now
    task.status, task.outcome, task.closed_at = CallStatus.OPEN, None, None
    task.attempts -= 1
    task.planned_on = call.planned_before
    delivery = phone_list.delivery_of(uow, task)
    if delivery is not None:
        delivery.status, delivery.reason = DeliveryStatus.QUEUED, None
        delivery.accepted_at = None
    _put_back_number(uow, task, call)
    call_memory.put_back(uow, deployment, task, call)
    put_back_answer(uow, deployment, task, call)
    uow.session.flush()
    return task


def _put_back_number(uow: UnitOfWork, task: PhoneTask, call: PhoneCall) -> None:
    """Let a number be dialled again, for everything that was let go because of this call."""
    address = uow.addresses.lock(task.address_id) if task.address_id is not None else None
    if address is None or call.outcome not in LOSES_NUMBER:
        return
    if call.outcome is CallOutcome.WRONG_NUMBER:
        address.unreachable_since = None
    else:
        address.unsubscribed_at = None
    reason = LOSES_NUMBER[call.outcome]
    lost = uow.phone_tasks.let_go_at(address.id, reason=reason, since=call.at)
    phone_numbers.reopen(uow, lost, reasons=(reason,))


def _nobody_answered(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, task: PhoneTask
) -> None:
    task.planned_on = phone_list.next_workday(deployment.today)
    if task.attempts >= MOST_TRIES:
        _close(uow, deployment, task, CallOutcome.NO_ANSWER)
    worker = uow.workers.need(task.worker_id)
    address = _address_of(uow, deployment, task, worker)
    if address is None:
        return
    case = uow.cases.find_open(worker_id=worker.id, address_id=address.id)
    if case is not None:
        case_outcomes.no_answer(uow, deployment, case, officer)
    _look_for(uow, deployment, worker, address)


def _look_for(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, address: ContactAddress
) -> None:
    """Count a person as out of reach by the rule; nothing else is lost by it."""
    if not is_out_of_reach(uow, worker, uow.phone_tasks.calls_of(worker.id)):
        return
    if worker.status not in {WorkerStatus.UNREACHABLE, WorkerStatus.LEFT}:
        set_status(uow, worker, WorkerStatus.UNREACHABLE, now=deployment.now)
    open_case(
        uow,
        deployment,
        address=address,
        worker=worker,
        matters=[Matter.LOST_CONTACT],
        words=deployment.text("phone_list.task.out_of_reach", "zh"),
        urgent=True,
    )


def _close(uow: UnitOfWork, deployment: Deployment, task: PhoneTask, outcome: CallOutcome) -> None:
    task.status, task.outcome, task.closed_at = CallStatus.DONE, outcome, deployment.now
    delivery = phone_list.delivery_of(uow, task)
    if delivery is None or delivery.status not in WAITING:
        return
    delivery.attempts += 1
    failure = FAILURES.get(outcome)
    if failure is not None:
        delivery.status, delivery.reason = DeliveryStatus.FAILED, failure
    elif outcome is CallOutcome.NO_MORE_CALLS:
        delivery.status, delivery.reason = DeliveryStatus.SKIPPED, UNSUBSCRIBED
    else:
        delivery.status, delivery.accepted_at = DeliveryStatus.ACCEPTED, deployment.now


def _note_at_number(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    task: PhoneTask,
    outcome: CallOutcome,
) -> None:
    worker = uow.workers.need(task.worker_id)
    address = _address_of(uow, deployment, task, worker)
    if address is None:
        return
    if outcome is CallOutcome.WRONG_NUMBER:
        address.unreachable_since = deployment.now
        _ask_for_new_number(uow, deployment, officer, task, worker)
    elif outcome is CallOutcome.NO_MORE_CALLS:
        address.unsubscribed_at = deployment.now
        for other in uow.phone_tasks.open_at(address.id):
            phone_list.let_go(uow, deployment, other, reason=UNSUBSCRIBED)
    elif task.kind == CASE and task.subject_id is not None:
        case = uow.cases.get(task.subject_id)
        if case is not None and case.closed_at is None:
            case_outcomes.contacted(uow, deployment, case, officer)


def _ask_for_new_number(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, task: PhoneTask, worker: Worker
) -> None:
    language = officers.language_of(uow, officer)
    label = deployment.text("phone_list.task.new_number_button", language)
    name = short_name(worker.name) or deployment.text("cases.person.nameless", language)
    officers.inform(
        uow,
        deployment,
        officer,
        "phone_list.task.new_number",
        dedupe=f"new_number:{task.id.hex}",
        subject_id=worker.id,
        options=[Option(1, label, action_data("new_number", worker.id.hex))],
        name=name,
    )


def _address_of(
    uow: UnitOfWork, deployment: Deployment, task: PhoneTask, worker: Worker
) -> ContactAddress | None:
    if task.address_id is not None:
        return uow.addresses.lock(task.address_id)
    return phone_list.phone_address(uow, deployment, worker)
