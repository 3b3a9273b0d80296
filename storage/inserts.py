"""Do-once inserts: a unique key decides, in one statement, on either database."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models.base import Base


def insert_once(session: Session, kind: type[Base], values: Mapping[str, object]) -> bool:
    """Insert a row of `kind`; False when a unique key of it exists already."""
    statement = _statement(kind, session.get_bind().dialect.name)
    result = session.connection().execute(statement, [dict(values)])
    return bool(result.rowcount == 1)


@functools.cache
def _statement(kind: type[Base], dialect: str) -> Insert:
    if dialect == "sqlite":
        return sqlite.insert(kind).on_conflict_do_nothing()
    return postgresql.insert(kind).on_conflict_do_nothing()
