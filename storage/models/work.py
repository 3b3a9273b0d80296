"""Applications, spells of work, check-ins, cases and promises."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedText, state_type
from storage.models.base import Base, Keyed
from storage.states import (
    ApplicationStatus,
    CaseStatus,
    CheckInKind,
    CheckInStatus,
    EndReason,
    Source,
)


class Application(Keyed, Base):
    """A worker's wish for one vacancy; the firm sees name and phone once it is sent."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("worker_id", "vacancy_id"),
        Index("ix_application_vacancy_id_status", "vacancy_id", "status"),
    )

    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    vacancy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vacancy.id"))
    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact_address.id"))
    status: Mapped[ApplicationStatus] = mapped_column(state_type(ApplicationStatus))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    firm_called: Mapped[bool | None]


class Employment(Keyed, Base):
    """A spell of work; dates are plain dates in the city's time zone.

    `channel` is one of the six ways into work (`EmploymentChannel`); `venue` is `workshop` for
    one inside a workshop near home.
    """

    __tablename__ = "employment"
    __table_args__ = (Index("ix_employment_worker_id_ended_on", "worker_id", "ended_on"),)

    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    enterprise_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("enterprise.id"))
    application_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("application.id"))
    vacancy_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("vacancy.id"))
    employer: Mapped[str | None] = mapped_column(EncryptedText("employment.employer"))
    workplace: Mapped[str | None] = mapped_column(String(9))
    trade: Mapped[str | None] = mapped_column(String(24))
    channel: Mapped[str] = mapped_column(String(24), default="enterprise")
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[EndReason | None] = mapped_column(state_type(EndReason))
    venue: Mapped[str | None] = mapped_column(String(16))
    abroad: Mapped[bool] = mapped_column(default=False)
    contract: Mapped[bool | None]
    insurance: Mapped[bool | None]
    wage: Mapped[int | None]
    source: Mapped[Source] = mapped_column(state_type(Source))
    disputed: Mapped[bool] = mapped_column(default=False)
    last_confirmed_on: Mapped[date]
    recorded_at: Mapped[datetime]


class EmploymentVersion(Keyed, Base):
    """What was known about a spell between two instants, so that old ledgers can be made anew.

    The version that is believed now has no `known_until`. One without a channel is read with the
    spell's present one.
    """

    __tablename__ = "employment_version"
    __table_args__ = (Index("ix_employment_version_started_on", "started_on", "ended_on"),)

    employment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("employment.id", ondelete="CASCADE"), index=True
    )
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[EndReason | None] = mapped_column(state_type(EndReason))
    enterprise_id: Mapped[uuid.UUID | None]
    workplace: Mapped[str | None] = mapped_column(String(9))
    channel: Mapped[str | None] = mapped_column(String(24))
    venue: Mapped[str | None] = mapped_column(String(16))
    abroad: Mapped[bool | None]
    source: Mapped[Source] = mapped_column(state_type(Source))
    disputed: Mapped[bool] = mapped_column(default=False)
    known_from: Mapped[datetime]
    known_until: Mapped[datetime | None]

    @classmethod
    def of(cls, spell: Employment, *, known_from: datetime) -> EmploymentVersion:
        """Return what `spell` says now, as it is believed from `known_from` on."""
        return cls(
            employment_id=spell.id,
            started_on=spell.started_on,
            ended_on=spell.ended_on,
            end_reason=spell.end_reason,
            enterprise_id=spell.enterprise_id,
            workplace=spell.workplace,
            channel=spell.channel,
            venue=spell.venue,
            abroad=bool(spell.abroad),
            source=spell.source,
            disputed=bool(spell.disputed),  # None until a new row has met its default
            known_from=known_from,
        )


class CheckIn(Keyed, Base):
    """One question after somebody, due at an instant; the row is what is due, not a timer.

    `due_at` follows from the spell's or the application's date and never moves with the actual
    sending; `not_before` does (postponed, asked again). To the questions about an application
    the answer yes is `same`, no is `not_working`, and giving it up is `changed`.
    """

    __tablename__ = "check_in"
    __table_args__ = (
        Index("ix_check_in_status_not_before", "status", "not_before"),
        Index("ix_check_in_address_id_status", "address_id", "status"),
        Index("ix_check_in_worker_id_status", "worker_id", "status"),
        UniqueConstraint("employment_id", "kind", "day"),
        UniqueConstraint("application_id", "kind", "day"),
    )

    kind: Mapped[CheckInKind] = mapped_column(state_type(CheckInKind))
    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    employment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("employment.id"))
    application_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("application.id"))
    address_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact_address.id"))
    day: Mapped[int]
    due_at: Mapped[datetime]
    not_before: Mapped[datetime]
    status: Mapped[CheckInStatus] = mapped_column(
        state_type(CheckInStatus), default=CheckInStatus.SCHEDULED
    )
    attempt: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    receipt_id: Mapped[uuid.UUID | None]


class Case(Keyed, Base):
    """Somebody who needs a person: one open case a worker, with an owner and a deadline."""

    __tablename__ = "worker_case"
    __table_args__ = (
        UniqueConstraint("bureau_adcode", "number"),
        Index("ix_worker_case_worker_id_status", "worker_id", "status"),
        Index("ix_worker_case_officer_id_status", "officer_id", "status"),
        Index("ix_worker_case_enterprise_id_opened_at", "enterprise_id", "opened_at"),
    )

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    number: Mapped[int]
    worker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("worker.id"))
    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact_address.id"))
    enterprise_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("enterprise.id"))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    matters: Mapped[list[str]] = mapped_column(JSON, default=list)
    urgent: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str | None] = mapped_column(EncryptedText("worker_case.words"))
    status: Mapped[CaseStatus] = mapped_column(state_type(CaseStatus), default=CaseStatus.OPEN)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    reopened: Mapped[int] = mapped_column(default=0)


class CaseEvent(Keyed, Base):
    """One line in a case's history; `number` counts a case's lines from 1."""

    __tablename__ = "case_event"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker_case.id"))
    number: Mapped[int]
    action: Mapped[str] = mapped_column(String(24))
    officer_id: Mapped[uuid.UUID | None]
    note: Mapped[str | None] = mapped_column(EncryptedText("case_event.note"))
    at: Mapped[datetime]


class Promise(Keyed, Base):
    """Something a person was told would happen by an instant; it escalates when it does not."""

    __tablename__ = "promise"
    __table_args__ = (Index("ix_promise_kept_at_due_at", "kept_at", "due_at"),)

    what: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[uuid.UUID] = mapped_column(index=True)
    scope: Mapped[str] = mapped_column(String(9))
    due_at: Mapped[datetime]
    made_at: Mapped[datetime]
    kept_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
