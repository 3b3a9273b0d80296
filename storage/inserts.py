"""Do-once inserts: a unique key decides, in one statement, on either database."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models.base import Base


def insert_once(session: Session, kind: type[Base], values: Mapping[str, object]) -> bool:
    """Insert a row of `kind`; False when a unique key of it exists already."""
    statement = _statement(kind, session.get_bind().dialect.name)
    # psycopg forgets how many rows an insert made unless it is asked for at once.
    result = session.connection().execute(
        statement, [dict(values)], execution_options={"preserve_rowcount": True}
    )
    return bool(result.rowcount == 1)


@functools.cache
def _statement(kind: type[Base], dialect: str) -> Insert:
    if dialect == "sqlite":
        return sqlite.insert(kind).on_conflict_do_nothing()
    return postgresql.insert(kind).on_conflict_do_nothing()


def upsert(
    session: Session,
    kind: type[Base],
    rows: Sequence[Mapping[str, object]],
    *,
    key: Collection[str],
    replaced: Collection[str],
) -> None:
    """Insert rows of `kind` with one statement; where one stands, write into that.

    Args:
        session: The transaction.
        kind: The table.
        rows: Values by column, the same columns in each.
        key: The columns of the unique key that decides.
        replaced: The columns that are written into a row that stands.
    """
    if not rows:
        return
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    statement = (sqlite if is_sqlite else postgresql).insert(kind)
    newer = {name: statement.excluded[name] for name in replaced}
    session.connection().execute(
        statement.on_conflict_do_update(index_elements=list(key), set_=newer),
        [dict(row) for row in rows],
    )
