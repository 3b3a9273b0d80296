"""Writing a whole database to a file, and filling an empty one from it."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.exc import OperationalError

from bot.errors import StorageUnavailableError
from storage.columns import SECRETS_ATTRIBUTE
from storage.engine import continue_numbers, snapshot
from storage.secrets import Secrets
from storage.transfer.checks import (
    check_keys,
    check_target,
    check_whole,
    index_check,
    key_checks,
    revision_of,
    row_counts,
)
from storage.transfer.columns import Decode, decoders, encode, plain_tables
from storage.transfer.format import (
    DAMAGED,
    FORMAT,
    ArchiveError,
    Counts,
    Header,
    SealedWriter,
    new_archive,
    read_header,
    sealed_lines,
    write_header,
)

BATCH = 1000
Progress = Callable[[int, int], None]


def _no_progress(done: int, total: int) -> None:
    """Tell nobody."""


def write_archive(
    engine: Engine, file: Path, *, at: datetime, progress: Progress = _no_progress
) -> Counts:
    """Write every row of the database, as it is at one instant, to a gzip file of JSON lines.

    The file appears only once it is whole. Others may read and write meanwhile. What is
    encrypted stays so: without the keys the archive cannot be read.

    Args:
        engine: The database.
        file: The archive; an older one of this name is replaced.
        at: When, for the header.
        progress: Called with the rows written so far and all rows.

    Raises:
        StorageUnavailableError: The database is away.
        OSError: The file cannot be written.
    """
    tables = plain_tables()
    with _available(), snapshot(engine) as connection, new_archive(file) as archive:
        counts = row_counts(connection, tables)
        header = Header(
            format=FORMAT,
            revision=revision_of(connection),
            written_at=at.isoformat(),
            keys=key_checks(_secrets(engine)),
            index_key=index_check(_secrets(engine)),
            counts=dict(counts.tables),
        )
        write_header(archive, header)
        done = 0
        for table in tables:
            for written in _write_table(connection, table, archive):
                done += written
                progress(done, counts.total)
        archive.seal(counts)
    return counts


def read_archive(engine: Engine, file: Path, *, progress: Progress = _no_progress) -> Counts:
    """Fill an empty database with the rows of an archive, all or none of them.

    Args:
        engine: A database that is migrated and holds no row.
        file: What `write_archive` wrote, from either kind of database.
        progress: Called with the rows read so far and all rows.

    Raises:
        ArchiveError: The file is damaged, of another schema, or written with other keys; or
            the database holds rows. Nothing was changed.
        StorageUnavailableError: The database is away or full. Nothing was changed.
        OSError: The file cannot be read.
    """
    header = read_header(file)
    check_keys(header, _secrets(engine))
    tables = plain_tables()
    with _available(), engine.begin() as connection:
        check_target(connection, tables, header)
        check_whole(file, header)
        done = 0
        for added in _fill(connection, tables, sealed_lines(file)):
            done += added
            progress(done, sum(header.counts.values()))
        for table in tables:
            continue_numbers(connection, table)
    return Counts(header.counts)


def _write_table(connection: Connection, table: Table, archive: SealedWriter) -> Iterator[int]:
    """Write a table's rows in the order of their keys; yield the size of each batch."""
    archive.write({"table": table.name, "columns": [column.name for column in table.columns]})
    question = select(table).order_by(*table.primary_key.columns)
    rows = connection.execution_options(yield_per=BATCH).execute(question)
    for batch in rows.partitions():
        for row in batch:
            archive.write([encode(value) for value in row])
        yield len(batch)


def _fill(connection: Connection, tables: list[Table], lines: Iterator[object]) -> Iterator[int]:
    """Insert what the lines hold; yield the size of each batch."""
    by_name = {table.name: table for table in tables}
    table: Table | None = None
    for is_rows, group in itertools.groupby(lines, lambda line: isinstance(line, list)):
        if not is_rows:
            for line in group:
                table = by_name[line["table"]]  # type: ignore[index]  # checked before
            continue
        if table is None:
            raise ArchiveError(DAMAGED)
        yield from _insert(connection, table, group)


def _insert(connection: Connection, table: Table, lines: Iterator[object]) -> Iterator[int]:
    names = [column.name for column in table.columns]
    back = decoders(table)
    while batch := list(itertools.islice(lines, BATCH)):
        rows = [dict(zip(names, _values(line, back), strict=True)) for line in batch]
        connection.execute(table.insert(), rows)
        yield len(rows)


def _values(line: object, back: list[Decode | None]) -> list[object]:
    if not isinstance(line, list) or len(line) != len(back):
        raise ArchiveError(DAMAGED)
    return [
        decode(value) if decode is not None and value is not None else value
        for value, decode in zip(line, back, strict=True)
    ]


def _secrets(engine: Engine) -> Secrets:
    secrets: Secrets = getattr(engine.dialect, SECRETS_ATTRIBUTE)
    return secrets


@contextlib.contextmanager
def _available() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise StorageUnavailableError(type(error.orig).__name__) from error
