"""The outbox: which rows may go now, and who has them on the wire."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.messages import Outbound
from bot.services.deployment import Deployment
from bot.services.sending.deliveries import body_from
from bot.services.sending.sending_rules import check_before_sending
from bot.services.sending.stale_questions import Renew, supersede_stale
from storage.models import ChannelAccount
from storage.models.outbox import BULK_PRIORITY, REPLY_PRIORITY
from storage.repositories.accounts import Allowance
from storage.repositories.claims import Due
from storage.repositories.fates import Sent
from storage.states import PUSH_KINDS, DeliveryKind, DeliveryStatus, Operation, Stream
from storage.unit_of_work import UnitOfWork

CLAIM_LIMIT = 200
LEASE_SECONDS = 6.0
# Of an account's burst this share is kept for replies: bulk never takes the last of it.
REPLY_SHARE = 0.2
# Another replica is claiming; it holds the account for a few milliseconds.
BUSY_SECONDS = 0.02
# A push sent twice annoys; a reply, a check-in or an officer's task sent never is worse.
AT_MOST_ONCE = PUSH_KINDS


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that this process has on the wire, with what settling it needs."""

    delivery_id: UUID
    message: Outbound
    address_id: UUID
    subject_id: UUID | None
    kind: DeliveryKind
    stream: Stream
    attempt: int
    not_before: datetime


