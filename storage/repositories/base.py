"""What every repository can do: find by key, add, and lock."""

from __future__ import annotations

import uuid
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from storage.models.base import Base
from storage.secrets import Secrets

R = TypeVar("R", bound=Base)


class Repository(Generic[R]):
    """The rows of one kind within one transaction."""

    kind: type[R]

    def __init__(self, session: Session, secrets: Secrets) -> None:
        self.session = session
        self.secrets = secrets

    def get(self, key: uuid.UUID | str) -> R | None:
        """Return the row with this key, or None."""
        return self.session.get(self.kind, key)

    def need(self, key: uuid.UUID | str) -> R:
        """Return the row with this key.

        Raises:
            LookupError: There is none.
        """
        row = self.session.get(self.kind, key)
        if row is None:
            raise LookupError(f"no {self.kind.__name__} with this key")
        return row

    def add(self, row: R) -> R:
        """Add `row` and give it its key."""
        self.session.add(row)
        self.session.flush()
        return row

    def lock(self, key: uuid.UUID) -> R | None:
        """Return the row, re-read and held until the transaction ends (no-op on SQLite).

        Held against other holders only: a row that merely points here (a message to somebody
        who is writing right now) may still be added, or two people would block each other.
        """
        return self.session.get(
            self.kind, key, populate_existing=True, with_for_update={"key_share": True}
        )

    def lock_if_free(self, key: uuid.UUID) -> R | None:
        """Return the row, re-read and held; None when somebody else holds it just now."""
        return self.session.get(
            self.kind,
            key,
            populate_existing=True,
            with_for_update={"key_share": True, "skip_locked": True},
        )
