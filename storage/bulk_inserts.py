"""Inserts thousands of rows: values are made ready column by column, then handed to the driver.

SQLAlchemy readies each value of each row by itself; here a value that comes again in a column
(a state, a day, an empty list) is readied once, and what is sealed is sealed as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import cast

from sqlalchemy import Dialect, Uuid, insert, inspect
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from storage.columns import EncryptedJson, EncryptedText
from storage.models.base import Base

Ready = Callable[[object], object]
SEALED = (EncryptedJson, EncryptedText)


def insert_many(session: Session, kind: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows of one kind with one statement.

    Args:
        session: The transaction; what waits in it is written first.
        kind: The table.
        rows: Values by column, every column in each row: no default is filled in.
    """
    if not rows:
        return
    session.flush()
    connection = session.connection()
    dialect = connection.dialect
    names = list(rows[0])
    compiled = insert(kind).compile(dialect=dialect, column_keys=names)
    columns = [_ready_column(kind, name, rows, dialect) for name in names]
    if compiled.positional:
        order = [names.index(name) for name in compiled.positiontup or ()]
        values: list[tuple[object, ...]] = list(
            zip(*(columns[place] for place in order), strict=True)
        )
        connection.exec_driver_sql(str(compiled), values)
    else:
        by_name = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
        connection.exec_driver_sql(str(compiled), by_name)


def _ready_column(
    kind: type[Base], name: str, rows: Sequence[Mapping[str, object]], dialect: Dialect
) -> list[object]:
    """Return a column's values as the driver takes them."""
    values = [row[name] for row in rows]
    column_type: TypeEngine[object] = inspect(kind).columns[name].type
    process = column_type.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    if isinstance(column_type, (*SEALED, Uuid)):
        return [process(value) for value in values]
    return _once_each(values, process)


def _once_each(values: list[object], process: Ready) -> list[object]:
    """Ready each different value once; the values of a column are all of one kind."""
    first = next((value for value in values if value is not None), None)
    if isinstance(first, dict):
        return [process(value) for value in values]
    if isinstance(first, list):
        keys: list[Hashable] = [None if value is None else tuple(_items(value)) for value in values]
    else:
        keys = list(values)
    known: dict[Hashable, object] = {}
    for key, value in zip(keys, values, strict=True):
        if key not in known:
            known[key] = process(value)
    return [known[key] for key in keys]


def _items(value: object) -> list[str]:
    return cast("list[str]", value)
