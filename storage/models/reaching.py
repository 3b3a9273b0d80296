"""How people are reached: broadcasts, return links, codes, calls, what they sent, sheets."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedText, state_type
from storage.models.base import Base, Keyed
from storage.states import BroadcastStatus, CallOutcome, CallStatus, LinkPurpose


class Broadcast(Keyed, Base):
    """One message of an officer to everybody in a place, trade and status.

    `cursor` is the last worker, by id, whose delivery or reason to be left out is stored, so
    that a crash goes on behind it. `progress_id` is the officer's message that is kept up to
    date. Its recipients are the deliveries with its `broadcast_id`.
    """

    __tablename__ = "broadcast"
    __table_args__ = (
        UniqueConstraint("bureau_adcode", "number"),
        Index("ix_broadcast_status", "status"),
    )

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    number: Mapped[int]
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    scope: Mapped[str] = mapped_column(String(9))
    vacancy_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("vacancy.id"))
    words: Mapped[str | None] = mapped_column(EncryptedText("broadcast.words"))
    places: Mapped[list[str]] = mapped_column(JSON, default=list)
    trades: Mapped[list[str]] = mapped_column(JSON, default=list)
    statuses: Mapped[list[str]] = mapped_column(JSON, default=list)
    status: Mapped[BroadcastStatus] = mapped_column(
        state_type(BroadcastStatus), default=BroadcastStatus.DRAFT
    )
    cursor: Mapped[uuid.UUID | None]
    chosen: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)
    progress_id: Mapped[uuid.UUID | None]
    progress_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class BroadcastLeftOut(Base):
    """Why a broadcast did not go to a worker of its audience; one reason each."""

    __tablename__ = "broadcast_left_out"

    broadcast_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("broadcast.id"), primary_key=True)
    worker_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("worker.id"), primary_key=True, index=True
    )
    reason: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime]


class ReturnLink(Keyed, Base):
    """A signed link that opens another channel as one worker; only the token's hash is kept.

    `delivery_id` is the message it came with, `address_id` where that message went. The first
    address that opens it is the only one that may (`opened_by`).
    """

    __tablename__ = "return_link"

    token_hash: Mapped[bytes] = mapped_column(unique=True)
    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(state_type(LinkPurpose))
    delivery_id: Mapped[uuid.UUID | None]
    address_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact_address.id"))
    made_by: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact_address.id"))


class JoinCode(Keyed, Base):
    """Six digits shown on one channel and typed on another, which then reaches the same worker."""

    __tablename__ = "join_code"
    __table_args__ = (Index("ix_join_code_code_index", "code_index"),)

    code_index: Mapped[bytes]
    bureau_adcode: Mapped[str] = mapped_column(String(6))
    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"), index=True)
    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact_address.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact_address.id"))


class PhoneTask(Keyed, Base):
    """Somebody whom an officer has to phone, because no message gets there.

    `delivery_id` is the message that the call stands for; `risk` orders a day's list, the
    highest first; `planned_on` moves on while nobody answers. `reason` says why a call was let
    go.
    """

    __tablename__ = "phone_task"
    __table_args__ = (
        Index("ix_phone_task_officer_id_status_planned_on", "officer_id", "status", "planned_on"),
        UniqueConstraint("dedupe_key"),
    )

    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"), index=True)
    address_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact_address.id"))
    delivery_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[uuid.UUID | None]
    risk: Mapped[int]
    planned_on: Mapped[date]
    status: Mapped[CallStatus] = mapped_column(state_type(CallStatus), default=CallStatus.OPEN)
    outcome: Mapped[CallOutcome | None] = mapped_column(state_type(CallOutcome))
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(String(24))
    dedupe_key: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class PhoneCall(Keyed, Base):
    """One call that an officer made, and what to put back when its outcome is taken back.

    `before` holds keys and states only: the worker's status, the cases, promises and other
    calls that the outcome changed (`services/call_memory.py`).
    """

    __tablename__ = "phone_call"
    __table_args__ = (Index("ix_phone_call_worker_id_at", "worker_id", "at"),)

    task_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("phone_task.id"), index=True)
    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    outcome: Mapped[CallOutcome] = mapped_column(state_type(CallOutcome))
    at: Mapped[datetime]
    planned_before: Mapped[date]
    before: Mapped[dict[str, object] | None] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]


class Attachment(Keyed, Base):
    """A photo, sticker or voice note that somebody sent: the platform's id of it, not the file."""

    __tablename__ = "attachment"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("channel_account.id"))
    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact_address.id"), index=True)
    worker_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(16))
    file_id: Mapped[str] = mapped_column(EncryptedText("attachment.file_id"))
    case_id: Mapped[uuid.UUID | None]
    received_at: Mapped[datetime]


class DocumentLink(Keyed, Base):
    """An address behind which an officer opens one sheet or printed page for a short while.

    The first browser that opens it is the only one that may (`browser_hash`).
    """

    __tablename__ = "document_link"

    token_hash: Mapped[bytes] = mapped_column(unique=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    kind: Mapped[str] = mapped_column(String(24))
    subject: Mapped[str] = mapped_column(EncryptedText("document_link.subject"))
    browser_hash: Mapped[bytes | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
