"""The one way out: messages on their way to an address."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedJson, state_type
from storage.models.base import Base, Keyed
from storage.states import DeliveryKind, DeliveryStatus, Operation, Stream

BULK_PRIORITY = 5
REPLY_PRIORITY = 0
# How the key of a copy ends: it goes to a page beside the message itself, and costs no attention.
COPY_ENDING = ":page"
# Of 60,000 rows waiting the first few are found without sorting them; a question uses the index
# only where it says these very words.
WAITS = "status IN ('queued', 'retry')"
# What else an address has under way is asked for each of them: its history must not count.
UNDER_WAY = "status IN ('queued', 'retry', 'sending')"


class Delivery(Keyed, Base):
    """One message to one address, written in the transaction of the change it tells of.

    `seq` orders one stream of one address; `lease_until` is on the database's clock, in
    seconds; `cursor` is the position on a page that reads its messages from here. `confirmed_at` is
    when a gateway reported that a text message arrived; no messenger tells us that.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_status_account_id", "status", "account_id"),
        Index("ix_delivery_address_id_stream_seq", "address_id", "stream", "seq"),
        Index("ix_delivery_address_id_cursor", "address_id", "cursor"),
        Index("ix_delivery_subject_id", "subject_id"),
        Index("ix_delivery_broadcast_id_status", "broadcast_id", "status"),
        Index("ix_delivery_account_id_external_id", "account_id", "external_id"),
        Index("ix_delivery_worker_id_kind", "worker_id", "kind"),
        Index(
            "ix_delivery_waiting",
            "account_id",
            "priority",
            "not_before",
            "seq",
            sqlite_where=text(WAITS),
            postgresql_where=text(WAITS),
        ),
        Index(
            "ix_delivery_under_way",
            "address_id",
            sqlite_where=text(UNDER_WAY),
            postgresql_where=text(UNDER_WAY),
        ),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("channel_account.id"))
    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact_address.id"))
    worker_id: Mapped[uuid.UUID | None]
    stream: Mapped[Stream] = mapped_column(state_type(Stream))
    seq: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[DeliveryKind] = mapped_column(state_type(DeliveryKind))
    priority: Mapped[int] = mapped_column(SmallInteger)
    operation: Mapped[Operation] = mapped_column(state_type(Operation), default=Operation.SEND)
    target_id: Mapped[uuid.UUID | None]
    subject_id: Mapped[uuid.UUID | None]
    broadcast_id: Mapped[uuid.UUID | None]
    text_key: Mapped[str] = mapped_column(String(80))
    body: Mapped[dict[str, object] | None] = mapped_column(EncryptedJson("delivery.body"))
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    lease_until: Mapped[float | None]
    attempts: Mapped[int] = mapped_column(default=0)
    status: Mapped[DeliveryStatus] = mapped_column(
        state_type(DeliveryStatus), default=DeliveryStatus.QUEUED
    )
    reason: Mapped[str | None] = mapped_column(String(40))
    external_id: Mapped[str | None] = mapped_column(String(64))
    cursor: Mapped[int | None] = mapped_column(BigInteger)
    accepted_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
