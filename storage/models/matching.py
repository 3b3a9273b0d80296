"""What ranking keeps: every showing, what was learnt of it, and the nightly lists."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Keyed

IS_OPEN = "closed_at IS NULL"


class Impression(Base):
    """One showing of a vacancy to a worker, as it was ranked at that moment.

    `place` tells where it was shown: `list`, `push`, `broadcast` or `wish`. `position` counts
    from 1 within what was shown together. `reasons` and `misses` are [code, value]; `terms` are
    the features from 0 to 1 by name, unknown ones absent. `weights_id` names the learnt weights
    that were in force; None stands for the built-in ones.
    """

    __tablename__ = "impression"
    __table_args__ = (
        Index("ix_impression_worker_id_vacancy_id", "worker_id", "vacancy_id"),
        Index("ix_impression_at", "at"),
    )

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    vacancy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vacancy.id"), index=True)
    at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(12))
    position: Mapped[int]
    score: Mapped[float]
    reasons: Mapped[list[list[object]]] = mapped_column(JSON, default=list)
    misses: Mapped[list[list[object]]] = mapped_column(JSON, default=list)
    terms: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)
    weights_id: Mapped[uuid.UUID | None]


class RankingWeights(Keyed, Base):
    """Weights learnt from the answers of one bureau's workers; the newest in use counts.

    `weights` are by term; `model` holds the coefficients, the counts of answers and what was held
    out, as the officers read them.
    """

    __tablename__ = "ranking_weights"

    bureau_adcode: Mapped[str] = mapped_column(String(6), index=True)
    learned_at: Mapped[datetime]
    answers: Mapped[int]
    weights: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)
    model: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    in_use: Mapped[bool] = mapped_column(default=False)


class SuccessFigure(Base):
    """How often showings led on, for one trade or one firm of a bureau.

    `kind` is `trade` or `enterprise`, `key` the word or the firm's hex key. A firm's `complaints`
    are grievances that officers opened against it.
    """

    __tablename__ = "success_figure"

    bureau_adcode: Mapped[str] = mapped_column(String(6), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    shown: Mapped[int]
    answered: Mapped[int]
    applied: Mapped[int]
    decided: Mapped[int]
    hired: Mapped[int]
    stay_known: Mapped[int]
    stayed: Mapped[int]
    complaints: Mapped[int] = mapped_column(default=0)
    counted_at: Mapped[datetime]


class RankingRun(Keyed, Base):
    """One night's ranking of a bureau's whole register; at most one a day.

    `figures` are what officers are told: pairs, seconds, objective, bound, coverage.
    """

    __tablename__ = "ranking_run"
    __table_args__ = (UniqueConstraint("bureau_adcode", "for_day"),)

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    for_day: Mapped[date]
    started_at: Mapped[datetime]
    ranked_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    figures: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)


class RankingChunk(Base):
    """A stretch of the register within a run; a replica that claims it ranks it.

    `leased_until` is by the database's clock, like every lease.
    """

    __tablename__ = "ranking_chunk"

    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ranking_run.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    first_worker: Mapped[uuid.UUID]
    last_worker: Mapped[uuid.UUID]
    token: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]


class RankedList(Base):
    """The best vacancies of one worker on one night, packed: see `matching.ranking.packing`."""

    __tablename__ = "ranked_list"

    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"), primary_key=True)
    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ranking_run.id"), index=True)
    entries: Mapped[bytes]


class SavedWish(Keyed, Base):
    """What somebody without a suitable vacancy waits for; it fires once, then it is closed.

    `wish` holds the conditions that were let go or set, by name; the rest is the worker's profile
    on the day it fires. A worker has at most one that is open.
    """

    __tablename__ = "saved_wish"
    __table_args__ = (
        Index(
            "uq_saved_wish_open",
            "worker_id",
            unique=True,
            sqlite_where=text(IS_OPEN),
            postgresql_where=text(IS_OPEN),
        ),
    )

    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"), index=True)
    address_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contact_address.id"))
    wish: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    saved_at: Mapped[datetime]
    until: Mapped[date]
    fired_at: Mapped[datetime | None]
    vacancy_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("vacancy.id"))
    closed_at: Mapped[datetime | None]
