"""Audit, counters, settings and ticks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from storage.bulk_inserts import insert_many
from storage.models.records import AuditEntry, Counter, JobSlot, StoredSetting
from storage.repositories.base import Repository


class Records(Repository[AuditEntry]):
    """Audit, counters, settings and ticks."""

    kind = AuditEntry

    def audit(
        self,
        actor: str,
        action: str,
        *,
        subject_kind: str,
        subject_id: uuid.UUID | None,
        scope: str,
        at: datetime,
        request_id: str | None = None,
    ) -> None:
        """Write down who did what to whom; values never stand here."""
        self.session.add(
            AuditEntry(
                actor=actor,
                action=action,
                subject_kind=subject_kind,
                subject_id=subject_id,
                scope=scope,
                at=at,
                request_id=request_id,
            )
        )

    def audit_all(
        self,
        actor: str,
        action: str,
        *,
        subject_kind: str,
        subject_ids: Sequence[uuid.UUID],
        scope: str,
        at: datetime,
    ) -> None:
        """Write down the same of many, one row each, with one statement."""
        shared = {"actor": actor, "action": action, "subject_kind": subject_kind, "scope": scope}
        rows = [
            {"id": uuid.uuid4(), **shared, "subject_id": one, "at": at, "request_id": None}
            for one in subject_ids
        ]
        insert_many(self.session, AuditEntry, rows)

    def next_number(self, series: str) -> int:
        """Return the next number of a series, counting from 1."""
        changed = self.session.execute(
            update(Counter)
            .where(Counter.series == series)
            .values(value=Counter.value + 1)
            .returning(Counter.value)
        ).scalar_one_or_none()
        if changed is not None:
            return changed
        try:
            with self.session.begin_nested():
                self.session.add(Counter(series=series, value=1))
        except IntegrityError:
            return self.next_number(series)
        return 1

    def setting(self, name: str) -> str | None:
        """Return a stored value, or None."""
        return self.session.scalar(select(StoredSetting.value).where(StoredSetting.name == name))

    def store_setting(self, name: str, value: str) -> None:
        """Keep a value across restarts."""
        self.session.merge(StoredSetting(name=name, value=value))
        self.session.flush()

    def settings_named(self, beginning: str) -> dict[str, str]:
        """Return the stored values whose names begin so, by name, ascending."""
        rows = self.session.execute(
            select(StoredSetting.name, StoredSetting.value)
            .where(StoredSetting.name.startswith(beginning, autoescape=True))
            .order_by(StoredSetting.name)
        )
        return {row[0]: row[1] for row in rows}

    def forget_setting(self, name: str) -> None:
        """Delete a stored value."""
        self.session.execute(delete(StoredSetting).where(StoredSetting.name == name))

    def take_slot(self, job: str, slot: str, *, at: datetime) -> bool:
        """Take a tick; False when it was taken before, here or by another replica."""
        try:
            with self.session.begin_nested():
                self.session.add(JobSlot(job=job, slot=slot, started_at=at))
        except IntegrityError:
            return False
        return True

    def finish_slot(self, job: str, slot: str, *, at: datetime) -> None:
        """Note that a tick's work ended."""
        self.session.execute(
            update(JobSlot).where(JobSlot.job == job, JobSlot.slot == slot).values(finished_at=at)
        )

    def slots_of(self, job: str) -> set[str]:
        """Return the slots of a job that were taken and not deleted yet."""
        return set(self.session.scalars(select(JobSlot.slot).where(JobSlot.job == job)))

    def forget_slots(self, before: datetime, *, job: str | None = None) -> int:
        """Delete ticks, of one job or of all, that began before an instant; return how many."""
        which = [JobSlot.started_at < before]
        if job is not None:
            which.append(JobSlot.job == job)
        rows = self.session.execute(delete(JobSlot).where(*which).returning(JobSlot.slot))
        return len(rows.all())
