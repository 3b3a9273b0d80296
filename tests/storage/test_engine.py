"""What a transaction promises: durable in its order, alone in its failure, never half done."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.errors import StorageUnavailableError
from storage.database import GROUP_LIMIT, Database
from storage.models import StoredSetting
from storage.unit_of_work import UnitOfWork

Work = Callable[[UnitOfWork], str]


def keep(name: str) -> Work:
    """Return work that stores a row."""

    def work(uow: UnitOfWork) -> str:
        uow.session.add(StoredSetting(name=name, value="x" * 200))
        uow.session.flush()
        return name

    return work


def fail_after(work: Work) -> Work:
    """Return work that does the same and then breaks."""

    def broken(uow: UnitOfWork) -> str:
        work(uow)
        raise ZeroDivisionError(str(uow.session.in_transaction()))

    return broken


def names_in(database: Database) -> list[str]:
    def read(uow: UnitOfWork) -> list[str]:
        rows = uow.session.execute(text("SELECT name FROM stored_setting ORDER BY name"))
        return [str(name) for (name,) in rows]

    return database.read(read)


@contextlib.contextmanager
def held_writer(database: Database) -> Iterator[None]:
    """Keep the writing thread busy, so that what is submitted meanwhile waits together."""
    begun, go_on = threading.Event(), threading.Event()

    def wait(_uow: UnitOfWork) -> None:
        begun.set()
        go_on.wait(10)

    waiting = database.submit(wait)
    begun.wait(10)
    yield
    go_on.set()
    waiting.result(10)


def outcome_of(future: Future[str]) -> str:
    error = future.exception(10)
    return future.result() if error is None else type(error).__name__


def test_work_is_durable_when_its_result_is_there(database: Database) -> None:
    assert database.run(keep("a")) == "a"
    assert names_in(database) == ["a"]


def test_work_that_breaks_is_rolled_back_and_its_error_told(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        database.run(fail_after(keep("a")))
    assert names_in(database) == []
    assert database.run(keep("b")) == "b"


def test_a_broken_key_is_told_as_such(database: Database) -> None:
    database.run(keep("a"))
    with pytest.raises(IntegrityError):
        database.run(keep("a"))
    assert names_in(database) == ["a"]


def test_in_a_group_a_failing_piece_of_work_rolls_back_alone(sqlite_database: Database) -> None:
    with held_writer(sqlite_database):
        futures = [
            sqlite_database.submit(work)
            for work in (keep("a"), fail_after(keep("b")), keep("a"), keep("c"))
        ]
    assert [outcome_of(future) for future in futures] == [
        "a",
        "ZeroDivisionError",
        "IntegrityError",
        "c",
    ]
    assert names_in(sqlite_database) == ["a", "c"]


def test_work_of_a_group_sees_what_went_before_it(sqlite_database: Database) -> None:
    with held_writer(sqlite_database):
        sqlite_database.submit(keep("a"))
        seen = sqlite_database.submit(lambda uow: uow.records.setting("a") is not None)
    assert seen.result(10)


def test_a_savepoint_undoes_only_its_own_block(database: Database) -> None:
    def work(uow: UnitOfWork) -> None:
        keep("a")(uow)
        with contextlib.suppress(ZeroDivisionError), uow.savepoint():
            fail_after(keep("b"))(uow)
        keep("c")(uow)

    database.run(work)
    assert names_in(database) == ["a", "c"]


def test_many_threads_lose_no_work(database: Database) -> None:
    def count(_number: int) -> int:
        return database.run(lambda uow: uow.records.next_number("V"))

    with ThreadPoolExecutor(16) as threads:
        numbers = list(threads.map(count, range(200)))
    assert sorted(numbers) == list(range(1, 201))


def test_readers_go_on_while_somebody_writes(database: Database) -> None:
    database.run(keep("a"))
    begun, go_on = threading.Event(), threading.Event()

    def slow(uow: UnitOfWork) -> None:
        keep("b")(uow)
        begun.set()
        go_on.wait(10)

    writing = database.submit(slow)
    begun.wait(10)
    assert names_in(database) == ["a"]
    go_on.set()
    writing.result(10)
    assert names_in(database) == ["a", "b"]


def test_a_locked_file_is_told_and_the_next_work_goes_on(sqlite_database: Database) -> None:
    sqlite_database.run(lambda uow: uow.session.execute(text("PRAGMA busy_timeout=20")))
    file = sqlite_database.url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailableError):
            sqlite_database.run(keep("a"))
    assert sqlite_database.run(keep("b")) == "b"
    assert names_in(sqlite_database) == ["b"]


def let_the_disk_run_full(uow: UnitOfWork) -> None:
    pages = uow.session.execute(text("PRAGMA page_count")).scalar_one()
    uow.session.execute(text(f"PRAGMA max_page_count={pages}"))


def free_the_disk(uow: UnitOfWork) -> None:
    uow.session.execute(text("PRAGMA max_page_count=1000000"))


def keep_much(uow: UnitOfWork) -> str:
    uow.session.execute(
        text("INSERT INTO stored_setting (name, value) VALUES ('much', hex(zeroblob(2000000)))")
    )
    return "much"


def test_a_full_disk_is_told_and_the_next_work_goes_on(sqlite_database: Database) -> None:
    sqlite_database.run(let_the_disk_run_full)
    with pytest.raises(StorageUnavailableError):
        sqlite_database.run(keep_much)
    sqlite_database.run(free_the_disk)
    assert sqlite_database.run(keep("b")) == "b"
    assert names_in(sqlite_database) == ["b"]


def test_closing_finishes_the_work_that_waits(database: Database) -> None:
    futures = [database.submit(keep(f"{number:02}")) for number in range(20)]
    database.close()
    assert [future.result(0) for future in futures] == [f"{number:02}" for number in range(20)]


def test_the_queue_is_the_order(sqlite_database: Database) -> None:
    expected = [f"{number:03}" for number in range(3 * GROUP_LIMIT)]
    with held_writer(sqlite_database):
        futures = [sqlite_database.submit(keep(name)) for name in expected]
    assert [outcome_of(future) for future in futures] == expected
    assert names_in(sqlite_database) == expected


def test_in_a_group_a_full_disk_never_tells_of_work_that_is_not_there(
    sqlite_database: Database,
) -> None:
    sqlite_database.run(let_the_disk_run_full)
    with held_writer(sqlite_database):
        works = (keep("a"), keep_much, keep("c"))
        futures = [sqlite_database.submit(work) for work in works]
    outcomes = [outcome_of(future) for future in futures]
    kept = [name for name in outcomes if name != "StorageUnavailableError"]
    sqlite_database.run(free_the_disk)
    assert "much" not in outcomes
    assert names_in(sqlite_database) == kept
    assert sqlite_database.run(keep("d")) == "d"


def test_a_lost_connection_is_told_and_the_next_work_goes_on(postgres_database: Database) -> None:
    def lose(uow: UnitOfWork) -> str:
        keep("a")(uow)
        uow.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return "a"

    with pytest.raises(StorageUnavailableError):
        postgres_database.run(lose)
    assert postgres_database.run(keep("b")) == "b"
    assert names_in(postgres_database) == ["b"]


def test_a_statement_that_is_wrong_is_a_bug_and_no_outage(database: Database) -> None:
    with pytest.raises(DBAPIError):
        database.run(lambda uow: uow.session.execute(text("SELECT nope FROM delivery")).all())


def test_a_held_row_is_read_as_it_is_now(postgres_database: Database) -> None:
    postgres_database.run(lambda uow: uow.accounts.find_or_add("web", "510600"))

    def look_twice(uow: UnitOfWork) -> float:
        account = uow.accounts.find_or_add("web", "510600")
        assert account.tokens == 0.0
        with postgres_database.engine.begin() as other:
            other.execute(text("UPDATE channel_account SET tokens = 5"))
        held = uow.accounts.lock(account.id)
        assert held is not None
        return held.tokens

    assert postgres_database.run(look_twice) == 5.0


def test_two_people_who_lock_crosswise_are_both_served(postgres_database: Database) -> None:
    one = postgres_database.run(lambda uow: uow.accounts.find_or_add("web", "510600").id)
    other = postgres_database.run(lambda uow: uow.accounts.find_or_add("sms", "510600").id)
    both_hold = threading.Barrier(2, timeout=10)

    def cross(first: UUID, second: UUID) -> Callable[[UnitOfWork], bool]:
        tries: list[int] = []

        def work(uow: UnitOfWork) -> bool:
            uow.accounts.lock(first)
            tries.append(1)
            if len(tries) == 1:
                both_hold.wait()
            return uow.accounts.lock(second) is not None

        return work

    futures = [
        postgres_database.submit(cross(one, other)),
        postgres_database.submit(cross(other, one)),
    ]
    assert [future.result(timeout=20) for future in futures] == [True, True]
