"""The two tables of the way out, for statements that pass rows by without loading them."""

from __future__ import annotations

from typing import cast

from sqlalchemy import ColumnElement, CursorResult, Table, Update
from sqlalchemy.orm import Session

from storage.models.channels import ContactAddress
from storage.models.outbox import COPY_ENDING, Delivery

ROWS = cast("Table", Delivery.__table__)
ADDRESSES = cast("Table", ContactAddress.__table__)
IS_COPY: ColumnElement[bool] = ROWS.c.dedupe_key.endswith(COPY_ENDING)


def count_of(session: Session, statement: Update) -> int:
    """Run a change and return how many rows it changed."""
    session.flush()  # a statement on the table does not see what only the session holds
    result = session.connection().execute(statement)
    return cast("CursorResult[tuple[object, ...]]", result).rowcount
