"""The bureau's register: people and households as the national system lists them, with provenance.

What the register tells of a person stands encrypted in one value, so that a sheet of sixty
thousand rows costs one encryption a row; what is looked up by is a blind index.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedJson, EncryptedText, state_type
from storage.models.base import Base, Keyed
from storage.register_states import CategoryState, ImportStatus, VisitKind
from storage.states import Source


class Household(Keyed, Base):
    """A household of the register; `number` is 户编号."""

    __tablename__ = "household"
    __table_args__ = (UniqueConstraint("bureau_adcode", "number_index"),)

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    number: Mapped[str] = mapped_column(EncryptedText("household.number"))
    number_index: Mapped[bytes]
    home: Mapped[str | None] = mapped_column(String(9))
    relocated: Mapped[bool] = mapped_column(default=False)
    facts: Mapped[dict[str, object]] = mapped_column(EncryptedJson("household.facts"), default=dict)
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("import_batch.id"))
    changed_at: Mapped[datetime]


class RegisterEntry(Keyed, Base):
    """What the register says of one worker, as it was read last.

    `facts` holds the columns by their product names (identity number, sex, day of birth,
    relation, health, labour capacity…). `row_hash` is keyed and tells whether a row changed.
    `source` is whose word the identity number is: a number that only the worker gave makes
    nobody the person of a sheet's row.
    """

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("worker_id"),
        UniqueConstraint("bureau_adcode", "id_index"),
        Index("ix_register_entry_number", "bureau_adcode", "number_index"),
    )

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    household_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("household.id"), index=True)
    id_index: Mapped[bytes | None]
    number_index: Mapped[bytes | None]
    facts: Mapped[dict[str, object]] = mapped_column(EncryptedJson("register_entry.facts"))
    row_hash: Mapped[bytes | None]
    source: Mapped[Source] = mapped_column(state_type(Source))
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("import_batch.id"))
    changed_at: Mapped[datetime]


class WorkerCategory(Keyed, Base):
    """That somebody is 建档立卡, 脱贫户, 低保…: claimed by them, or verified by whom and when.

    Verified ones come from an import or an officer after a visit or a call, never from the
    worker's own word (domain S-REG).
    """

    __tablename__ = "worker_category"
    __table_args__ = (Index("ix_worker_category_worker_id_state", "worker_id", "state"),)

    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    category: Mapped[str] = mapped_column(EncryptedText("worker_category.category"))
    state: Mapped[CategoryState] = mapped_column(state_type(CategoryState))
    source: Mapped[Source] = mapped_column(state_type(Source))
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("import_batch.id"))
    visit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("home_visit.id"))
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class HomeVisit(Keyed, Base):
    """A visit or call after which an officer wrote down what is so; `facts` by product names."""

    __tablename__ = "home_visit"

    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"), index=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officer.id"))
    kind: Mapped[VisitKind] = mapped_column(state_type(VisitKind))
    visited_on: Mapped[date]
    facts: Mapped[dict[str, object]] = mapped_column(EncryptedJson("home_visit.facts"))
    recorded_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class ImportBatch(Keyed, Base):
    """One sheet: read, shown, applied, perhaps taken back; the counts are of its rows.

    `sheet` is the file itself, packed as text, for as long as it may still be applied or its
    errors looked at.
    """

    __tablename__ = "import_batch"
    __table_args__ = (
        Index("ix_import_batch_bureau_adcode_created_at", "bureau_adcode", "created_at"),
    )

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    kind: Mapped[str] = mapped_column(String(12))
    file_hash: Mapped[bytes]
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))
    status: Mapped[ImportStatus] = mapped_column(state_type(ImportStatus))
    rows: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    sheet: Mapped[str | None] = mapped_column(EncryptedText("import_batch.sheet"), deferred=True)
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))


class ImportedRow(Keyed, Base):
    """What a batch changed, and what stood there before; nothing before means that it was added."""

    __tablename__ = "imported_row"

    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("import_batch.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[uuid.UUID] = mapped_column(index=True)
    before: Mapped[dict[str, object] | None] = mapped_column(EncryptedJson("imported_row.before"))


class RegisterDifference(Keyed, Base):
    """The sheet says one thing, the worker said another later; an officer decides."""

    __tablename__ = "register_difference"
    __table_args__ = (
        Index("ix_register_difference_worker_id_resolved_at", "worker_id", "resolved_at"),
    )

    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker.id"))
    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("import_batch.id"), index=True)
    name: Mapped[str] = mapped_column(String(24))
    theirs: Mapped[object] = mapped_column(EncryptedJson("register_difference.theirs"))
    ours: Mapped[object] = mapped_column(EncryptedJson("register_difference.ours"))
    found_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolution: Mapped[str | None] = mapped_column(String(8))
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("officer.id"))


class RegisterErasure(Keyed, Base):
    """Somebody of the register had their data erased; a later sheet does not bring them back."""

    __tablename__ = "register_erasure"
    __table_args__ = (UniqueConstraint("bureau_adcode", "id_index"),)

    bureau_adcode: Mapped[str] = mapped_column(String(6))
    id_index: Mapped[bytes]
    at: Mapped[datetime]
