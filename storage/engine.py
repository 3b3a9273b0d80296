"""Engines for SQLite and PostgreSQL; every difference between the two stands here."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Literal

import psycopg
from sqlalchemy import Connection, Engine, Table, create_engine, event, func, make_url, select
from sqlalchemy.exc import DBAPIError

from bot.errors import StorageUnavailableError
from storage.columns import SECRETS_ATTRIBUTE
from storage.secrets import Secrets

BEGIN_OPTION = "wengong_begin"
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA cache_size=-16000",
)
# Primary result codes: what a disk or another process does to us, not what we asked wrongly.
SQLITE_OUTAGES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    }
)
PRIMARY_CODE = 0xFF
# Classes of SQLSTATE: connection, resources, shutdown; and what may simply be tried again.
TRY_AGAIN = ("40",)
POSTGRES_OUTAGES = ("08", "53", "57P", "55", *TRY_AGAIN)
MIGRATION_LOCK = 5_106_2026


def connect(url: str, secrets: Secrets) -> Engine:
    """Return an engine for one thread's own use, such as a migration or a backup."""
    return create_dialect_engine(with_driver(url), secrets, pool_size=1)


@contextlib.contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees the database as it is now, whatever others write meanwhile.

    It only reads, and holds nobody up.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.execution_options(**{BEGIN_OPTION: "BEGIN"})
        else:
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        yield connection


def continue_numbers(connection: Connection, table: Table) -> None:
    """Let the numbers that the database gives in `table` go on after the highest one in it.

    SQLite does so by itself; a PostgreSQL sequence does not hear of rows that bring theirs.
    """
    column = table.autoincrement_column
    if column is None or connection.dialect.name == "sqlite":
        return
    highest = connection.scalar(select(func.max(column)))
    if highest is not None:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        connection.execute(select(func.setval(sequence, highest)))


def with_driver(url: str) -> str:
    """Return a database address that names the driver we use."""
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    return url


def create_dialect_engine(
    url: str,
    secrets: Secrets,
    *,
    pool_size: int,
    begin: Literal["BEGIN", "BEGIN IMMEDIATE"] = "BEGIN IMMEDIATE",
) -> Engine:
    """Return an engine prepared for its dialect, with the keys that its columns need.

    Args:
        url: Names its driver.
        secrets: Read and write the encrypted columns.
        pool_size: Threads that will use it.
        begin: How a transaction begins on SQLite.
    """
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"check_same_thread": False})
        _prepare_sqlite(engine, begin)
    else:
        engine = create_engine(
            url, pool_size=pool_size * 2, max_overflow=0, pool_pre_ping=True, pool_timeout=15
        )
    setattr(engine.dialect, SECRETS_ATTRIBUTE, secrets)
    return engine


def _prepare_sqlite(engine: Engine, begin: str) -> None:
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]  # we begin ourselves
        cursor = connection.cursor()  # type: ignore[attr-defined]
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(BEGIN_OPTION, begin))


@contextlib.contextmanager
def one_at_a_time(connection: Connection) -> Iterator[None]:
    """Let one process at a time into the block, such as a migration.

    SQLite's own lock does so already; PostgreSQL's replicas start together.
    """
    if connection.dialect.name == "sqlite":
        yield
        return
    connection.execute(select(func.pg_advisory_lock(MIGRATION_LOCK)))
    connection.commit()  # the lock is the session's; migrations begin transactions of their own
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(select(func.pg_advisory_unlock(MIGRATION_LOCK)))
        connection.commit()


def as_unavailable(error: DBAPIError) -> Exception:
    """Return `error` as an outage where it is one; a bug in a statement is not."""
    if error.connection_invalidated or _is_outage(error.orig):
        return StorageUnavailableError(type(error.orig).__name__)
    return error


def is_passing(error: DBAPIError) -> bool:
    """Return whether the same work may simply be done again: a deadlock, a serialization."""
    state = getattr(error.orig, "sqlstate", None)
    return str(state or "").startswith(TRY_AGAIN)


def _is_outage(error: BaseException | None) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE in SQLITE_OUTAGES
    if isinstance(error, psycopg.OperationalError):
        return error.sqlstate is None or error.sqlstate.startswith(POSTGRES_OUTAGES)
    return isinstance(error, psycopg.InterfaceError)
