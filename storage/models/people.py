"""Workers, the addresses they share, their consents, and officers."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedJson, EncryptedText, state_type
from storage.models.base import Base, Keyed
from storage.states import Decision, Purpose, WorkerStatus


class Worker(Keyed, Base):
    """A person who looks for work or is asked after.

    Places are codes: six digits for a county, nine for a town. Wages are yuan a month.
    `experience` holds years by trade. `groups` opens reserved vacancies and is read for nothing
    else; it is told by the register, never asked in a chat.
    """

    __tablename__ = "worker"
    __table_args__ = (
        Index("ix_worker_home", "bureau_adcode", "home"),
        Index("ix_worker_phone_index", "phone_index"),
    )

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    name: Mapped[str | None] = mapped_column(EncryptedText("worker.name"))
    phone: Mapped[str | None] = mapped_column(EncryptedText("worker.phone"))
    phone_index: Mapped[bytes | None]
    birth_year: Mapped[int | None]
    home: Mapped[str | None] = mapped_column(String(9))
    trades: Mapped[list[str]] = mapped_column(JSON, default=list)
    refused_trades: Mapped[list[str]] = mapped_column(JSON, default=list)
    certificates: Mapped[list[str]] = mapped_column(JSON, default=list)
    migration: Mapped[str | None] = mapped_column(String(16))
    locations: Mapped[list[str]] = mapped_column(JSON, default=list)
    excluded_locations: Mapped[list[str]] = mapped_column(JSON, default=list)
    wage_min: Mapped[int | None]
    wants_room_board: Mapped[bool | None]
    education: Mapped[str | None] = mapped_column(String(16))
    experience: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    available_from: Mapped[date | None]
    groups: Mapped[list[str] | None] = mapped_column(EncryptedJson("worker.groups"))
    night_shift_worker: Mapped[bool] = mapped_column(default=False)
    status: Mapped[WorkerStatus] = mapped_column(state_type(WorkerStatus), default=WorkerStatus.NEW)
    paused_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class WorkerStatusChange(Keyed, Base):
    """One step in a worker's history of statuses."""

    __tablename__ = "worker_status_change"

    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"), index=True)
    status: Mapped[WorkerStatus] = mapped_column(state_type(WorkerStatus))
    at: Mapped[datetime]


class AddressLink(Base):
    """Who is reached at an address; families share a phone."""

    __tablename__ = "address_link"

    address_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("contact_address.id"), primary_key=True
    )
    worker_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("worker.id"), primary_key=True, index=True
    )
    relation: Mapped[str] = mapped_column(String(8), default="self")
    since: Mapped[datetime]


class Consent(Keyed, Base):
    """One answer to one consent question; the newest of a purpose and subject counts."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_address_id_purpose", "address_id", "purpose"),)

    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact_address.id"))
    worker_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    purpose: Mapped[Purpose] = mapped_column(state_type(Purpose))
    subject_id: Mapped[uuid.UUID | None]
    text_version: Mapped[str] = mapped_column(String(16))
    decision: Mapped[Decision] = mapped_column(state_type(Decision))
    decided_at: Mapped[datetime]


class Officer(Keyed, Base):
    """A liaison officer; `scope` is a code prefix without trailing zeros."""

    __tablename__ = "officer"
    __table_args__ = (UniqueConstraint("address_id"), Index("ix_officer_scope", "scope"))

    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact_address.id"))
    name: Mapped[str] = mapped_column(EncryptedText("officer.name"))
    phone: Mapped[str | None] = mapped_column(EncryptedText("officer.phone"))
    scope: Mapped[str] = mapped_column(String(9))
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class OfficerInvitation(Keyed, Base):
    """A single-use link that makes an address an officer's; only the token's hash is kept."""

    __tablename__ = "officer_invitation"

    token_hash: Mapped[bytes] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(EncryptedText("officer_invitation.name"))
    scope: Mapped[str] = mapped_column(String(9))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
