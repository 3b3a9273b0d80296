"""Whose identity number is whose, by keyed hash: one number, one person of a bureau's register."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage.models.register import RegisterEntry


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

    def add(self, entry: RegisterEntry) -> bool:
        """Add an entry; False where its number or its worker got one at this very moment."""
        try:
            with self.session.begin_nested():
                self.session.add(entry)
        except IntegrityError:
            return False
        return True

    def give(self, entry: RegisterEntry, id_index: bytes, facts: dict[str, object]) -> bool:
        """Give an entry its number; False where another got it at this very moment."""
        try:
            with self.session.begin_nested():
                entry.id_index, entry.facts = id_index, facts
        except IntegrityError:
            self.session.expire(entry)
            return False
        return True
