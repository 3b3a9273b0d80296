"""What becomes of rows that were on the wire."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.log import logger
from bot.messages import SendErrorKind, SendFailure
from bot.services.deployment import Deployment
from bot.services.sending.outbox import AT_MOST_ONCE, Claimed
from bot.services.vacancies.vacancy_endings import edit_what_closed_meanwhile
from storage.repositories.fates import Failed, Sent
from storage.states import DeliveryKind, DeliveryStatus, Stream
from storage.unit_of_work import UnitOfWork

RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
JITTER = 0.2
# A reply holds back all that follows it: whoever writes must not be mute for half an hour more.
DIALOGUE_RETRY_AFTER = timedelta(minutes=1)
DIALOGUE_TRIES, DIALOGUE_TRIES_UNKNOWN = 36, 10
# A gateway's own answer: the message was hardly taken, but nobody knows.
GATEWAY = "gateway"
LONGEST_REASON = 40
LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a claimed row: the platform's id of it, or why it failed."""

    claimed: Claimed
    external_id: str = ""
    failure: SendFailure | None = None


def settle(
    uow: UnitOfWork,
    *,
    deployment: Deployment,
    account_id: UUID,
    fates: Sequence[Fate],
    jitter: random.Random,
) -> bool:
    """Write down what became of claimed rows of one account.

    Accepted is accepted, even where the lease had run out; a failure counts only for the
    attempt that it belongs to.

    Returns:
        Whether more waits at one of these addresses, which was held back until now.
    """
    now = deployment.now
    accepted = [fate for fate in fates if fate.failure is None]
    failures = [(fate.claimed, fate.failure) for fate in fates if fate.failure is not None]
    _accept(uow, deployment, accepted)
    uow.deliveries.fail([_fate_of(row, why, now=now, jitter=jitter) for row, why in failures])
    _note_refused(failures)
    blocked = {row.address_id for row, why in failures if why.kind is SendErrorKind.BLOCKED}
    uow.deliveries.note_unreachable(blocked, now=now)
    throttled = [why for _row, why in failures if why.kind is SendErrorKind.THROTTLED]
    if throttled:
        uow.accounts.pause(account_id, seconds=max(why.retry_after for why in throttled))
    return uow.deliveries.waits_at({fate.claimed.address_id for fate in fates}, now=now)


def _accept(uow: UnitOfWork, deployment: Deployment, fates: Collection[Fate]) -> None:
    now = deployment.now
    sent = [Sent(fate.claimed.delivery_id, fate.external_id[:LONGEST_ID]) for fate in fates]
    uow.deliveries.accept(sent, now=now)
    news = [fate.claimed for fate in fates if fate.claimed.kind is not DeliveryKind.EDIT]
    pushed = {row.address_id for row in news if row.stream is Stream.PUSH}
    uow.deliveries.note_pushed(pushed, now=now)
    vacancies = [row for row in news if row.kind is DeliveryKind.VACANCY]
    subjects = {row.subject_id for row in vacancies if row.subject_id is not None}
    edit_what_closed_meanwhile(
        uow, deployment, subjects, among=[row.delivery_id for row in vacancies]
    )


def _note_refused(failures: Sequence[tuple[Claimed, SendFailure]]) -> None:
    for row, why in failures:
        if why.kind is SendErrorKind.REFUSED:
            logger().error("sender.refused", delivery=row.delivery_id.hex, reason=why.code)


def _retry_after(row: Claimed, why: SendFailure) -> timedelta | None:
    """Return how long to wait before trying again; None where it was tried often enough."""
    if row.stream is not Stream.DIALOGUE:
        return RETRY_AFTER[row.attempt - 1] if row.attempt <= len(RETRY_AFTER) else None
    is_unknown = why.kind is SendErrorKind.UNKNOWN and why.code != GATEWAY
    tries = DIALOGUE_TRIES_UNKNOWN if is_unknown else DIALOGUE_TRIES
    return DIALOGUE_RETRY_AFTER if row.attempt <= tries else None


def _fate_of(row: Claimed, why: SendFailure, *, now: datetime, jitter: random.Random) -> Failed:
    reason = f"{why.kind}:{why.code}"[:LONGEST_REASON]
    failed = Failed(row.delivery_id, row.attempt, DeliveryStatus.FAILED, reason, row.not_before)
    match why.kind:
        case SendErrorKind.THROTTLED:
            return _retried(failed, at=row.not_before, refunded=1)
        case SendErrorKind.UNKNOWN if row.kind in AT_MOST_ONCE:
            return Failed(
                row.delivery_id, row.attempt, DeliveryStatus.UNKNOWN, reason, row.not_before
            )
        case SendErrorKind.TEMPORARY | SendErrorKind.UNKNOWN:
            wait = _retry_after(row, why)
            if wait is None:
                return failed
            return _retried(failed, at=now + wait * (1 + JITTER * jitter.random()))
        case _:
            return failed


def _retried(failed: Failed, *, at: datetime, refunded: int = 0) -> Failed:
    return Failed(failed.id, failed.attempt, DeliveryStatus.RETRY, failed.reason, at, refunded)
