"""The outbox: what is queued, what an address was told, what waits about a subject."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.models.channels import ChannelAccount, ContactAddress
from storage.models.outbox import Delivery
from storage.repositories.base import Repository
from storage.repositories.claims import WAITING, Claiming
from storage.repositories.fates import Settling
from storage.repositories.statements import IS_COPY, ROWS, count_of
from storage.states import DeliveryKind, DeliveryStatus, Operation, Stream

__all__ = ["WAITING", "Deliveries", "SentRow"]


@dataclass(frozen=True, slots=True)
class SentRow:
    """A message that was accepted, as far as changing it needs."""

    id: uuid.UUID
    account_id: uuid.UUID
    address_id: uuid.UUID
    worker_id: uuid.UUID | None
    subject_id: uuid.UUID | None
    accepted_at: datetime | None
    body: dict[str, object] | None
    language: str


_LATEST_FIRST = (Delivery.accepted_at.desc(), Delivery.cursor.desc(), Delivery.seq.desc())
# A change of an old message is no news: it answers nothing and asks nothing.
_ACCEPTED = (
    Delivery.address_id == bindparam("address_id"),
    Delivery.status == DeliveryStatus.ACCEPTED,
    Delivery.operation == Operation.SEND,
)
# Built once: asked with most messages; most of the time the stream alone is wanted.
_NEWEST = select(Delivery).where(*_ACCEPTED).order_by(*_LATEST_FIRST).limit(1)
_NEWEST_STREAM = (
    select(Delivery.id, Delivery.stream, Delivery.accepted_at)
    .where(*_ACCEPTED)
    .order_by(*_LATEST_FIRST)
    .limit(1)
)
_INSERT = insert(ROWS)
_SENT = (
    select(
        Delivery.id,
        Delivery.account_id,
        Delivery.address_id,
        Delivery.worker_id,
        Delivery.subject_id,
        Delivery.accepted_at,
        Delivery.body,
        ContactAddress.language,
    )
    .join(ContactAddress, ContactAddress.id == Delivery.address_id)
    .join(ChannelAccount, ChannelAccount.id == Delivery.account_id)
    .where(Delivery.operation == Operation.SEND, Delivery.status == DeliveryStatus.ACCEPTED)
    .order_by(Delivery.id)
)


class Deliveries(Claiming, Settling, Repository[Delivery]):
    """The outbox: what is queued, what an address was told, what waits about a subject."""

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

    def waiting_edit(self, target_id: uuid.UUID) -> Delivery | None:
        """Return the change of a message that is still to be sent, held, or None."""
        return self.session.scalars(
            select(Delivery)
            .where(
                Delivery.target_id == target_id,
                Delivery.address_id.in_(
                    select(Delivery.address_id).where(Delivery.id == target_id)
                ),
                Delivery.operation == Operation.EDIT,
                Delivery.status.in_(WAITING),
            )
            .order_by(Delivery.seq.desc())
            .limit(1)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        ).one_or_none()

    def sent_about(
        self,
        subject_id: uuid.UUID,
        *,
        kind: DeliveryKind,
        since: datetime,
        channels: Collection[str],
        among: Collection[uuid.UUID] | None = None,
        after: uuid.UUID | None = None,
        limit: int | None = None,
    ) -> list[SentRow]:
        """Return messages about `subject_id` accepted since an instant, ascending by id.

        Args:
            subject_id: What they are about.
            kind: Why they were sent.
            since: Older ones are left as they are.
            channels: Only on these.
            among: Only these messages, at most as many as one statement takes.
            after: Only those with a higher id.
            limit: At most so many.
        """
        question = _SENT.where(
            Delivery.subject_id == subject_id,
            Delivery.kind == kind,
            Delivery.accepted_at >= since,
            ChannelAccount.channel.in_(channels),
        )
        if among is not None:
            question = question.where(Delivery.id.in_(among))
        if after is not None:
            question = question.where(Delivery.id > after)
        if limit is not None:
            question = question.limit(limit)
        return [SentRow(*row) for row in self.session.execute(question)]

    def keys_used(self, dedupe_keys: Collection[str]) -> set[str]:
        """Return which of these dedupe keys some row has; at most as one statement takes."""
        rows = self.session.scalars(
            select(Delivery.dedupe_key).where(Delivery.dedupe_key.in_(dedupe_keys))
        )
        return set(rows)

    def cancel_waiting(
        self, subject_id: uuid.UUID, *, reason: str, kinds: Collection[DeliveryKind] | None = None
    ) -> int:
        """Skip every waiting push about `subject_id`; return how many.

        Args:
            subject_id: What they are about.
            reason: Stored with each.
            kinds: Only these; every kind when None.
        """
        statement = update(Delivery).where(
            Delivery.subject_id == subject_id,
            Delivery.stream == Stream.PUSH,
            Delivery.status.in_(WAITING),
        )
        if kinds is not None:
            statement = statement.where(Delivery.kind.in_(kinds))
        result = self.session.execute(
            statement.values(status=DeliveryStatus.SKIPPED, reason=reason)
        )
        return cast("CursorResult[Delivery]", result).rowcount

    def supersede_edits(self, subject_id: uuid.UUID, *, reason: str) -> int:
        """Drop changes of messages about `subject_id` that still wait; return how many."""
        return count_of(
            self.session,
            update(ROWS)
            .where(
                ROWS.c.subject_id == subject_id,
                ROWS.c.operation == Operation.EDIT,
                ROWS.c.status.in_(WAITING),
            )
            .values(status=DeliveryStatus.SUPERSEDED, reason=reason),
        )

    def pushes_since(self, worker_id: uuid.UUID, since: datetime) -> int:
        """Return how many pushes a worker was sent, or will be, since an instant."""
        return (
            self.session.scalar(
                select(func.count())
                .select_from(Delivery)
                .where(
                    Delivery.worker_id == worker_id,
                    Delivery.stream == Stream.PUSH,
                    ~IS_COPY,
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
