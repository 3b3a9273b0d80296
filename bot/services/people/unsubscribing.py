"""退订: no pushes any more, at once and for good, on every channel; and taking it back.

A worker's wish is kept on the worker. An address's flag says that no push goes there, whoever
it is for; at a telephone number it says something else, that nobody wants to be phoned there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.services.deployment import Deployment
from bot.services.people.reachable import is_phone
from storage.models import ContactAddress, Worker
from storage.states import Stream
from storage.unit_of_work import UnitOfWork

# A worker's pause without an end: no pushes, whichever address comes to be known later.
FOR_GOOD = date.max
REASON = "unsubscribed"
SELF = "self"


def is_stopped(uow: UnitOfWork, address: ContactAddress, worker: Worker | None) -> bool:
    """Return whether pushes were stopped for good, here or for this worker everywhere."""
    if worker is not None and worker.paused_until == FOR_GOOD:
        return True
    return address.unsubscribed_at is not None and not is_phone(uow, address)


def stop(
    uow: UnitOfWork,
    deployment: Deployment,
    address: ContactAddress,
    workers: Sequence[Worker],
) -> None:
    """Send no push to this address any more, nor to these people at any other.

    What waits for them is skipped with its reason. Other addresses that somebody shares with
    them go on for that person, and calls are not forbidden by it.

    Args:
        uow: The transaction; the caller holds the address's row.
        deployment: The bureau.
        address: Where it was said.
        workers: Whose wish it is; `whose_wish` where nobody is named.
    """
    now = deployment.now
    if not is_phone(uow, address):
        address.unsubscribed_at = address.unsubscribed_at or now
    for worker in workers:
        worker.paused_until = FOR_GOOD
        for other in _alone_at(uow, worker):
            other.unsubscribed_at = other.unsubscribed_at or now
        uow.return_links.skip_pushes(worker.id, reason=REASON)


def resume(uow: UnitOfWork, address: ContactAddress, workers: Sequence[Worker]) -> None:
    """Let pushes come again, here and wherever only these people are reached.

    Calls that were forbidden come again only where it is said at that very number, by the one
    person who has it.
    """
    if not is_phone(uow, address) or len(uow.addresses.workers_at(address.id)) <= 1:
        address.unsubscribed_at = None
    for worker in workers:
        worker.paused_until = None
        for other in _alone_at(uow, worker):
            other.unsubscribed_at = None


def whose_wish(uow: UnitOfWork, address: ContactAddress, workers: Sequence[Worker]) -> list[Worker]:
    """Return for whom 退订 or 接着发 is said here; nobody where it cannot be told.

    Who is spoken for, else whoever's own address it is; where several people have it for their
    own, the one to whom the last push went.
    """
    spoken_for = [worker for worker in workers if worker.id == address.acting_for]
    if spoken_for or len(workers) == 1:
        return spoken_for or list(workers)
    own = [worker for worker in workers if uow.workers.relation(worker.id, address.id) == SELF]
    if len(own) <= 1:
        return own
    last = uow.deliveries.last_accepted(address.id)
    told = last.worker_id if last is not None and last.stream is Stream.PUSH else None
    return [worker for worker in own if worker.id == told]


def is_alone(uow: UnitOfWork, worker: Worker, address: ContactAddress) -> bool:
    """Tell whether nobody else is reached at an address of this worker."""
    return [one.id for one in uow.addresses.workers_at(address.id)] == [worker.id]


def _alone_at(uow: UnitOfWork, worker: Worker) -> Iterator[ContactAddress]:
    for address in uow.addresses.addresses_of(worker.id):
        if is_alone(uow, worker, address) and not is_phone(uow, address):
            yield address
