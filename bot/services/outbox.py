"""The outbox: who may send a row now, and what becomes of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.messages import Outbound, SendErrorKind, SendFailure
from bot.services.deliveries import body_of
from bot.services.deployment import Deployment
from bot.services.sending_rules import check_before_sending
from storage.models import ChannelAccount, ContactAddress, Delivery
from storage.states import DeliveryKind, DeliveryStatus, Operation, Stream
from storage.unit_of_work import UnitOfWork

CLAIM_LIMIT = 200
LEASE_SECONDS = 30.0
RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
JITTER = 0.2
# A vacancy sent twice annoys; a reply, a check-in or an officer's task sent never is worse.
AT_MOST_ONCE = DeliveryKind.VACANCY


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that this process may send."""

    delivery_id: UUID
    message: Outbound


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a claimed row: the platform's id of it, or why it failed."""

    delivery_id: UUID
    external_id: str = ""
    failure: SendFailure | None = None


def publish(uow: UnitOfWork, *, deployment: Deployment, account_id: UUID) -> set[UUID]:
    """Accept what is due on an account whose pages read the outbox themselves.

    Accepting is the sending, in one transaction: nothing is lost and nothing doubles.

    Returns:
        The addresses that have something new to read.
    """
    account = uow.accounts.lock(account_id)
    if account is None:
        return set()
    rows = _due(uow, deployment, account, limit=CLAIM_LIMIT)
    published = set()
    for row, address in rows:
        held = uow.addresses.lock_if_free(address.id)
        if held is None:
            continue  # a turn is answering there; waiting for it would hold up everybody else
        published.add(held.id)
        held.last_cursor += 1
        row.cursor = held.last_cursor
        row.attempts += 1
        _accept(row, held, external_id=str(row.cursor), now=deployment.now)
    return published


def claim(
    uow: UnitOfWork,
    *,
    deployment: Deployment,
    account_id: UUID,
    per_second: float,
    burst: int,
) -> list[Claimed]:
    """Take what may be sent on an account now, within its allowance, under a lease."""
    account = uow.accounts.lock(account_id)
    if account is None:
        return []
    granted = uow.accounts.take_tokens(
        account, wanted=CLAIM_LIMIT, per_second=per_second, burst=burst
    )
    if not granted:
        return []
    rows = _due(uow, deployment, account, limit=granted)
    uow.accounts.return_tokens(account, granted - len(rows))
    uow.deliveries.lease([row for row, _address in rows], seconds=LEASE_SECONDS)
    return [Claimed(row.id, _outbound(uow, row, address)) for row, address in rows]


def settle(
    uow: UnitOfWork, *, deployment: Deployment, fates: Sequence[Fate], jitter: random.Random
) -> None:
    """Write down what became of claimed rows."""
    for fate in fates:
        row = uow.deliveries.lock(fate.delivery_id)
        if row is None or row.status is not DeliveryStatus.SENDING:
            continue  # somebody settled it after its lease ran out
        row.lease_until = None
        if fate.failure is None:
            address = uow.addresses.lock(row.address_id) or uow.addresses.need(row.address_id)
            _accept(row, address, external_id=fate.external_id, now=deployment.now)
        else:
            _fail(uow, row, fate.failure, now=deployment.now, jitter=jitter)


def recover(uow: UnitOfWork, *, deployment: Deployment, account_id: UUID) -> int:
    """Return rows of senders that died: replies go again, bulk stays unknown."""
    rows = uow.deliveries.expired_leases(account_id)
    for row in rows:
        row.lease_until = None
        if row.kind is AT_MOST_ONCE:
            row.status = DeliveryStatus.UNKNOWN
            row.reason = "sender_died"
        else:
            row.status = DeliveryStatus.RETRY
            row.not_before = deployment.now
    return len(rows)


def _due(
    uow: UnitOfWork, deployment: Deployment, account: ChannelAccount, *, limit: int
) -> list[tuple[Delivery, ContactAddress]]:
    """Return due rows that the rules let through; the others are skipped or postponed."""
    ready = []
    for row in uow.deliveries.due(account, now=deployment.now, limit=limit):
        address = uow.addresses.need(row.address_id)
        verdict = check_before_sending(uow, deployment, row, address)
        if verdict.skip is not None:
            row.status = DeliveryStatus.SKIPPED
            row.reason = verdict.skip
        elif verdict.postpone_to is not None:
            row.not_before = verdict.postpone_to
            row.status = DeliveryStatus.QUEUED  # postponed, it no longer holds back what follows
        else:
            ready.append((row, address))
    return ready


def _outbound(uow: UnitOfWork, row: Delivery, address: ContactAddress) -> Outbound:
    edits = None
    if row.operation is Operation.EDIT and row.target_id is not None:
        target = uow.deliveries.get(row.target_id)
        edits = target.external_id if target is not None else None
    return Outbound(row.id.hex, address.address, body_of(row), edits)


def _accept(row: Delivery, address: ContactAddress, *, external_id: str, now: datetime) -> None:
    if row.stream is Stream.PUSH:
        address.last_push_at = now
    row.status = DeliveryStatus.ACCEPTED
    row.external_id = external_id
    row.accepted_at = now


def _fail(
    uow: UnitOfWork,
    row: Delivery,
    failure: SendFailure,
    *,
    now: datetime,
    jitter: random.Random,
) -> None:
    row.reason = f"{failure.kind}:{failure.code}"[:40]
    match failure.kind:
        case SendErrorKind.THROTTLED:
            row.status = DeliveryStatus.RETRY
            row.attempts -= 1
            uow.accounts.pause(row.account_id, seconds=failure.retry_after)
        case SendErrorKind.UNKNOWN if row.kind is AT_MOST_ONCE:
            row.status = DeliveryStatus.UNKNOWN
        case SendErrorKind.TEMPORARY | SendErrorKind.UNKNOWN if row.attempts <= len(RETRY_AFTER):
            wait = RETRY_AFTER[row.attempts - 1]
            row.status = DeliveryStatus.RETRY
            row.not_before = now + wait * (1 + JITTER * jitter.random())
        case SendErrorKind.BLOCKED:
            row.status = DeliveryStatus.FAILED
            address = uow.addresses.need(row.address_id)
            address.unreachable_since = address.unreachable_since or now
        case _:
            row.status = DeliveryStatus.FAILED
