"""Claiming in bulk: what may go, and who has it on the wire."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    FromClause,
    LargeBinary,
    and_,
    bindparam,
    case,
    exists,
    literal_column,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session

from storage.clocks import database_seconds
from storage.models.reaching import Broadcast
from storage.repositories.statements import ADDRESSES, IS_COPY, ROWS, count_of
from storage.secrets import Secrets
from storage.states import BroadcastStatus, DeliveryKind, DeliveryStatus, Operation, Stream

WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY)
# The names under which these columns are encrypted.
BODY, ADDRESS = "delivery.body", "contact_address.address"
# Spelled as the partial indexes are, or they are not used.
_WAITS: ColumnElement[bool] = literal_column("delivery.status IN ('queued', 'retry')")
_OTHER_UNDER_WAY: ColumnElement[bool] = literal_column(
    "other.status IN ('queued', 'retry', 'sending')"
)


@dataclass(frozen=True, slots=True)
class Due:
    """A row that nothing holds back, with what its address says of it; nothing is decrypted.

    Attributes:
        broadcast_id: The broadcast whose recipient this is, or None.
        attempts: How often it was sent before.
        serial: The number of the question that is open at the address, or None.
        sealed_body: What it says, as it is stored.
        sealed_address: Where it goes, as it is stored.
        is_copy: It goes to a page beside the message itself.
    """

    id: uuid.UUID
    address_id: uuid.UUID
    worker_id: uuid.UUID | None
    subject_id: uuid.UUID | None
    target_id: uuid.UUID | None
    broadcast_id: uuid.UUID | None
    stream: Stream
    kind: DeliveryKind
    operation: Operation
    attempts: int
    created_at: datetime
    not_before: datetime
    expires_at: datetime | None
    sealed_body: bytes | None
    sealed_address: bytes
    language: str
    is_unsubscribed: bool
    is_unreachable: bool
    is_handed_over: bool
    is_copy: bool
    serial: int | None


def _stands_before(other: FromClause) -> ColumnElement[bool]:
    """Return what keeps a row back: one on the wire, an older one, or a reply before a push.

    Among pushes bulk waits for everything older, and what is pressing for what is pressing only.
    """
    row, before = ROWS.c, other.c
    return or_(
        before.status == DeliveryStatus.SENDING,
        and_(
            before.stream == row.stream,
            or_(row.stream == Stream.DIALOGUE, before.priority <= row.priority),
            or_(
                before.seq < row.seq,
                and_(before.seq == row.seq, before.dedupe_key < row.dedupe_key),
            ),
            or_(
                and_(before.stream == Stream.DIALOGUE, before.status == DeliveryStatus.RETRY),
                before.not_before <= bindparam("now"),
            ),
        ),
        and_(
            before.stream == Stream.DIALOGUE,
            row.stream == Stream.PUSH,
            before.not_before <= bindparam("now"),
        ),
    )


_OTHER = ROWS.alias("other")
_HELD_BACK = exists().where(
    _OTHER.c.address_id == ROWS.c.address_id,
    _OTHER_UNDER_WAY,
    _OTHER.c.id != ROWS.c.id,
    _stands_before(_OTHER),
)
# Built once: the senders ask it several times a second.
_DUE = (
    select(
        ROWS.c.id,
        ROWS.c.address_id,
        ROWS.c.worker_id,
        ROWS.c.subject_id,
        ROWS.c.target_id,
        ROWS.c.broadcast_id,
        ROWS.c.stream,
        ROWS.c.kind,
        ROWS.c.operation,
        ROWS.c.attempts,
        ROWS.c.created_at,
        ROWS.c.not_before,
        ROWS.c.expires_at,
        type_coerce(ROWS.c.body, LargeBinary),
        type_coerce(ADDRESSES.c.address, LargeBinary),
        ADDRESSES.c.language,
        ADDRESSES.c.unsubscribed_at.is_not(None),
        ADDRESSES.c.unreachable_since.is_not(None),
        ADDRESSES.c.handed_over_to.is_not(None),
        IS_COPY,
        case((ADDRESSES.c.step.is_not(None), ADDRESSES.c.question_serial), else_=None),
    )
    .join_from(ROWS, ADDRESSES, ADDRESSES.c.id == ROWS.c.address_id)
    .where(
        ROWS.c.account_id == bindparam("account_id"),
        _WAITS,
        ROWS.c.priority == bindparam("priority"),
        ROWS.c.not_before <= bindparam("now"),
        ~_HELD_BACK,
    )
    .order_by(ROWS.c.not_before, ROWS.c.seq)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, key_share=True, of=ROWS)
)


class Claiming:
    """Statements about many rows at once; each is guarded by the state it starts from."""

    session: Session
    secrets: Secrets

    def due(self, account_id: uuid.UUID, *, priority: int, now: datetime, limit: int) -> list[Due]:
        """Return rows of one priority that nothing holds back, oldest first, held.

        Within one stream of one address the oldest comes first and alone; a reply that waits
        comes before a push; there is none while another message of the address is on the
        wire. At most one row of an address is returned. The caller holds the account's row, so
        that no two claimers look at once.
        """
        values = {"account_id": account_id, "now": now, "limit": limit, "priority": priority}
        first: dict[uuid.UUID, Due] = {}
        for row in self.session.connection().execute(_DUE, values):
            item = Due(*tuple(row))
            first.setdefault(item.address_id, item)
        return list(first.values())

    def body_of(self, row: Due) -> dict[str, object] | None:
        """Return what a row says; None where that was erased."""
        if row.sealed_body is None:
            return None
        parsed = json.loads(self.secrets.decrypt(bytes(row.sealed_body), column=BODY))
        return parsed if isinstance(parsed, dict) else None

    def address_of(self, row: Due) -> str:
        """Return where a row goes, as the platform names it."""
        return self.secrets.decrypt(bytes(row.sealed_address), column=ADDRESS)

    def lease(self, ids: Collection[uuid.UUID], *, seconds: float) -> None:
        """Put rows that are held on the wire for at most `seconds`."""
        if ids:
            until = database_seconds(self.session) + seconds
            count_of(
                self.session,
                update(ROWS)
                .where(ROWS.c.id.in_(ids))
                .values(
                    status=DeliveryStatus.SENDING,
                    lease_until=until,
                    attempts=ROWS.c.attempts + 1,
                ),
            )

    def prolong(self, ids: Collection[uuid.UUID], *, seconds: float) -> None:
        """Keep rows on the wire for `seconds` from now."""
        until = database_seconds(self.session) + seconds
        count_of(
            self.session,
            update(ROWS)
            .where(ROWS.c.id.in_(ids), ROWS.c.status == DeliveryStatus.SENDING)
            .values(lease_until=until),
        )

    def take_back(
        self, account_id: uuid.UUID, *, now: datetime, at_most_once: Collection[DeliveryKind]
    ) -> int:
        """Return rows whose sender died on the way to the queue; return how many.

        Of what may be sent once at most nobody knows whether it was: it stays `unknown`.
        """
        expired = and_(
            ROWS.c.account_id == account_id,
            ROWS.c.status == DeliveryStatus.SENDING,
            ROWS.c.lease_until < database_seconds(self.session),
        )
        again = update(ROWS).where(expired, ROWS.c.kind.not_in(at_most_once))
        given_up = update(ROWS).where(expired, ROWS.c.kind.in_(at_most_once))
        lost = {"status": DeliveryStatus.UNKNOWN, "reason": "sender_died", "lease_until": None}
        late = {"status": DeliveryStatus.RETRY, "not_before": now, "lease_until": None}
        changes = (again.values(**late), given_up.values(**lost))
        return sum(count_of(self.session, change) for change in changes)

    def give_up_leases(self, account_id: uuid.UUID) -> None:
        """End every lease of an account whose only sender died before this one began."""
        count_of(
            self.session,
            update(ROWS)
            .where(ROWS.c.account_id == account_id, ROWS.c.status == DeliveryStatus.SENDING)
            .values(lease_until=0.0),
        )

    def external_ids(self, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
        """Return the platform's ids of messages that were sent."""
        found = self.session.connection().execute(
            select(ROWS.c.id, ROWS.c.external_id).where(
                ROWS.c.id.in_(ids), ROWS.c.external_id.is_not(None)
            )
        )
        return {row.id: row.external_id for row in found}

    def stopped_among(self, broadcast_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
        """Return which of these broadcasts an officer stopped, for now or for good."""
        if not broadcast_ids:
            return set()
        stopped = (BroadcastStatus.PAUSED, BroadcastStatus.CANCELLED)
        found = self.session.connection().execute(
            select(Broadcast.id).where(
                Broadcast.id.in_(broadcast_ids), Broadcast.status.in_(stopped)
            )
        )
        return {row.id for row in found}

    def waits_in_dialogue(self, address_id: uuid.UUID, seq: int) -> bool:
        """Return whether the message at this place of an address's dialogue still waits."""
        found = self.session.connection().execute(
            select(ROWS.c.id).where(
                ROWS.c.address_id == address_id,
                ROWS.c.stream == Stream.DIALOGUE,
                ROWS.c.seq == seq,
                ROWS.c.status.in_(WAITING),
            )
        )
        return found.first() is not None
