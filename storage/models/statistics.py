"""Figures as they were counted once, so that they can be counted again and compared."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Keyed


class StatisticsSnapshot(Keyed, Base):
    """One table that left the house: its cut-off, what was asked, and what was counted.

    `figures` holds counts by area and class, never people; `digest` is the hexadecimal SHA-256
    of what they were counted from. `known_at` leaves out what was learnt later.
    """

    __tablename__ = "statistics_snapshot"
    __table_args__ = (
        Index("ix_statistics_snapshot_bureau_adcode_made_at", "bureau_adcode", "made_at"),
    )

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    scope: Mapped[str] = mapped_column(String(9))
    question: Mapped[dict[str, object]] = mapped_column(JSON)
    day: Mapped[date]
    known_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64))
    figures: Mapped[dict[str, object]] = mapped_column(JSON)
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    made_at: Mapped[datetime]