@dataclass(frozen=True, slots=True)
class Claims:
    """What a look into the queue brought.

    Attributes:
        items: To be sent now.
        wait: Seconds until the allowance lets more go; None where nothing waits for it.
        is_dry: Not even a reply may go before that.
        is_changed: Rows were skipped, postponed or superseded: what stood behind them may go.
    """

    items: tuple[Claimed, ...] = ()
    wait: float | None = None
    is_dry: bool = False
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class _Rate:
    """What an account may send: so many a second, and so many at once after a rest."""

    per_second: float
    burst: int

    @property
    def reserve(self) -> int:
        """Tokens that bulk leaves to replies."""
        return int(self.burst * REPLY_SHARE)

    @property
    def bulk_batch(self) -> int:
        """Tokens at which a look for bulk is worth a transaction.

        Half of what bulk may take at once is ripe by then, and nothing has run over.
        """
        return self.reserve + max(1, (self.burst - self.reserve) // 2)

    def wait(self, tokens: float, *, is_full: bool, is_bulk_full: bool) -> float | None:
        """Return in how many seconds to look again; None where all was taken that waits."""
        waits = [self.wait_for(1, tokens)] if is_full else []
        waits += [self.wait_for(self.bulk_batch, tokens)] if is_bulk_full else []
        return min(waits, default=None)

    def wait_for(self, wanted: int, tokens: float) -> float:
        """Return in how many seconds `tokens` have become `wanted`."""
        return max(0.0, (wanted - tokens) / self.per_second)


def publish(uow: UnitOfWork, *, deployment: Deployment, account_id: UUID) -> set[UUID]:
    """Accept what is due on an account whose pages read the outbox themselves.

    Accepting is the sending, in one transaction: nothing is lost and nothing doubles.

    Returns:
        The addresses that have something new to read; empty once nothing more is due.
    """
    published: set[UUID] = set()
    if uow.accounts.lock(account_id) is None:
        return published
    for priority in (REPLY_PRIORITY, BULK_PRIORITY):
        is_changed = True
        while is_changed and not published:
            published, is_changed = _show(uow, deployment, account_id, priority=priority)
    return published


def claim(
    uow: UnitOfWork,
    *,
    deployment: Deployment,
    account_id: UUID,
    per_second: float,
    burst: int,
    limit: int = CLAIM_LIMIT,
    bulk_limit: int = CLAIM_LIMIT,
    renew: Renew | None = None,
) -> Claims:
    """Take what may be sent on an account now, within its allowance, under a lease.

    Args:
        uow: The transaction.
        deployment: The bureau's.
        account_id: Whose queue.
        per_second: Its sustained rate.
        burst: Its tokens after a rest.
        limit: Most rows to take.
        bulk_limit: Most of them that nobody waits for; the caller knows when it takes more.
        renew: Asks an open question anew where an old one is not sent any more.
    """
    account = uow.accounts.lock_if_free(account_id)
    if account is None:
        return Claims(wait=BUSY_SECONDS)
    rate = _Rate(per_second, burst)
    allowance = uow.accounts.allowance(account, per_second=per_second, burst=burst)
    if allowance.paused or allowance.tokens < 1:
        return Claims(wait=allowance.paused or rate.wait_for(1, allowance.tokens), is_dry=True)
    look = _Look(uow, deployment, account_id, renew)
    replies, is_full = look.at(REPLY_PRIORITY, min(limit, int(allowance.tokens)))
    affordable = int(allowance.tokens - len(replies) - rate.reserve)
    room = min(limit - len(replies), bulk_limit)
    bulk, is_bulk_full = look.at(BULK_PRIORITY, min(room, affordable))
    items = _on_the_wire(uow, [*replies, *bulk])
    _pay(uow, account, allowance, items)
    left = allowance.tokens - len(items)
    wait = rate.wait(left, is_full=is_full, is_bulk_full=is_bulk_full and affordable <= room)
    return Claims(tuple(items), wait, is_dry=left < 1, is_changed=look.is_changed)


def prolong(uow: UnitOfWork, *, delivery_ids: Collection[UUID]) -> None:
    """Keep rows that are still on the wire from being taken back."""
    uow.deliveries.prolong(delivery_ids, seconds=LEASE_SECONDS)


def recover(uow: UnitOfWork, *, deployment: Deployment, account_id: UUID) -> int:
    """Return rows of senders that died: replies go again, bulk stays unknown."""
    return uow.deliveries.take_back(account_id, now=deployment.now, at_most_once=AT_MOST_ONCE)


class _Look:
    """One look into the queue of an account: rows that the rules let through."""

    def __init__(
        self, uow: UnitOfWork, deployment: Deployment, account_id: UUID, renew: Renew | None
    ) -> None:
        self._uow = uow
        self._deployment = deployment
        self._account_id = account_id
        self._renew = renew
        self._addresses: set[UUID] = set()
        self.is_changed = False

    def at(self, priority: int, limit: int) -> tuple[list[Due], bool]:
        """Return rows of one priority, and whether there may be more than `limit` of them."""
        if limit <= 0:
            return [], True
        due = self._uow.deliveries.due(
            self._account_id, priority=priority, now=self._deployment.now, limit=limit
        )
        fresh = [row for row in due if row.address_id not in self._addresses]
        self._addresses |= {row.address_id for row in fresh}
        ready = let_through(self._uow, self._deployment, fresh)
        going = supersede_stale(self._uow, self._deployment, ready, renew=self._renew)
        self.is_changed = self.is_changed or len(ready) < len(fresh) or going.is_changed
        return going.rows, len(due) >= limit


def let_through(uow: UnitOfWork, deployment: Deployment, rows: Sequence[Due]) -> list[Due]:
    """Return the rows that may go; the others are skipped or postponed, each with its reason."""
    if not rows:
        return []
    verdicts = check_before_sending(uow, deployment, rows)
    skipped: dict[str, list[UUID]] = {}
    postponed: dict[datetime, list[UUID]] = {}
    ready = []
    for row in rows:
        verdict = verdicts[row.id]
        if verdict.skip is not None:
            skipped.setdefault(verdict.skip, []).append(row.id)
        elif verdict.postpone_to is not None:
            postponed.setdefault(verdict.postpone_to, []).append(row.id)
        else:
            ready.append(row)
    for reason, ids in skipped.items():
        uow.deliveries.end_waiting(ids, DeliveryStatus.SKIPPED, reason=reason)
    for to, ids in postponed.items():
        uow.deliveries.postpone(ids, to=to)
    return ready


def _on_the_wire(uow: UnitOfWork, rows: Sequence[Due]) -> list[Claimed]:
    """Lease rows; return them in the order in which they stand."""
    edited = _edited(uow, rows)
    going = [row for row in rows if row.operation is Operation.SEND or row.id in edited]
    uow.deliveries.lease([row.id for row in going], seconds=LEASE_SECONDS)
    return [_claimed(uow, row, edits=edited.get(row.id)) for row in going]


def _pay(
    uow: UnitOfWork, account: ChannelAccount, allowance: Allowance, items: Sequence[Claimed]
) -> None:
    """Take the tokens of what goes; a look that found nothing writes nothing."""
    if items:
        uow.accounts.pay(account, allowance, len(items))


def _claimed(uow: UnitOfWork, row: Due, *, edits: str | None) -> Claimed:
    message = Outbound(
        row.id.hex,
        uow.deliveries.address_of(row),
        body_from(uow.deliveries.body_of(row)),
        edits,
        kind=row.kind.value,
        language=row.language,
    )
    return Claimed(
        row.id,
        message,
        address_id=row.address_id,
        subject_id=row.subject_id,
        kind=row.kind,
        stream=row.stream,
        attempt=row.attempts + 1,
        not_before=row.not_before,
    )


def _edited(uow: UnitOfWork, rows: Sequence[Due]) -> dict[UUID, str]:
    """Return the platform's id of what each change changes; what is gone is skipped."""
    targets = {row.id: row.target_id for row in rows if row.operation is Operation.EDIT}
    if not targets:
        return {}
    sent = uow.deliveries.external_ids([key for key in targets.values() if key is not None])
    edited = {key: sent[target] for key, target in targets.items() if target in sent}
    gone = targets.keys() - edited.keys()
    uow.deliveries.end_waiting(gone, DeliveryStatus.SKIPPED, reason="target_gone")
    return edited


def _show(
    uow: UnitOfWork, deployment: Deployment, account_id: UUID, *, priority: int
) -> tuple[set[UUID], bool]:
    """Accept one batch of what is due on pages; return where, and whether rows were ended."""
    now = deployment.now
    due = uow.deliveries.due(account_id, priority=priority, now=now, limit=CLAIM_LIMIT)
    ready = let_through(uow, deployment, due)
    if not ready:
        return set(), bool(due)
    # Where a turn is answering just now, waiting for it would hold up everybody else.
    held = uow.deliveries.hold_pages({row.address_id for row in ready})
    shown = [row for row in ready if row.address_id in held]
    cursors = {row.address_id: held[row.address_id] + 1 for row in shown}
    sent = [Sent(it.id, str(cursors[it.address_id]), cursors[it.address_id]) for it in shown]
    uow.deliveries.show(sent, now=now)
    uow.deliveries.move_pages(cursors)
    uow.deliveries.note_pushed(
        {it.address_id for it in shown if it.stream is Stream.PUSH and it.target_id is None},
        now=now,
    )
    return set(cursors), len(ready) < len(due)
