"""Channel accounts, the addresses on them, and what came in."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedJson, EncryptedText, state_type
from storage.models.base import Base, Keyed
from storage.states import ReceiptStatus, Role

# Whose menu may have to change; a question uses the index only where it says these very words.
HAS_OWN_MENU = "role <> 'worker' OR menu IS NOT NULL"


class ChannelAccount(Keyed, Base):
    """One bot, gateway or web site of one bureau, with its sending allowance.

    `tokens` refill with time and pay for messages; `paused_until` is the platform's 429.
    `poller` is the one replica that asks the platform for messages, until `polls_until`. All
    instants are kept on the database's clock, in seconds.
    """

    __tablename__ = "channel_account"
    __table_args__ = (UniqueConstraint("channel", "bureau_adcode"),)

    channel: Mapped[str] = mapped_column(String(16))
    bureau_adcode: Mapped[str] = mapped_column(String(6))
    credentials_ref: Mapped[str | None] = mapped_column(String(64))
    tokens: Mapped[float] = mapped_column(default=0.0)
    refilled_at: Mapped[float] = mapped_column(default=0.0)
    paused_until: Mapped[float] = mapped_column(default=0.0)
    poller: Mapped[str | None] = mapped_column(String(32))
    polls_until: Mapped[float] = mapped_column(default=0.0)


class ContactAddress(Keyed, Base):
    """Where messages go, and how far the conversation there has come.

    `page_seen_at` is when its page last asked for messages, to about ten minutes; `menu` is the
    role and language whose commands the platform shows there.
    """

    __tablename__ = "contact_address"
    __table_args__ = (
        UniqueConstraint("account_id", "address_index"),
        Index(
            "ix_contact_address_menu",
            "account_id",
            sqlite_where=text(HAS_OWN_MENU),
            postgresql_where=text(HAS_OWN_MENU),
        ),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("channel_account.id"))
    address: Mapped[str] = mapped_column(EncryptedText("contact_address.address"))
    address_index: Mapped[bytes]
    role: Mapped[Role] = mapped_column(state_type(Role), default=Role.WORKER)
    roles: Mapped[list[str]] = mapped_column(JSON, default=lambda: [Role.WORKER.value])
    language: Mapped[str] = mapped_column(String(2), default="zh")
    created_at: Mapped[datetime]
    last_inbound_at: Mapped[datetime | None]
    last_push_at: Mapped[datetime | None]
    unreachable_since: Mapped[datetime | None]
    unsubscribed_at: Mapped[datetime | None]
    page_seen_at: Mapped[datetime | None]
    menu: Mapped[str | None] = mapped_column(String(16))
    next_seq: Mapped[int] = mapped_column(BigInteger, default=1)
    last_cursor: Mapped[int] = mapped_column(BigInteger, default=0)
    last_sequence: Mapped[int] = mapped_column(BigInteger, default=0)
    step: Mapped[str | None] = mapped_column(String(64))
    answers: Mapped[dict[str, object] | None] = mapped_column(
        EncryptedJson("contact_address.answers")
    )
    memory: Mapped[dict[str, object] | None] = mapped_column(
        EncryptedJson("contact_address.memory")
    )
    acting_for: Mapped[uuid.UUID | None]
    question_serial: Mapped[int] = mapped_column(default=0)
    fallbacks: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None]
    handed_over_to: Mapped[uuid.UUID | None]


class InboundReceipt(Keyed, Base):
    """One inbound message, durable before it is acknowledged."""

    __tablename__ = "inbound_receipt"
    __table_args__ = (
        UniqueConstraint("account_id", "external_id"),
        Index("ix_inbound_receipt_status_received_at", "status", "received_at"),
        Index("ix_inbound_receipt_address_id_status", "address_id", "status"),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("channel_account.id"))
    external_id: Mapped[str] = mapped_column(String(128))
    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact_address.id"))
    sequence: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[dict[str, object] | None] = mapped_column(
        EncryptedJson("inbound_receipt.payload")
    )
    status: Mapped[ReceiptStatus] = mapped_column(state_type(ReceiptStatus))
    attempts: Mapped[int] = mapped_column(default=0)
    code: Mapped[str | None] = mapped_column(String(8))
    received_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
