"""Rows that keep the house in order: audit, counters, settings, ticks."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Keyed


class AuditEntry(Keyed, Base):
    """Who did what to whom, without values; rows are only ever added."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject_id", "subject_id"),)

    actor: Mapped[str] = mapped_column(String(48))
    action: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[uuid.UUID | None]
    scope: Mapped[str] = mapped_column(String(9))
    request_id: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime]


class Counter(Base):
    """The last number given, by bureau and series (V-0201, C-0007)."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(String(24), primary_key=True)
    value: Mapped[int]


class StoredSetting(Base):
    """A value that must survive a restart, such as the demo's moved clock."""

    __tablename__ = "stored_setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(400))


class JobSlot(Base):
    """A tick that some replica has taken: inserted once, so a job runs once a slot."""

    __tablename__ = "job_slot"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    slot: Mapped[str] = mapped_column(String(32), primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


APPEND_ONLY_SQLITE = (
    "CREATE TRIGGER audit_entry_no_{verb} BEFORE {verb} ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'audit entries are only added'); END"
)
APPEND_ONLY_FUNCTION = (
    "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger AS $$ "
    "BEGIN RAISE EXCEPTION 'audit entries are only added'; END $$ LANGUAGE plpgsql"
)
APPEND_ONLY_POSTGRESQL = (
    "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry "
    "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
)
