"""Somebody is no longer reached at an address: whoever is there now answers for nobody else."""

from __future__ import annotations

import uuid
from typing import cast

from bot.services.people.reachable import is_phone
from storage.models import ContactAddress, Worker
from storage.repositories.addresses import NUMBERED
from storage.states import Role
from storage.unit_of_work import UnitOfWork

REASON = "address_left"


def part(
    uow: UnitOfWork, worker: Worker, address: ContactAddress, *, to: uuid.UUID | None = None
) -> None:
    """Reach `worker` at `address` no more.

    The question that is open there about this worker is closed, what waits there for the worker
    is not sent, and an answer is waited for elsewhere. A call that stands on the phone list
    stays there: whoever writes a new number down decides what becomes of it. A number that is
    nobody's then, and from which nobody ever wrote, is not kept.

    Args:
        uow: The transaction.
        worker: Who is not reached there any more.
        address: Where; its row is held from now on.
        to: Where an answer is waited for now; else wherever the worker was heard last.
    """
    held = uow.addresses.lock(address.id) or address
    if is_asked_about(uow, held, worker):
        held.step, held.answers, held.asked_at = None, None, None
    if held.acting_for == worker.id:
        held.acting_for = None
    if not is_phone(uow, held):
        uow.return_links.skip_at(worker.id, held.id, reason=REASON)
    uow.workers.unlink(worker.id, held.id)
    left = [one.id for one in uow.addresses.addresses_of(worker.id)]
    back_to = to or next(iter(left), None)
    if back_to is not None:
        uow.return_links.move_questions(worker.id, from_address=held.id, to_address=back_to)
    if _is_nobodys(uow, held):
        held.memory = None
        if held.last_inbound_at is None and held.step is None:
            uow.addresses.forget(held)


def is_asked_about(uow: UnitOfWork, address: ContactAddress, worker: Worker) -> bool:
    """Tell whether the question that is open at an address is about this worker.

    Several people may share a number: the question's own check-in says whose it is, else whom
    the conversation is for, else who alone is reached there.
    """
    if address.step is None:
        return False
    answers = cast("dict[str, object]", (address.answers or {}).get("answers") or {})
    key = answers.get("check_in")
    if isinstance(key, str):
        row = uow.check_ins.get(uuid.UUID(key))
        return row is not None and row.worker_id == worker.id
    if address.role is not Role.WORKER:
        return False
    if address.acting_for is not None:
        return address.acting_for == worker.id
    return [one.id for one in uow.addresses.workers_at(address.id)] == [worker.id]


def _is_nobodys(uow: UnitOfWork, address: ContactAddress) -> bool:
    """Tell whether an address is a number at which nobody is reached any more."""
    is_number = uow.accounts.need(address.account_id).channel in NUMBERED
    return is_number and not uow.addresses.workers_at(address.id)
