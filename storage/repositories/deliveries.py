"""The outbox: what is due, who may take it, what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from storage.clocks import database_seconds
from storage.models.channels import ChannelAccount
from storage.models.outbox import Delivery
from storage.repositories.base import Repository
from storage.states import DeliveryStatus, Stream

WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY)


def _stands_before(other: type[Delivery]) -> ColumnElement[bool]:
    """Return what keeps a row back: one on the wire, an older one, or a reply before a push."""
    return or_(
        other.status == DeliveryStatus.SENDING,
        and_(
            other.status.in_(WAITING),
            other.stream == Delivery.stream,
            or_(
                other.seq < Delivery.seq,
                and_(other.seq == Delivery.seq, other.dedupe_key < Delivery.dedupe_key),
            ),
            or_(
                and_(other.stream == Stream.DIALOGUE, other.status == DeliveryStatus.RETRY),
                other.not_before <= bindparam("now"),
            ),
        ),
        and_(
            other.status.in_(WAITING),
            other.stream == Stream.DIALOGUE,
            Delivery.stream == Stream.PUSH,
            other.not_before <= bindparam("now"),
        ),
    )


def _due() -> Select[Delivery]:
    other = aliased(Delivery)
    return (
        select(Delivery)
        .where(
            Delivery.account_id == bindparam("account_id"),
            Delivery.status.in_(WAITING),
            Delivery.not_before <= bindparam("now"),
            ~exists().where(other.address_id == Delivery.address_id, _stands_before(other)),
        )
        .order_by(Delivery.priority, Delivery.not_before, Delivery.seq)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True, of=Delivery)
    )


_INSERT = insert(Delivery.__table__)  # type: ignore[arg-type]  # a mapped class's table is one


_LATEST_FIRST = (Delivery.accepted_at.desc(), Delivery.cursor.desc(), Delivery.seq.desc())
_ACCEPTED = (
    Delivery.address_id == bindparam("address_id"),
    Delivery.status == DeliveryStatus.ACCEPTED,
)
# Built once: asked with most messages; most of the time the stream alone is wanted.
_NEWEST = select(Delivery).where(*_ACCEPTED).order_by(*_LATEST_FIRST).limit(1)
_NEWEST_STREAM = (
    select(Delivery.id, Delivery.stream, Delivery.accepted_at)
    .where(*_ACCEPTED)
    .order_by(*_LATEST_FIRST)
    .limit(1)
)
# Built once: the senders ask it several times a second.
_DUE = _due()


class Deliveries(Repository[Delivery]):
    """The outbox: what is due, who may take it, what became of it."""

    kind = Delivery

    def add_once(self, delivery: Delivery) -> bool:
        """Add `delivery`; False when its dedupe key was used before."""
        try:
            with self.session.begin_nested():
                self.session.add(delivery)
        except IntegrityError:
            return False
        return True

    def add_all(self, rows: Sequence[dict[str, object]]) -> None:
        """Add rows given as columns; their dedupe keys have not been used."""
        if rows:
            self.session.connection().execute(_INSERT, list(rows))

    def due(self, account: ChannelAccount, *, now: datetime, limit: int) -> list[Delivery]:
        """Return rows that may go on the wire now, held until the transaction ends.

        Replies come before bulk; within one stream of one address the oldest comes first and
        alone; at most one row of an address is returned, none while another is on the wire.
        The caller holds the account's row, so no two claimers look at once.
        """
        values = {"account_id": account.id, "now": now, "limit": limit}
        rows = self.session.scalars(_DUE, values)
        first_of_address: dict[uuid.UUID, Delivery] = {}
        for row in rows:
            first_of_address.setdefault(row.address_id, row)
        return list(first_of_address.values())

    def lease(self, rows: Sequence[Delivery], *, seconds: float) -> None:
        """Mark `rows` as on the wire for at most `seconds`."""
        until = database_seconds(self.session) + seconds
        for row in rows:
            row.status = DeliveryStatus.SENDING
            row.lease_until = until
            row.attempts += 1
        self.session.flush()

    def expired_leases(self, account_id: uuid.UUID, *, limit: int = 100) -> list[Delivery]:
        """Return rows whose sender died on the way."""
        return list(
            self.session.scalars(
                select(Delivery)
                .where(
                    Delivery.account_id == account_id,
                    Delivery.status == DeliveryStatus.SENDING,
                    Delivery.lease_until < database_seconds(self.session),
                )
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
        )

    def give_up_leases(self, account_id: uuid.UUID) -> None:
        """End every lease of an account whose only sender died before this one began."""
        self.session.execute(
            update(Delivery)
            .where(Delivery.account_id == account_id, Delivery.status == DeliveryStatus.SENDING)
            .values(lease_until=0.0)
        )

    def next_due_at(self, account_id: uuid.UUID) -> datetime | None:
        """Return the earliest instant at which a waiting row may go, or None."""
        earliest: datetime | None = self.session.scalar(
            select(func.min(Delivery.not_before)).where(
                Delivery.account_id == account_id, Delivery.status.in_(WAITING)
            )
        )
        return earliest

    def on_page(self, address_id: uuid.UUID, *, after: int, limit: int = 50) -> list[Delivery]:
        """Return what a page of this address shows beyond cursor `after`, oldest first."""
        return list(
            self.session.scalars(
                select(Delivery)
                .where(Delivery.address_id == address_id, Delivery.cursor > after)
                .order_by(Delivery.cursor)
                .limit(limit)
            )
        )

    def last_accepted(self, address_id: uuid.UUID) -> Delivery | None:
        """Return the newest message this address was sent, or None."""
        return self.session.scalars(_NEWEST, {"address_id": address_id}).one_or_none()

    def last_push(self, address_id: uuid.UUID, *, after: datetime) -> Delivery | None:
        """Return the newest message if it is a push accepted beyond `after`, or None."""
        row = self.session.execute(_NEWEST_STREAM, {"address_id": address_id}).one_or_none()
        if row is None or row.stream is not Stream.PUSH or row.accepted_at <= after:
            return None
        return self.get(row.id)

    def cancel_waiting(self, subject_id: uuid.UUID, *, reason: str) -> int:
        """Skip every waiting push about `subject_id`; return how many."""
        result = self.session.execute(
            update(Delivery)
            .where(
                Delivery.subject_id == subject_id,
                Delivery.stream == Stream.PUSH,
                Delivery.status.in_(WAITING),
            )
            .values(status=DeliveryStatus.SKIPPED, reason=reason)
        )
        return cast("CursorResult[Delivery]", result).rowcount

    def pushes_since(self, worker_id: uuid.UUID, since: datetime) -> int:
        """Return how many pushes a worker was sent, or will be, since an instant."""
        return (
            self.session.scalar(
                select(func.count())
                .select_from(Delivery)
                .where(
                    Delivery.worker_id == worker_id,
                    Delivery.stream == Stream.PUSH,
                    Delivery.created_at >= since,
                    Delivery.status.in_(
                        [*WAITING, DeliveryStatus.SENDING, DeliveryStatus.ACCEPTED]
                    ),
                )
            )
            or 0
        )

    def counts_by_status(self) -> dict[str, int]:
        """Return how many rows stand in each state."""
        rows = self.session.execute(select(Delivery.status, func.count()).group_by(Delivery.status))
        return {status.value: count for status, count in rows}
