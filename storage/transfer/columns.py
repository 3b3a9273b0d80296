"""Stored values as JSON and back, untouched: what is encrypted stays encrypted."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import JSON, Column, Enum, MetaData, String, Table
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.models import Base

Decode = Callable[[str], object]


def plain_tables() -> list[Table]:
    """Return every table without its encryption and its states, each after those it refers to.

    Their columns give and take what is stored: ciphertext as bytes, states as words,
    instants as naive UTC.
    """
    metadata = MetaData()
    return [_plain(table, metadata) for table in Base.metadata.sorted_tables]


def encode(value: object) -> object:
    """Return a stored value as JSON: bytes in base64, keys in hex, dates and instants in ISO."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, date):
        return value.isoformat()
    return value


def decoders(table: Table) -> list[Decode | None]:
    """Return what turns the JSON of each column back; None where it is the value already."""
    return [_decoder(column) for column in table.columns]


def _plain(table: Table, metadata: MetaData) -> Table:
    columns = [
        Column(
            column.name,
            _stored_type(column),
            primary_key=column.primary_key,
            autoincrement=column.autoincrement,
        )
        for column in table.columns
    ]
    return Table(table.name, metadata, *columns)


def _stored_type(column: Column[object]) -> TypeEngine[object]:
    kind: TypeEngine[object] = column.type
    if isinstance(kind, TypeDecorator):
        return kind.impl_instance
    if isinstance(kind, Enum):
        return cast("TypeEngine[object]", String())
    if isinstance(kind, JSON):
        return JSON(none_as_null=bool(column.nullable))
    return kind


def _decoder(column: Column[object]) -> Decode | None:
    if isinstance(column.type, JSON):
        return None
    kind = column.type.python_type
    if issubclass(kind, bytes):
        return base64.b64decode
    if issubclass(kind, UUID):
        return UUID
    if issubclass(kind, datetime):
        return datetime.fromisoformat
    return date.fromisoformat if issubclass(kind, date) else None
