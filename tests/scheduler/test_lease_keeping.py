"""Chunks that take long stay with whoever ranks them; what fails too often ends, and is told."""

from __future__ import annotations

import io
import json
import time
import uuid

from bot.scheduler.lease_keeping import LeaseKeeper
from bot.scheduler.register_ranking import parts_of
from bot.services.people import privacy
from storage.models import RankingChunk
from storage.repositories.ranking_runs import MOST_ATTEMPTS
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.nightly_world import (
    IN_PROCESS,
    add_openings,
    add_register,
    begun,
    holders_die,
    lists_of,
    open_run,
    ranked,
    replica,
    run_of_today,
)


def test_a_chunk_that_takes_longer_than_its_lease_stays_claimed(city_on_both: City) -> None:
    city = city_on_both
    add_register(city, 3)
    run_id = begun(city)
    chunk = city.run(lambda uow: uow.ranking_runs.claim(run_id, token="slow"))
    assert chunk is not None
    with LeaseKeeper(city.database, token="slow", every=0.02) as leases:
        leases.keep(chunk)
        holders_die(city)
        deadline = time.monotonic() + 10

        def is_claimable(uow: UnitOfWork) -> bool:
            return uow.ranking_runs.has_chunks(run_id)

        while city.run(is_claimable) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not city.run(is_claimable)
        leases.drop(chunk)
    holders_die(city)
    assert city.run(is_claimable)


def test_an_allocation_that_failed_five_times_ends_the_run_and_is_logged(
    city_on_both: City, log_lines: io.StringIO
) -> None:
    city = city_on_both
    add_register(city, 3)
    add_openings(city, 2)
    run_id = begun(city)
    replica(city).rank(run_id, IN_PROCESS)
    for _attempt in range(MOST_ATTEMPTS):
        assert open_run(city) == run_id
        city.run(lambda uow: uow.ranking_runs.claim_allocation(run_id, token="dies"))
        assert replica(city).allocate(run_id) is None
        holders_die(city)
    assert replica(city).allocate(run_id) is None
    assert replica(city).allocate(run_id) is None
    assert log_lines.getvalue().count("ranking.allocation_given_up") == 1
    run = run_of_today(city)
    assert run is not None
    assert run.figures["allocated"] is False
    assert open_run(city) is None


def test_nothing_is_prepared_where_no_chunk_waits(city: City) -> None:
    add_register(city, 3)
    run_id = begun(city)
    assert replica(city).has_chunks(run_id)
    replica(city).rank(run_id, IN_PROCESS)
    assert not replica(city).has_chunks(run_id)


def test_a_run_that_begins_again_spreads_no_older_list(city_on_both: City) -> None:
    city = city_on_both
    add_register(city, 3)
    add_openings(city, 2)
    ranked(city)
    assert lists_of(city, begun(city)) == {}


def test_a_vacancy_of_thousands_is_told_in_several_transactions() -> None:
    first, second = uuid.UUID(int=1), uuid.UUID(int=2)
    people = tuple(uuid.UUID(int=number) for number in range(10, 17))
    parts = parts_of([(first, people[:5]), (second, people[5:])], most=3)
    assert parts == [
        [(first, people[:3])],
        [(first, people[3:5]), (second, people[5:6])],
        [(second, people[6:])],
    ]


def test_chunks_are_cut_at_keys_of_nobody(city_on_both: City) -> None:
    city = city_on_both
    people = set(add_register(city, 30))
    begun(city)

    def cuts(uow: UnitOfWork) -> set[uuid.UUID]:
        rows = uow.session.query(RankingChunk.first_worker, RankingChunk.last_worker)
        return {key for row in rows for key in row}

    assert not city.run(cuts) & people


def test_whoever_asks_is_shown_the_list_of_the_night(city: City) -> None:
    (worker_id,) = add_register(city, 1)
    openings = add_openings(city, 8)
    assert ranked(city)[worker_id]

    def shown(uow: UnitOfWork) -> str:
        (address,) = uow.addresses.addresses_of(worker_id)
        return privacy.export(uow, address, uow.workers.need(worker_id))

    (row,) = json.loads(city.run(shown))["ranked_list"]
    assert {entry["vacancy_id"] for entry in row["entries"]} <= {key.hex for key in openings}
    assert row["entries"]
