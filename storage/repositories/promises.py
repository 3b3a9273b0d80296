"""Deadlines that people were told."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.models.work import Promise
from storage.repositories.base import Repository


class Promises(Repository[Promise]):
    """Deadlines that people were told."""

    kind = Promise

    def open_ones(self, what: str, subject_id: uuid.UUID) -> list[Promise]:
        """Return what was promised about a subject and not kept yet, the latest first."""
        return list(
            self.session.scalars(
                select(Promise)
                .where(
                    Promise.what == what,
                    Promise.subject_id == subject_id,
                    Promise.kept_at.is_(None),
                )
                .order_by(Promise.due_at.desc(), Promise.id)
            )
        )

    def overdue(
        self, *, now: datetime, limit: int = 200, besides: Collection[uuid.UUID] = ()
    ) -> list[Promise]:
        """Return promises that nobody kept or escalated in time, held, oldest first."""
        return list(
            self.session.scalars(
                select(Promise)
                .where(
                    Promise.kept_at.is_(None),
                    Promise.escalated_at.is_(None),
                    Promise.due_at < now,
                    Promise.id.not_in(besides),
                )
                .order_by(Promise.due_at, Promise.id)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
        )

    def put_back(self, *, kept: Collection[uuid.UUID], made: Collection[uuid.UUID]) -> None:
        """Open promises again that were kept by mistake, and drop those made by it."""
        self.session.execute(update(Promise).where(Promise.id.in_(kept)).values(kept_at=None))
        self.session.execute(delete(Promise).where(Promise.id.in_(made)))
