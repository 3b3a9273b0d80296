"""A database with the threads that may talk to it, and their transactions."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.errors import StorageUnavailableError
from storage.engine import as_unavailable, create_dialect_engine, is_passing, with_driver
from storage.secrets import Secrets
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
GROUP_LIMIT = 64
MOST_TRIES = 3


@dataclass
class _Work:
    run: Callable[[UnitOfWork], object]
    result: Future[object]
    value: object = None


class Database:
    """One database with the threads that may talk to it.

    On SQLite a single thread writes, and its queue is the order; work that waits together is
    committed together, so one `fsync` serves all of it. On PostgreSQL a pool of threads writes.
    """

    def __init__(self, url: str, secrets: Secrets, *, pool_size: int = 8) -> None:
        self.url = with_driver(url)
        self.secrets = secrets
        self.is_sqlite = self.url.startswith("sqlite")
        self.engine = create_dialect_engine(self.url, secrets, pool_size=pool_size)
        reader_count = 4 if self.is_sqlite else pool_size
        self._readers = ThreadPoolExecutor(reader_count, thread_name_prefix="read")
        self._read_engine = (
            create_dialect_engine(self.url, secrets, pool_size=reader_count, begin="BEGIN")
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
        """Run `work`; what lost against somebody else's lock is run again at once."""
        tries_left = MOST_TRIES
        while True:
            tries_left -= 1
            try:
                return self._once(engine, work)
            except DBAPIError as error:
                if not tries_left or not is_passing(error):
                    raise as_unavailable(error) from error

    def _once(self, engine: Engine, work: Callable[[UnitOfWork], T]) -> T:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            value = work(UnitOfWork(session, self.secrets))
            session.flush()
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
                item.value = item.run(UnitOfWork(session, self._database.secrets))
                session.flush()
        except Exception as error:
            if not _is_in_transaction(connection):
                raise  # a full disk undoes the whole group, not only this savepoint
            failure = as_unavailable(error) if isinstance(error, DBAPIError) else error
            item.result.set_exception(failure)
            return False
        return True


def _is_in_transaction(connection: Connection) -> bool:
    return bool(getattr(connection.connection.driver_connection, "in_transaction", False))


def _fail(group: list[_Work], error: Exception) -> None:
    """Tell every waiting caller that the common commit failed, and not by its own fault."""
    failure = (
        StorageUnavailableError(type(error.orig).__name__)
        if isinstance(error, DBAPIError)
        else error
    )
    for item in group:
        if not item.result.done():
            item.result.set_exception(failure)
