"""Enterprises, their vacancies, reviews, and what was shown to whom."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedText, state_type
from storage.models.base import Base, Keyed
from storage.states import EnterpriseStatus, Response, VacancyStatus


class Enterprise(Keyed, Base):
    """A firm that posts vacancies; verified again every six months."""

    __tablename__ = "enterprise"
    __table_args__ = (UniqueConstraint("bureau_adcode", "credit_code"),)

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    credit_code: Mapped[str] = mapped_column(String(18))
    name: Mapped[str] = mapped_column(String(120))
    adcode: Mapped[str] = mapped_column(String(9))
    contact_name: Mapped[str | None] = mapped_column(EncryptedText("enterprise.contact_name"))
    contact_phone: Mapped[str | None] = mapped_column(EncryptedText("enterprise.contact_phone"))
    status: Mapped[EnterpriseStatus] = mapped_column(
        state_type(EnterpriseStatus), default=EnterpriseStatus.PENDING
    )
    verified_at: Mapped[datetime | None]
    verified_by: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime]


class EnterpriseAddress(Base):
    """An address from which somebody speaks for a firm, once an officer let a second one in."""

    __tablename__ = "enterprise_address"

    address_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("contact_address.id"), primary_key=True
    )
    enterprise_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enterprise.id"), index=True)
    since: Mapped[datetime]
    awaits_officer: Mapped[bool] = mapped_column(default=False)


class Vacancy(Keyed, Base):
    """An opening at a firm. Wages are yuan a month; None means it was not said.

    `violations` are the open ones as [code, words of the post]; `rewrites` are the codes whose
    lawful wording the firm accepted. `estimated` marks a firm's own estimate for piece work.
    """

    __tablename__ = "vacancy"
    __table_args__ = (
        UniqueConstraint("bureau_adcode", "number"),
        Index("ix_vacancy_status", "status"),
    )

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    number: Mapped[int]
    enterprise_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enterprise.id"), index=True)
    posted_by_officer: Mapped[uuid.UUID | None]
    post_text: Mapped[str | None] = mapped_column(EncryptedText("vacancy.post_text"))
    trade: Mapped[str] = mapped_column(String(24))
    title: Mapped[str] = mapped_column(String(40))
    headcount: Mapped[int | None]
    wage_min: Mapped[int | None]
    wage_max: Mapped[int | None]
    wage_unit: Mapped[str | None] = mapped_column(String(8))
    estimated: Mapped[bool] = mapped_column(default=False)
    adcode: Mapped[str | None] = mapped_column(String(6))
    town: Mapped[str | None] = mapped_column(String(9))
    board: Mapped[bool | None]
    lodging: Mapped[bool | None]
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    gender: Mapped[str | None] = mapped_column(String(8))
    insurance: Mapped[str | None] = mapped_column(String(32))
    hours: Mapped[str | None] = mapped_column(String(40))
    payday: Mapped[str | None] = mapped_column(String(40))
    certificates: Mapped[list[str]] = mapped_column(JSON, default=list)
    occupation_code: Mapped[str | None] = mapped_column(String(16))
    base_pay: Mapped[int | None]
    education: Mapped[str | None] = mapped_column(String(16))
    experience_years: Mapped[int | None]
    needs_skill: Mapped[bool | None]
    shifts: Mapped[list[str]] = mapped_column(JSON, default=list)
    starts_on: Mapped[date | None]
    lasts_days: Mapped[int | None]
    nearby_only: Mapped[bool] = mapped_column(default=False)
    reserved_for: Mapped[list[str]] = mapped_column(JSON, default=list)
    contact: Mapped[str | None] = mapped_column(EncryptedText("vacancy.contact"))
    violations: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    rewrites: Mapped[list[str]] = mapped_column(JSON, default=list)
    appeal: Mapped[str | None] = mapped_column(EncryptedText("vacancy.appeal"))
    valid_until: Mapped[date | None]
    status: Mapped[VacancyStatus] = mapped_column(
        state_type(VacancyStatus), default=VacancyStatus.DRAFT
    )
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class VacancyReview(Keyed, Base):
    """An officer's decision about a vacancy, with the reason the firm reads."""

    __tablename__ = "vacancy_review"

    vacancy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vacancy.id"), index=True)
    vacancy_version: Mapped[int]
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    decision: Mapped[VacancyStatus] = mapped_column(state_type(VacancyStatus))
    reason: Mapped[str | None] = mapped_column(EncryptedText("vacancy_review.reason"))
    at: Mapped[datetime]


class VacancyChange(Base):
    """A change that every replica's board has to read."""

    __tablename__ = "vacancy_change"

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    vacancy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vacancy.id"))
    version: Mapped[int]
    at: Mapped[datetime]


class Recommendation(Keyed, Base):
    """A vacancy that was shown to a worker: with what score, why, and what was answered."""

    __tablename__ = "recommendation"
    __table_args__ = (
        UniqueConstraint("worker_id", "vacancy_id"),
        Index("ix_recommendation_vacancy_id", "vacancy_id"),
    )

    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    vacancy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vacancy.id"))
    score: Mapped[float]
    reasons: Mapped[list[list[object]]] = mapped_column(JSON, default=list)
    pushed: Mapped[bool] = mapped_column(default=False)
    pushed_at: Mapped[datetime | None] = mapped_column(index=True)
    times_shown: Mapped[int] = mapped_column(default=1)
    first_shown_at: Mapped[datetime]
    last_shown_at: Mapped[datetime]
    response: Mapped[Response | None] = mapped_column(state_type(Response))
    responded_at: Mapped[datetime | None]


class LeftOutWorker(Base):
    """Why a vacancy's push did not go to a worker; one reason each."""

    __tablename__ = "left_out_worker"

    vacancy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vacancy.id"), primary_key=True)
    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(24))
    details: Mapped[list[list[object]]] = mapped_column(JSON, default=list)
    at: Mapped[datetime]


class VacancyQuestion(Keyed, Base):
    """A worker's question about a gap in a vacancy, passed to the firm."""

    __tablename__ = "vacancy_question"
    __table_args__ = (UniqueConstraint("vacancy_id", "worker_id", "topic"),)

    vacancy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vacancy.id"))
    worker_id: Mapped[uuid.UUID | None]
    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact_address.id"))
    topic: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(EncryptedText("vacancy_question.answer"))
    answered_at: Mapped[datetime | None]
