"""The nightly tick: everybody ranked, pushes spread over all vacancies, nobody told twice."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from bot.scheduler import nightly_ranking
from bot.scheduler.register_ranking import RegisterRanking
from bot.scheduler.ticks import Tick
from bot.services.ranking.nightly import Nightly
from bot.services.ranking.nightly_pushes import carry_out
from storage.models import LeftOutWorker, RankedList, RankingRun
from storage.states import VacancyStatus, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.nightly_world import (
    IN_PROCESS,
    add_openings,
    add_register,
    begun,
    holders_die,
    pushes,
    recommended,
    replica,
    run_of_today,
)
from tests.services.job_world import add_address, add_firm, add_worker, publish_new

# Half past two on Tuesday morning in Deyang.
NIGHT = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


def tick_of(city: City) -> Tick:
    """Return a tick of a deployment whose nights begin at half past two."""
    deployment = replace(city.deployment, nightly=Nightly(at=time(2, 30)))
    engine = city.app.engine
    engine.deployment = deployment
    return Tick(city.database, engine, [city.account_id])


def allocated(city: City) -> int:
    """Rank and spread today; return how many pushes were queued."""
    run_id = begun(city)
    work = replica(city)
    work.rank(run_id, IN_PROCESS)
    queued = work.allocate(run_id)
    assert queued is not None
    return queued


def test_at_half_past_two_people_are_told_and_read_it_in_the_morning(city: City) -> None:
    add_register(city, 12)
    add_openings(city, 8)
    tick = tick_of(city)
    assert nightly_ranking.rank(tick) == 0
    assert run_of_today(city) is None
    city.clock.instant = NIGHT
    told = nightly_ranking.rank(tick)
    assert told == len(pushes(city)) > 0
    assert nightly_ranking.rank(tick) == 0
    run = run_of_today(city)
    assert run is not None
    assert run.finished_at is not None
    assert run.figures["queued"] == run.figures["pushes"] == told
    assert run.figures["pairs"] == 12 * 8


def test_a_night_that_was_long_missed_is_let_go(city: City) -> None:
    add_register(city, 3)
    add_openings(city, 3)
    city.clock.instant = NIGHT + timedelta(hours=7)
    assert nightly_ranking.rank(tick_of(city)) == 0
    assert run_of_today(city) is None


def test_nothing_happens_where_nights_are_off(city: City) -> None:
    add_register(city, 3)
    add_openings(city, 3)
    city.clock.instant = NIGHT
    city.tick()
    assert (pushes(city), run_of_today(city)) == ([], None)


@pytest.mark.parametrize("seed", range(3))
def test_no_vacancy_is_crowded_and_nobody_is_told_too_often(city_on_both: City, seed: int) -> None:
    city = city_on_both
    add_register(city, 40, seed=seed)
    add_openings(city, 4, headcount=2, seed=seed)
    queued = allocated(city)
    found = pushes(city)
    assert len(found) == queued == len(set(found)) > 0
    assert found == recommended(city)
    limits = city.deployment.limits
    assert max(Counter(worker for _vacancy, worker in found).values()) <= limits.pushes_a_day
    assert max(Counter(vacancy for vacancy, _worker in found).values()) <= 3 * 2
    again = allocated(city)
    assert len(set(pushes(city))) == len(pushes(city)) == queued + again
    assert max(Counter(worker for _vacancy, worker in pushes(city)).values()) <= 1


def test_whoever_is_not_looking_is_told_nothing(city_on_both: City) -> None:
    city = city_on_both

    def add(uow: UnitOfWork) -> None:
        now = city.clock.now()
        for number, status in enumerate(WorkerStatus):
            address = add_address(uow, city.account_id, now, f"page {number}")
            add_worker(uow, now, address=address, status=status)
        paused = add_address(uow, city.account_id, now, "paused")
        add_worker(uow, now, address=paused, paused_until=city.clock.today())
        silent = add_address(uow, city.account_id, now, "unsubscribed")
        silent.unsubscribed_at = now
        add_worker(uow, now, address=silent)
        add_worker(uow, now, phone="", address=None)

    city.run(add)
    add_openings(city, 20)
    allocated(city)

    def statuses(uow: UnitOfWork) -> set[WorkerStatus]:
        return {worker.status for worker in uow.registers.workers([key for _, key in told])}

    told = pushes(city)
    looking = {WorkerStatus.NEW, WorkerStatus.REGISTERED, WorkerStatus.VERIFIED}
    assert city.run(statuses) == looking | {WorkerStatus.SEEKING}
    assert len(told) == 4
    run = run_of_today(city)
    assert run is not None
    assert run.figures["barred"] == {
        "employed": 4,
        "no_address": 2,
        "paused": 2,
        "unsubscribed": 1,
    }


def test_whoever_was_told_before_is_not_told_again_and_a_full_vacancy_tells_nobody(
    city_on_both: City,
) -> None:
    city = city_on_both
    add_register(city, 9)

    def publish(uow: UnitOfWork) -> int:
        return publish_new(uow, city.deployment, add_firm(uow, city.clock.now()), headcount=1)[
            1
        ].chosen

    told = city.run(publish)
    assert 0 < told <= 3
    before = pushes(city)
    city.clock.advance(timedelta(days=1))
    allocated(city)
    if told == 3:
        assert pushes(city) == before
    city.clock.advance(timedelta(days=3))
    allocated(city)
    after = pushes(city)
    assert len(set(after)) == len(after)


def test_whoever_is_told_is_left_out_no_longer(city_on_both: City) -> None:
    city = city_on_both
    add_register(city, 12)
    vacancy_id = city.run(
        lambda uow: publish_new(uow, city.deployment, add_firm(uow, city.clock.now()))[0].id
    )

    def left_out(uow: UnitOfWork) -> set[object]:
        return set(
            uow.session.scalars(
                select(LeftOutWorker.worker_id).where(LeftOutWorker.vacancy_id == vacancy_id)
            )
        )

    city.clock.advance(timedelta(days=3))
    waiting = city.run(left_out)
    allocated(city)
    told = {worker for vacancy, worker in pushes(city) if vacancy == vacancy_id}
    assert city.run(left_out) == waiting - told


def test_two_replicas_share_the_work_and_tell_nobody_twice(city_on_both: City) -> None:
    city = city_on_both
    add_register(city, 60)
    add_openings(city, 30)
    run_id = begun(city)

    def work(_number: int) -> int | None:
        mine = replica(city)
        mine.rank(run_id, IN_PROCESS)
        return mine.allocate(run_id)

    with ThreadPoolExecutor(3) as threads:
        queued = [count for count in threads.map(work, range(3)) if count is not None]
    queued += [count for count in [work(3)] if count is not None]
    assert len(queued) == 1
    found = pushes(city)
    assert len(found) == len(set(found)) == queued[0]


def test_a_replica_that_lost_the_allocation_pushes_nothing_more(city_on_both: City) -> None:
    city = city_on_both
    add_register(city, 30)
    add_openings(city, 30)
    run_id = begun(city)
    replica(city).rank(run_id, IN_PROCESS)
    plan = replica(city).preview(IN_PROCESS)
    slow = city.run(lambda uow: uow.ranking_runs.claim_allocation(run_id, token="slow"))
    assert slow is not None

    def push(uow: UnitOfWork) -> int | None:
        return carry_out(uow, city.deployment, slow, token="slow", part=plan.told[:2])

    first = city.run(push)
    assert first == len(pushes(city)) > 0
    holders_die(city)
    rest = replica(city).allocate(run_id)
    assert rest is not None
    everything = pushes(city)
    assert len(everything) == len(set(everything)) == first + rest
    assert max(Counter(worker for _vacancy, worker in everything).values()) == 1
    assert city.run(push) is None
    assert pushes(city) == everything
    run = run_of_today(city)
    assert run is not None
    assert run.figures["queued"] == len(everything)


def test_what_was_closed_or_told_since_the_plan_is_left_alone(city_on_both: City) -> None:
    city = city_on_both
    add_register(city, 20)
    add_openings(city, 10)
    run_id = begun(city)
    replica(city).rank(run_id, IN_PROCESS)
    plan = replica(city).preview(IN_PROCESS)
    chunk = city.run(lambda uow: uow.ranking_runs.claim_allocation(run_id, token="one"))
    assert chunk is not None
    closed, open_one = plan.told[0], plan.told[1]

    def close(uow: UnitOfWork) -> None:
        uow.vacancies.need(closed[0]).status = VacancyStatus.FILLED
        uow.workers.need(open_one[1][0]).status = WorkerStatus.EMPLOYED

    city.run(close)

    def push(uow: UnitOfWork) -> int | None:
        return carry_out(uow, city.deployment, chunk, token="one", part=[closed, open_one])

    assert city.run(push) == len(open_one[1]) - 1
    assert city.run(push) == 0


def test_a_preview_stores_and_sends_nothing(city_on_both: City) -> None:
    city = city_on_both
    add_register(city, 20)
    add_openings(city, 10)
    seen: list[tuple[int, int]] = []
    work = RegisterRanking(
        city.database,
        city.deployment,
        city.clock.today(),
        progress=lambda done, whole: seen.append((done, whole)),
    )
    plan = work.preview(IN_PROCESS)
    assert plan.figures.pushes == sum(len(workers) for _key, workers in plan.told) > 0
    assert seen == [(1, 1)]

    def rows(uow: UnitOfWork) -> list[int | None]:
        kinds = (RankingRun, RankedList)
        return [uow.session.scalar(select(func.count()).select_from(kind)) for kind in kinds]

    assert city.run(rows) == [0, 0]
    assert pushes(city) == []
    assert allocated(city) == plan.figures.pushes


def test_figures_hold_the_bound_and_the_loss(city: City) -> None:
    add_register(city, 40)
    add_openings(city, 4)
    allocated(city)
    run = run_of_today(city)
    assert run is not None
    figures = {name: value for name, value in run.figures.items() if isinstance(value, int | float)}
    assert 0 < figures["objective"] <= figures["bound"] <= figures["unlimited"]
    assert figures["loss"] == pytest.approx(
        1 - figures["objective"] / figures["unlimited"], abs=1e-3
    )
    assert figures["covered"] <= figures["openings"] <= figures["vacancies"] == 4
    assert figures["given_up"] == 0
