"""Applications for benefits, what others paid, and what officers decided about policies."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content.policies.cards import ReviewStatus
from storage.benefit_states import BenefitStatus
from storage.columns import EncryptedJson, EncryptedText, state_type
from storage.models.base import Base, Keyed


class BenefitApplication(Keyed, Base):
    """A worker's application for one benefit in one period; amounts are fen.

    `period` is what makes a second application a duplicate: `once`, a year, or a course's
    number. `ticket_index` is the blind index of a ticket's number. A paid row outlives an
    erasure without its person (domain S-FUND).
    """

    __tablename__ = "benefit_application"
    __table_args__ = (
        UniqueConstraint("bureau_adcode", "number"),
        Index("ix_benefit_application_worker_id_code", "worker_id", "code"),
        Index("ix_benefit_application_bureau_adcode_status", "bureau_adcode", "status"),
        Index("ix_benefit_application_ticket_index", "ticket_index"),
    )

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    number: Mapped[int]
    worker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("worker.id"))
    address_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact_address.id"))
    code: Mapped[str] = mapped_column(String(40))
    rule_id: Mapped[str] = mapped_column(String(60))
    period: Mapped[str] = mapped_column(String(24))
    facts: Mapped[dict[str, object]] = mapped_column(EncryptedJson("benefit_application.facts"))
    ticket_index: Mapped[bytes | None]
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    status: Mapped[BenefitStatus] = mapped_column(state_type(BenefitStatus))
    filed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    paid_on: Mapped[date | None]
    published_at: Mapped[datetime | None]


class BenefitDecision(Keyed, Base):
    """One officer's step on an application: proposed, approved, sent back, refused, paid."""

    __tablename__ = "benefit_decision"

    application_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("benefit_application.id"), index=True
    )
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    step: Mapped[str] = mapped_column(String(12))
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str | None] = mapped_column(EncryptedText("benefit_decision.note"))
    at: Mapped[datetime]


class OutsidePayment(Keyed, Base):
    """What another department reported as paid to somebody."""

    __tablename__ = "outside_payment"
    __table_args__ = (Index("ix_outside_payment_id_index", "bureau_adcode", "id_index"),)

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    id_index: Mapped[bytes]
    code: Mapped[str] = mapped_column(String(40))
    department: Mapped[str] = mapped_column(String(60))
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    paid_on: Mapped[date]
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("import_batch.id"))


class PolicyNotice(Keyed, Base):
    """That a worker heard of a policy because something happened; once for each occasion."""

    __tablename__ = "policy_notice"
    __table_args__ = (UniqueConstraint("worker_id", "mechanism", "occasion"),)

    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    mechanism: Mapped[str] = mapped_column(String(24))
    occasion: Mapped[str] = mapped_column(String(48))
    card_id: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class CardReview(Keyed, Base):
    """An officer's word on one wording of a policy card; the newest of a bureau counts.

    `wording` is a hash: a card whose words changed has to be read again.
    """

    __tablename__ = "card_review"
    __table_args__ = (Index("ix_card_review_bureau_adcode_card_id", "bureau_adcode", "card_id"),)

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    card_id: Mapped[str] = mapped_column(String(60))
    wording: Mapped[str] = mapped_column(String(16))
    status: Mapped[ReviewStatus] = mapped_column(state_type(ReviewStatus))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]


class RuleRelease(Keyed, Base):
    """An officer checked a rule's text, so that it may answer; `withdrawn_at` takes it back."""

    __tablename__ = "rule_release"
    __table_args__ = (Index("ix_rule_release_bureau_adcode", "bureau_adcode"),)

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    rule_id: Mapped[str] = mapped_column(String(60))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class DocumentNote(Keyed, Base):
    """What an officer added to the register of documents; the newest of a document counts."""

    __tablename__ = "document_note"
    __table_args__ = (
        Index("ix_document_note_bureau_adcode_document", "bureau_adcode", "document_id"),
    )

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    document_id: Mapped[str] = mapped_column(String(60))
    number: Mapped[str | None] = mapped_column(String(60))
    title: Mapped[str | None] = mapped_column(String(200))
    issuer: Mapped[str | None] = mapped_column(String(80))
    held: Mapped[bool]
    superseded_by: Mapped[str | None] = mapped_column(String(60))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]
