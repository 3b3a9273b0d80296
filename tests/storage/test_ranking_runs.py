"""A night's run: opened once, cut into chunks, each ranked once, whoever dies on the way."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from storage.database import Database
from storage.models import RankedList, RankingChunk, RankingRun, Worker
from storage.repositories.ranking_runs import MOST_ATTEMPTS, Chunk, Progress
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
DAY = date(2026, 11, 24)
BUREAU = "510600"


def add_workers(database: Database, count: int, *, bureau: str = BUREAU) -> list[uuid.UUID]:
    def add(uow: UnitOfWork) -> list[uuid.UUID]:
        rows = [
            Worker(
                bureau_adcode=bureau,
                status=WorkerStatus.SEEKING,
                created_at=NOW,
                changed_at=NOW,
            )
            for _ in range(count)
        ]
        uow.session.add_all(rows)
        uow.session.flush()
        return sorted(row.id for row in rows)

    return database.run(add)


def opened(database: Database, *, size: int = 3, day: date = DAY) -> uuid.UUID:
    return database.run(lambda uow: uow.ranking_runs.open(BUREAU, day, now=NOW, size=size).id)


def claimed(
    database: Database, run_id: uuid.UUID, token: str, *, seconds: float = 60.0
) -> Chunk | None:
    return database.run(lambda uow: uow.ranking_runs.claim(run_id, token=token, seconds=seconds))


def finished(database: Database, chunk: Chunk, token: str) -> bool:
    return database.run(lambda uow: uow.ranking_runs.finish(chunk, token=token, now=NOW))


def keys_within(database: Database, chunk: Chunk) -> list[uuid.UUID]:
    first, last = chunk.first_worker, chunk.last_worker
    rows = database.run(lambda uow: uow.registers.profiles(BUREAU, first, last))
    return [row.id for row in rows]


def test_a_bureaus_day_has_one_run_however_often_it_is_opened(database: Database) -> None:
    add_workers(database, 7)
    with ThreadPoolExecutor(4) as threads:
        found = set(threads.map(lambda _number: opened(database), range(8)))
    assert len(found) == 1
    progress = database.run(lambda uow: uow.ranking_runs.progress(found.pop()))
    assert progress == Progress(chunks=3, done=0, given_up=0)


def test_everybody_stands_in_exactly_one_chunk_also_who_comes_later(database: Database) -> None:
    before = add_workers(database, 10)
    add_workers(database, 4, bureau="510700")
    run_id = opened(database)
    later = add_workers(database, 5)
    found: list[uuid.UUID] = []
    while (chunk := claimed(database, run_id, "one")) is not None:
        found += keys_within(database, chunk)
    assert found == sorted([*before, *later])


def test_an_empty_register_has_one_chunk(database: Database) -> None:
    run_id = opened(database)
    assert database.run(lambda uow: uow.ranking_runs.progress(run_id)).chunks == 1


def test_three_replicas_never_rank_the_same_chunk(database: Database) -> None:
    add_workers(database, 60)
    run_id = opened(database)

    def work(replica: int) -> list[int]:
        numbers = []
        while (chunk := claimed(database, run_id, f"replica {replica}")) is not None:
            numbers.append(chunk.number)
            assert finished(database, chunk, f"replica {replica}")
        return numbers

    with ThreadPoolExecutor(3) as threads:
        numbers = [number for found in threads.map(work, range(3)) for number in found]
    assert sorted(numbers) == list(range(20))
    assert database.run(lambda uow: uow.ranking_runs.progress(run_id)).done == 20


def test_a_chunk_whose_replica_died_is_taken_over_and_the_dead_one_writes_nothing(
    database: Database,
) -> None:
    add_workers(database, 2)
    run_id = opened(database)
    dead = claimed(database, run_id, "dead", seconds=-1.0)
    assert dead is not None
    alive = claimed(database, run_id, "alive")
    assert alive is not None
    assert (alive.number, alive.attempts) == (dead.number, 2)
    assert claimed(database, run_id, "third") is None
    assert not finished(database, dead, "dead")
    assert not database.run(lambda uow: uow.ranking_runs.hold(dead, token="dead"))
    assert database.run(lambda uow: uow.ranking_runs.hold(alive, token="alive"))
    assert finished(database, alive, "alive")
    assert not finished(database, alive, "alive")


def test_a_lease_from_before_the_machine_started_holds_nothing(database: Database) -> None:
    run_id = opened(database)
    assert claimed(database, run_id, "before") is not None
    far = NOW + timedelta(days=36_500)
    database.run(
        lambda uow: uow.session.execute(update(RankingChunk).values(leased_until=far)) and None
    )
    assert claimed(database, run_id, "after") is not None


def test_lists_are_allocated_once_when_all_chunks_are_done(database: Database) -> None:
    add_workers(database, 5)
    run_id = opened(database)

    def allocation(token: str) -> Chunk | None:
        return database.run(lambda uow: uow.ranking_runs.claim_allocation(run_id, token=token))

    assert allocation("early") is None
    while (chunk := claimed(database, run_id, "one")) is not None:
        assert allocation("early") is None
        finished(database, chunk, "one")
    with ThreadPoolExecutor(4) as threads:
        found = [one for one in threads.map(allocation, "abcd") if one is not None]
    assert len(found) == 1


def test_a_chunk_that_kills_everybody_is_given_up(database: Database) -> None:
    add_workers(database, 2)
    run_id = opened(database)
    for attempt in range(MOST_ATTEMPTS):
        assert claimed(database, run_id, f"try {attempt}", seconds=-1.0) is not None
    assert claimed(database, run_id, "no more") is None
    assert database.run(lambda uow: uow.ranking_runs.progress(run_id)) == Progress(1, 0, 1)
    found = database.run(lambda uow: uow.ranking_runs.claim_allocation(run_id, token="one"))
    assert found is not None


def test_a_newer_list_takes_the_place_of_the_older(database: Database) -> None:
    first, second, third = add_workers(database, 3)
    yesterday = opened(database, day=DAY - timedelta(days=1))
    today = opened(database)

    def store(run_id: uuid.UUID, lists: dict[uuid.UUID, bytes]) -> None:
        database.run(lambda uow: uow.ranking_runs.store_lists(run_id, lists))

    store(yesterday, {first: b"old", second: b"old", third: b""})
    store(today, {first: b"new", uuid.uuid4(): b"of somebody who was erased", third: b"none"})
    store(today, {})
    assert database.run(lambda uow: list(uow.ranking_runs.lists(today))) == [
        (first, b"new"),
        (third, b"none"),
    ]
    assert database.run(lambda uow: list(uow.ranking_runs.lists(yesterday))) == [(second, b"old")]


def test_lists_are_read_in_pages(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.repositories.ranking_runs.PAGE", 4)
    people = add_workers(database, 8)
    run_id = opened(database)
    lists = {key: key.bytes for key in people}
    database.run(lambda uow: uow.ranking_runs.store_lists(run_id, lists))
    assert dict(database.run(lambda uow: list(uow.ranking_runs.lists(run_id)))) == lists


def test_old_runs_are_forgotten_with_their_lists(database: Database) -> None:
    (worker_id,) = add_workers(database, 1)
    old = opened(database, day=DAY - timedelta(days=31))
    database.run(lambda uow: uow.ranking_runs.store_lists(old, {worker_id: b"x"}))
    today = opened(database)
    count = database.run(lambda uow: uow.ranking_runs.forget_before(DAY - timedelta(days=30)))
    assert count == 1

    def left(uow: UnitOfWork) -> tuple[list[uuid.UUID], int, int]:
        chunks = select(func.count()).where(RankingChunk.run_id == old)
        lists = select(func.count()).select_from(RankedList)
        runs = list(uow.session.scalars(select(RankingRun.id)))
        return runs, uow.session.scalar(chunks) or 0, uow.session.scalar(lists) or 0

    assert database.run(left) == ([today], 0, 0)


def test_a_run_may_begin_again(database: Database) -> None:
    add_workers(database, 4)
    run_id = opened(database)
    chunk = claimed(database, run_id, "one")
    assert chunk is not None
    assert finished(database, chunk, "one")
    database.run(
        lambda uow: uow.ranking_runs.begin_again(uow.ranking_runs.need(run_id), now=NOW, size=2)
    )
    assert database.run(lambda uow: uow.ranking_runs.progress(run_id)) == Progress(2, 0, 0)
