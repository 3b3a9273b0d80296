"""Two rows in every table, whatever tables there are: one with everything, one with the least."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import JSON, BigInteger, Column, Engine, Enum, Table, select
from sqlalchemy.types import TypeDecorator

from storage.columns import EncryptedJson, EncryptedText, UtcDateTime
from storage.models import Base

Row = dict[str, object]
FIRST_INSTANT = datetime(2026, 3, 1, 8, 30, 15, 123456, tzinfo=UTC)
SECRET_WORDS = "陈桂芳 13900001234"


def fill(engine: Engine) -> None:
    """Add the two rows of every table."""
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            for number in (1, 2):
                connection.execute(table.insert(), [_row(table, number)])


def content(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table as the application reads it, decrypted."""
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in Base.metadata.sorted_tables
        }


def key(table: str, number: int) -> uuid.UUID:
    """Return the key of a table's first or second row."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{table} {number}")


def _row(table: Table, number: int) -> Row:
    return {column.name: _value(table, column, number) for column in table.columns}


def _value(table: Table, column: Column[object], number: int) -> object:
    if column.foreign_keys:
        (reference,) = column.foreign_keys
        return key(reference.column.table.name, number)
    if column.nullable and number != 1:
        return None
    if column.name == "id":
        return key(table.name, number)
    return _of_type(column, number)


def _of_type(column: Column[object], number: int) -> object:
    kind = column.type
    if isinstance(kind, (EncryptedText, EncryptedJson)):
        return SECRET_WORDS if isinstance(kind, EncryptedText) else {"words": [SECRET_WORDS, None]}
    if isinstance(kind, UtcDateTime):
        return FIRST_INSTANT + timedelta(days=number)
    if isinstance(kind, Enum):
        assert kind.enum_class is not None
        return next(iter(kind.enum_class))
    if isinstance(kind, JSON):
        return ["平车", number, None, {"深": [True, 0.1]}]
    assert not isinstance(kind, TypeDecorator)
    return _plain(column, number)


def _plain(column: Column[object], number: int) -> object:
    kind = column.type.python_type
    if isinstance(column.type, BigInteger):
        return 2**40 + number
    if issubclass(kind, str):
        length = getattr(column.type, "length", None) or 8
        return f"字{number}"[:length]
    by_type: dict[type, object] = {
        bool: number == 1,
        int: number,
        float: 1_700_000_000.123456 + number / 3,
        bytes: bytes([0, 255, number]),
        date: date(2026, 2, number),
        uuid.UUID: uuid.UUID(int=number),
    }
    return by_type[kind]
