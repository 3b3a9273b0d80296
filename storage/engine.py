"""Databases: engines, threads and transactions. Every difference between dialects stands here."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, make_url, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from bot.errors import StorageUnavailableError
from storage.columns import SECRETS_ATTRIBUTE
from storage.secrets import Secrets
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
GROUP_LIMIT = 64
BEGIN_OPTION = "wengong_begin"
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA cache_size=-16000",
)


@dataclass
class _Work:
    run: Callable[[UnitOfWork], object]
    result: Future[object]
    unit: UnitOfWork | None = None
    value: object = None


class Database:
    """One database with the threads that may talk to it.

    On SQLite a single thread writes, and its queue is the order; work that waits together is
    committed together, so one `fsync` serves all of it. On PostgreSQL a pool of threads writes.
    """

    def __init__(self, url: str, secrets: Secrets, *, pool_size: int = 8) -> None:
        self.url = _with_driver(url)
        self.secrets = secrets
        self.is_sqlite = self.url.startswith("sqlite")
        self.engine = _create_engine(self.url, secrets, pool_size=pool_size)
        reader_count = 4 if self.is_sqlite else pool_size
        self._readers = ThreadPoolExecutor(reader_count, thread_name_prefix="read")
        self._read_engine = (
            _create_engine(self.url, secrets, pool_size=reader_count, begin="BEGIN")
            if self.is_sqlite
            else self.engine
        )
        self._writer = _GroupWriter(self) if self.is_sqlite else None
        self._pool = None if self.is_sqlite else ThreadPoolExecutor(pool_size, "write")

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Run `work` in a transaction of its own in a writing thread.

        The future holds the result once the transaction is durable. It raises what `work`
        raised, after a rollback, or `StorageUnavailableError`.
        """
        if self._writer is not None:
            return self._writer.submit(work)
        assert self._pool is not None  # noqa: S101 - one of the two always exists
        return self._pool.submit(self.run_here, work)

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in a transaction and wait for it; for threads that may block."""
        return self.submit(work).result()

    def submit_read(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Run `work`, which changes nothing, beside the writers."""
        return self._readers.submit(self._in_transaction, self._read_engine, work)

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work`, which changes nothing, and wait for it."""
        return self.submit_read(work).result()

    def close(self) -> None:
        """Finish the work that waits, then close every connection."""
        if self._writer is not None:
            self._writer.close()
        if self._pool is not None:
            self._pool.shutdown()
        self._readers.shutdown()
        self.engine.dispose()
        self._read_engine.dispose()

    def run_here(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in a transaction in this very thread; for the writing threads."""
        return self._in_transaction(self.engine, work)

    def _in_transaction(self, engine: Engine, work: Callable[[UnitOfWork], T]) -> T:
        try:
            with Session(engine, expire_on_commit=False) as session, session.begin():
                unit = UnitOfWork(session, self.secrets)
                value = work(unit)
                session.flush()
        except DBAPIError as error:
            raise _as_unavailable(error) from error
        unit.committed()
        return value


class _GroupWriter:
    """The one writing thread of SQLite; each piece of work stands in its own savepoint."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="write", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        item = _Work(work, Future())
        self._queue.put(item)
        return item.result  # type: ignore[return-value]  # the queue holds work of every type

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while True:
            group, closing = self._next_group()
            if group:
                self._commit_together(group)
            if closing:
                return

    def _next_group(self) -> tuple[list[_Work], bool]:
        item = self._queue.get()
        group: list[_Work] = []
        while item is not None:
            if item.result.set_running_or_notify_cancel():
                group.append(item)
            if len(group) >= GROUP_LIMIT or self._queue.empty():
                return group, False
            item = self._queue.get()
        return group, True

    def _commit_together(self, group: list[_Work]) -> None:
        if len(group) == 1:
            self._commit_alone(group[0])
            return
        try:
            with self._database.engine.begin() as connection:
                done = [item for item in group if self._run_one(connection, item)]
        except Exception as error:
            _fail(group, error)
            return
        for item in done:
            if item.unit is not None:
                item.unit.committed()
            item.result.set_result(item.value)

    def _commit_alone(self, item: _Work) -> None:
        try:
            value = self._database.run_here(item.run)
        except Exception as error:
            item.result.set_exception(error)
        else:
            item.result.set_result(value)

    def _run_one(self, connection: Connection, item: _Work) -> bool:
        session = Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        try:
            with session, session.begin():
                item.unit = UnitOfWork(session, self._database.secrets)
                item.value = item.run(item.unit)
                session.flush()
        except Exception as error:
            if not _is_in_transaction(connection):
                raise  # a full disk undoes the whole group, not only this savepoint
            failure = _as_unavailable(error) if isinstance(error, DBAPIError) else error
            item.result.set_exception(failure)
            return False
        return True


def _is_in_transaction(connection: Connection) -> bool:
    return bool(getattr(connection.connection.driver_connection, "in_transaction", False))


def _fail(group: list[_Work], error: Exception) -> None:
    """Tell every waiting caller that the common commit failed."""
    failure = _as_unavailable(error) if isinstance(error, DBAPIError) else error
    for item in group:
        if not item.result.done():
            item.result.set_exception(failure)


def connect(url: str, secrets: Secrets) -> Engine:
    """Return an engine for one thread's own use, such as a migration or a backup."""
    return _create_engine(_with_driver(url), secrets, pool_size=1)


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


def _with_driver(url: str) -> str:
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    return url


def _create_engine(
    url: str,
    secrets: Secrets,
    *,
    pool_size: int,
    begin: Literal["BEGIN", "BEGIN IMMEDIATE"] = "BEGIN IMMEDIATE",
) -> Engine:
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


def _as_unavailable(error: DBAPIError) -> Exception:
    if isinstance(error, OperationalError):
        return StorageUnavailableError(type(error.orig).__name__)
    return error
