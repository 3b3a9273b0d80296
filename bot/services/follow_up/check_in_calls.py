"""A check-in that an officer asks on the telephone."""

from __future__ import annotations

from bot.services.deployment import Deployment
from bot.services.phoning import phone_list
from bot.services.sending.ways import NO_CALL
from storage.models import CheckIn, ContactAddress
from storage.states import DeliveryKind, DeliveryStatus
from storage.unit_of_work import UnitOfWork

PART_OF_CALL = "part_of_call"
ASKED_ANEW = "asked_anew"


def put_on_list(
    uow: UnitOfWork,
    deployment: Deployment,
    row: CheckIn,
    address: ContactAddress,
    *,
    dedupe: str,
) -> None:
    """Put a question that was asked at a phone address on the officer's list of calls.

    One call stands for all its bubbles: the question waits for the officer's outcome, and the
    others are skipped, as all are where nobody makes the call. A call from an earlier round of
    the same question is let go.
    """
    worker = uow.workers.need(row.worker_id)
    for earlier in uow.phone_tasks.open_of_worker(worker.id):
        if earlier.subject_id == row.id and earlier.dedupe_key != dedupe:
            phone_list.let_go(uow, deployment, earlier, reason=ASKED_ANEW)
    waiting = uow.check_ins.asked_with(row.id, address.id)
    task = phone_list.add(
        uow,
        deployment,
        worker,
        kind=DeliveryKind.CHECK_IN.value,
        subject_id=row.id,
        delivery_id=waiting[-1].id if waiting else None,
        address_id=address.id,
        dedupe=dedupe,
    )
    for delivery in waiting if task is None else waiting[:-1]:
        delivery.status = DeliveryStatus.SKIPPED
        delivery.reason = NO_CALL if task is None else PART_OF_CALL
    uow.session.flush()
