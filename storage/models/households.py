"""What is watched about households."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Keyed


class HouseholdAlert(Keyed, Base):
    """In a relocated household nobody works though somebody could: one row a household.

    It closes when somebody works, and opens again (`reopened` counts) when that work is lost.
    """

    __tablename__ = "household_alert"
    __table_args__ = (
        UniqueConstraint("household_id"),
        Index("ix_household_alert_closed_at", "closed_at"),
    )

    household_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"))
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    reopened: Mapped[int] = mapped_column(default=0)
