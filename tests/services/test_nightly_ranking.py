"""The whole register ranked by chunks: shared, resumed, and the same wherever it is computed."""

from __future__ import annotations

import io
import operator
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from datetime import timedelta
from typing import ParamSpec, TypeVar

import numpy as np

from bot.app.executors import power_of
from bot.services.people import privacy
from bot.services.people.workers import profile_of_worker
from bot.services.ranking import nightly_ranking
from bot.services.ranking.matching_views import match_rows
from bot.services.ranking.nightly import Power
from bot.services.ranking.ranked_chunks import market_of, rank_stretch, submit
from bot.services.serial_executor import SerialExecutor
from matching.ranking.packing import row_numbers, unpack_lists
from matching.types import Education
from matching.weights import Options
from storage.repositories.ranking_runs import Progress
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.clusters import cluster
from tests.nightly_world import (
    IN_PROCESS,
    add_openings,
    add_register,
    begun,
    lists_of,
    ranked,
    replica,
    run_of_today,
)
from tests.services.job_world import SEWING

P = ParamSpec("P")
T = TypeVar("T")


def tell_more(uow: UnitOfWork, people: Sequence[uuid.UUID], city: City) -> None:
    """Let some workers have what only a register tells, and vacancies ask for it."""
    schooling = list(Education)
    for number, key in enumerate(people):
        worker = uow.workers.need(key)
        worker.education = schooling[number % len(schooling)].value if number % 2 else None
        worker.experience = {SEWING: number % 4} if number % 3 else None
        worker.available_from = city.clock.today() + timedelta(days=number) if number % 4 else None
        worker.groups = ["disabled"] if number % 5 == 0 else None
    for number, vacancy in enumerate(uow.vacancies.published()):
        vacancy.education = schooling[-1].value if number % 3 == 0 else None
        vacancy.experience_years = 2 if number % 3 == 1 else None
        vacancy.reserved_for = ["disabled"] if number % 5 == 2 else []


def test_a_list_is_what_the_worker_would_be_shown_best_first(city_on_both: City) -> None:
    city = city_on_both
    people = add_register(city, 20)
    add_openings(city, 15)
    city.run(lambda uow: tell_more(uow, people, city))
    found = ranked(city)
    assert len(found) == 20
    assert any(found.values())

    def shown(uow: UnitOfWork) -> None:
        rows = uow.vacancies.published()
        ids = [row.id.hex for row in rows]
        for worker in uow.registers.workers(list(found)):
            today = city.clock.today()
            profile = profile_of_worker(worker, today=today)
            matches = list(match_rows(city.deployment, profile, rows).values())
            entries = unpack_lists([found[worker.id]])
            assert [ids[row] for row in row_numbers(entries.keys, ids)] == [
                match.vacancy_id for match in matches
            ]
            scores = [match.score for match in matches]
            np.testing.assert_allclose(entries.scores, scores, rtol=1e-6)
            assert np.bitwise_count(entries.misses).tolist() == [
                len(match.misses) for match in matches
            ]

    city.run(shown)


def test_every_executor_gives_the_same_bytes(city: City) -> None:
    add_register(city, 30)
    add_openings(city, 12)
    in_process = ranked(city)
    with power_of("processes:2")() as power:
        in_processes = ranked(city, power)
    with cluster() as address, power_of(f"dask://{address}")() as power:
        on_a_cluster = ranked(city, power)
    assert any(in_process.values())
    assert in_process == in_processes == on_a_cluster


def test_the_vacancies_travel_to_a_process_once(city: City) -> None:
    knowledge = city.deployment.board.knowledge
    add_openings(city, 3)
    add_register(city, 5)
    day = city.clock.today()
    market = city.run(lambda uow: nightly_ranking.market(uow, city.deployment, day))
    stretch = city.run(lambda uow: uow.ranking_runs.stretches(city.deployment.bureau_adcode))[0]
    workers = city.run(
        lambda uow: nightly_ranking.workers_between(uow, city.deployment, *stretch, day=day)
    )
    executor = SerialExecutor()
    assert submit(executor, market, workers).result() is None
    lists = rank_stretch(market, workers)
    assert lists is not None
    assert submit(executor, market, workers).result() == lists
    table = type(city.deployment.board.table).of([], knowledge)
    nothing = market_of(table, knowledge=knowledge, options=Options(today=day))
    assert submit(executor, nothing, workers).result() is None
    assert rank_stretch(nothing, workers) == [b""] * 5


def test_whoever_dies_leaves_the_rest_to_the_next_and_what_is_done_stays(
    city_on_both: City,
) -> None:
    city = city_on_both
    add_register(city, 30)
    add_openings(city, 5)
    expected = ranked(city)
    run_id = begun(city)
    assert replica(city).rank(run_id, IN_PROCESS, most=2) == 2
    assert city.run(lambda uow: uow.ranking_runs.progress(run_id)) == Progress(5, 2, 0)
    done = [0, 1]
    claimed = city.run(lambda uow: uow.ranking_runs.claim(run_id, token="dead", seconds=-1.0))
    assert claimed is not None
    assert claimed.number not in done
    assert replica(city).rank(run_id, IN_PROCESS) == 3
    assert replica(city).rank(run_id, IN_PROCESS) == 0
    assert lists_of(city, run_id) == expected


class OnceBroken(Executor):
    """Fails at the first piece of work."""

    def __init__(self) -> None:
        self._handed_in = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn` unless it is the first."""
        self._handed_in += 1
        if self._handed_in == 1:
            return SerialExecutor().submit(operator.truediv, 1, 0)
        return SerialExecutor().submit(fn, *args, **kwargs)


def test_a_chunk_that_fails_waits_and_the_others_go_on(city: City, log_lines: io.StringIO) -> None:
    add_register(city, 30)
    add_openings(city, 5)
    run_id = begun(city)
    assert replica(city).rank(run_id, Power(OnceBroken(), 1)) == 4
    assert "ranking.chunk_failed" in log_lines.getvalue()
    assert city.run(lambda uow: uow.ranking_runs.progress(run_id)) == Progress(5, 4, 0)


def test_several_chunks_are_under_way_at_once(city: City) -> None:
    add_register(city, 30)
    add_openings(city, 5)
    with power_of("processes:2")() as power:
        run_id = begun(city)
        assert replica(city).rank(run_id, power) == 5
    assert len(lists_of(city, run_id)) == 30


def test_whoever_has_left_has_no_list(city: City) -> None:
    first, *others = add_register(city, 4)
    add_openings(city, 4)

    def leave(uow: UnitOfWork) -> None:
        uow.workers.need(first).status = WorkerStatus.LEFT

    city.run(leave)
    assert sorted(ranked(city)) == others


def test_whoever_is_erased_takes_the_list_along(city_on_both: City) -> None:
    city = city_on_both
    first, *others = add_register(city, 4)
    add_openings(city, 4)
    ranked(city)

    def erase(uow: UnitOfWork) -> None:
        (address,) = uow.addresses.addresses_of(first)
        privacy.erase(uow, city.deployment, address, uow.workers.need(first))

    city.run(erase)
    run = run_of_today(city)
    assert run is not None
    assert sorted(lists_of(city, run.id)) == others


def test_without_vacancies_the_lists_are_empty(city: City) -> None:
    add_register(city, 3)
    assert list(ranked(city).values()) == [b""] * 3
