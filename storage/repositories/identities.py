"""Whose identity number is whose, by keyed hash: one number, one person of a bureau's register."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage.models.records import AuditEntry
from storage.models.register import RegisterEntry
from storage.repositories.benefit_applications import IN_ONE_QUERY
from storage.repositories.register_rows import NUMBER_FACTS
from storage.states import Source


class Identities:
    """The identity numbers of register entries."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def holder(self, bureau_adcode: str, id_index: bytes) -> RegisterEntry | None:
        """Return the entry of a bureau's register that has this number, or None."""
        return self.session.scalars(
            select(RegisterEntry).where(
                RegisterEntry.bureau_adcode == bureau_adcode, RegisterEntry.id_index == id_index
            )
        ).one_or_none()

    def give_way(self, entries: Collection[uuid.UUID]) -> None:
        """Take numbers that only a worker gave out of entries: they are somebody else's."""
        for entry in self.session.scalars(
            select(RegisterEntry).where(RegisterEntry.id.in_(entries))
        ):
            kept = {name: said for name, said in entry.facts.items() if name not in NUMBER_FACTS}
            entry.id_index, entry.facts = None, kept
        self.session.flush()

    def entries_of(self, workers: Collection[uuid.UUID]) -> list[RegisterEntry]:
        """Return what the register says of these workers, in no order."""
        keys, found = sorted(workers), list[RegisterEntry]()
        for first in range(0, len(keys), IN_ONE_QUERY):
            some = keys[first : first + IN_ONE_QUERY]
            found += self.session.scalars(
                select(RegisterEntry).where(RegisterEntry.worker_id.in_(some))
            )
        return found

    def audited(self, worker_id: uuid.UUID, action: str) -> int:
        """Return how often the audit says that something was done to a worker."""
        rows = select(func.count()).where(
            AuditEntry.subject_id == worker_id, AuditEntry.action == action
        )
        return self.session.scalar(rows) or 0

    def add(self, entry: RegisterEntry) -> bool:
        """Add an entry; False where its number or its worker got one at this very moment."""
        try:
            with self.session.begin_nested():
                self.session.add(entry)
        except IntegrityError:
            return False
        return True

    def give(
        self, entry: RegisterEntry, id_index: bytes, facts: dict[str, object], *, source: Source
    ) -> bool:
        """Give an entry its number on somebody's word; False where another got it just now."""
        try:
            with self.session.begin_nested():
                entry.id_index, entry.facts, entry.source = id_index, facts, source
        except IntegrityError:
            self.session.expire(entry)
            return False
        return True
