"""A second channel for one worker: six digits from the first one, typed on the other."""

from __future__ import annotations

import secrets
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.log import logger
from bot.services.deployment import Deployment
from bot.services.people import consents, officers
from bot.services.people.parting import part
from bot.services.people.unsubscribing import FOR_GOOD
from storage.models import ContactAddress, Worker
from storage.models.reaching import JoinCode
from storage.states import Decision, Purpose, WorkerStatus
from storage.unit_of_work import UnitOfWork

DIGITS = 6
CODES = 10**DIGITS
CODE_LIFE = timedelta(minutes=10)
MOST_TRIES = 5
REST = timedelta(minutes=10)
# Over all addresses of a bureau: with twenty codes alive, one in a thousand such slots is hit.
MOST_WRONG_A_SLOT = 50
SLOT_SECONDS = 600
TRIES = "join_tries"


class Joined(StrEnum):
    """What came of a typed code."""

    JOINED = "joined"
    HERE_ALREADY = "here_already"
    SAME_PLACE = "same_place"
    WRONG = "wrong"
    RESTING = "resting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a typed code, and whom it joined."""

    outcome: Joined
    worker: Worker | None = None
    told: UUID | None = None


def make_code(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    address: ContactAddress,
    *,
    draw: Callable[[int], int] = secrets.randbelow,
) -> str:
    """Return six digits that join another address to `worker` once, within ten minutes.

    Args:
        uow: The transaction.
        deployment: The bureau.
        worker: Who is reached at the other address too.
        address: Where the digits are shown.
        draw: Returns a number below its argument that nobody can guess.
    """
    while True:
        code = f"{draw(CODES):0{DIGITS}d}"
        taken = uow.join_codes.live(
            code, bureau_adcode=deployment.bureau_adcode, now=deployment.now
        )
        if taken is None:
            break
    uow.join_codes.keep(
        code,
        bureau_adcode=deployment.bureau_adcode,
        worker_id=worker.id,
        address_id=address.id,
        now=deployment.now,
        expires_at=deployment.now + CODE_LIFE,
    )
    return code


def redeem(
    uow: UnitOfWork,
    deployment: Deployment,
    address: ContactAddress,
    code: str,
    *,
    memory: MutableMapping[str, object],
) -> Attempt:
    """Join `address` to the worker whose code this is.

    A refusal is a value and no error, for an error would undo that the try was counted.

    Args:
        uow: The transaction; the caller holds the address's row.
        deployment: The bureau; codes of another one are wrong here.
        address: Where the code was typed.
        code: Six digits.
        memory: What is kept of the address; wrong tries are counted in it.
    """
    now = deployment.now
    wrong = _wrong_tries(memory, now)
    if len(wrong) >= MOST_TRIES:
        return Attempt(Joined.RESTING)
    if uow.join_codes.counted(_series(deployment)) >= MOST_WRONG_A_SLOT:
        return Attempt(Joined.CLOSED)
    row = uow.join_codes.live(code, bureau_adcode=deployment.bureau_adcode, now=now)
    worker = uow.workers.get(row.worker_id) if row is not None else None
    if row is None or worker is None or worker.status is WorkerStatus.LEFT:
        memory[TRIES] = [*(at.isoformat() for at in wrong), now.isoformat()]
        _count_wrong(uow, deployment)
        return Attempt(Joined.WRONG)
    if row.address_id == address.id:
        return Attempt(Joined.SAME_PLACE)
    if uow.workers.relation(worker.id, address.id) is not None:
        return Attempt(Joined.HERE_ALREADY, worker)
    row.used_at, row.used_by = now, address.id
    memory.pop(TRIES, None)
    _connect(uow, deployment, worker, address, row)
    return Attempt(Joined.JOINED, worker, told=row.address_id)


def undo(
    uow: UnitOfWork, deployment: Deployment, address: ContactAddress, other_id: UUID
) -> Worker | None:
    """Part an address again that was joined by a code shown at `address`.

    Returns:
        Who is not reached there any more; None where no such code was used.
    """
    for row in uow.join_codes.joined(from_address=address.id, to_address=other_id):
        worker = uow.workers.get(row.worker_id)
        is_mine = worker is not None and uow.workers.relation(worker.id, address.id) is not None
        if worker is None or not is_mine or uow.workers.relation(worker.id, other_id) is None:
            continue
        part(uow, worker, uow.addresses.need(other_id))
        _audit(uow, deployment, worker, "part_channel", by=address)
        return worker
    return None


def _connect(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    address: ContactAddress,
    row: JoinCode,
) -> None:
    """Reach the worker at `address` as well, with what was agreed to and refused before."""
    relation = "family" if uow.addresses.workers_at(address.id) else "self"
    uow.workers.link(worker.id, address.id, relation=relation, since=deployment.now)
    address.acting_for = worker.id
    purpose = Purpose.REGISTER_AND_MATCH
    if consents.is_granted(uow, row.address_id, purpose, worker_id=worker.id):
        consents.record(uow, deployment, address.id, purpose, Decision.GRANTED, worker_id=worker.id)
    if relation == "self" and worker.paused_until == FOR_GOOD:
        address.unsubscribed_at = address.unsubscribed_at or deployment.now
    _audit(uow, deployment, worker, "join_channel", by=address)


def _wrong_tries(memory: MutableMapping[str, object], now: datetime) -> list[datetime]:
    """Return the wrong tries that still count; all are forgotten ten minutes after the last."""
    kept = memory.get(TRIES)
    tries = [datetime.fromisoformat(str(at)) for at in kept] if isinstance(kept, list) else []
    return tries if tries and now - tries[-1] < REST else []


def _series(deployment: Deployment) -> str:
    slot = int(deployment.now.timestamp()) // SLOT_SECONDS
    return f"{_prefix(deployment)}{slot}"


def _prefix(deployment: Deployment) -> str:
    return f"join:{deployment.bureau_adcode}:"


def _count_wrong(uow: UnitOfWork, deployment: Deployment) -> None:
    series = _series(deployment)
    count = uow.records.next_number(series)
    if count == 1:
        uow.join_codes.forget_series(_prefix(deployment), besides=series)
    if count == MOST_WRONG_A_SLOT:
        logger().warning("join.guessing", bureau=deployment.bureau_adcode, wrong=count)


def _audit(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, action: str, *, by: ContactAddress
) -> None:
    uow.records.audit(
        f"address:{by.id.hex}",
        action,
        subject_kind="worker",
        subject_id=worker.id,
        scope=officers.scope_of(officers.code_of_worker(worker, deployment.bureau_adcode)),
        at=deployment.now,
    )
