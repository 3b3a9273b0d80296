from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.scheduler.jobs import JOBS
from bot.scheduler.run_due import run_due, run_job
from bot.scheduler.ticks import Job, Tick, slot_of
from storage.models import JobSlot, Vacancy
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services import job_world


def tick(city: City) -> Tick:
    return Tick(city.database, city.app.engine, [city.account_id])


def runs(city: City) -> dict[str, int]:
    return run_due(city.database, city.app.engine, account_ids=[city.account_id])


def test_every_job_has_a_name_of_its_own() -> None:
    names = [job.name for job in JOBS]
    assert len(names) == len(set(names))


def test_three_tickers_take_each_slot_once(city_on_both: City) -> None:
    city, done = city_on_both, list[datetime]()

    def count(now: Tick) -> int:
        done.append(now.now)
        return 1

    job = Job("counted", 60, count)
    for _ in range(5):
        with ThreadPoolExecutor(3) as replicas:
            list(replicas.map(lambda _n: run_job(job, tick(city)), range(3)))
        city.clock.advance(timedelta(minutes=1))
    assert len(done) == 5
    assert len(set(done)) == 5


def test_a_crash_in_a_slot_is_made_good_in_the_next(city_on_both: City) -> None:
    city, calls = city_on_both, list[datetime]()

    def crash_once(now: Tick) -> int:
        calls.append(now.now)
        if len(calls) == 1:
            raise ZeroDivisionError
        return 7

    job = Job("fragile", 60, crash_once)
    with pytest.raises(ZeroDivisionError):
        run_job(job, tick(city))
    assert run_job(job, tick(city)) is None
    city.clock.advance(timedelta(minutes=1))
    assert run_job(job, tick(city)) == 7


def test_a_slot_follows_business_time(city: City) -> None:
    job = Job("any", 3600, lambda _tick: 0)
    before = slot_of(job, city.clock.now())
    city.clock.advance(timedelta(minutes=59))
    assert slot_of(job, city.clock.now()) == before
    city.clock.advance(timedelta(minutes=1))
    assert slot_of(job, city.clock.now()) != before


def test_a_tick_with_nothing_due_finds_nothing(city_on_both: City) -> None:
    assert set(runs(city_on_both).values()) == {0}


def test_slots_of_last_week_are_deleted(city_on_both: City) -> None:
    city = city_on_both
    runs(city)
    city.clock.advance(timedelta(days=8))
    runs(city)
    query = select(JobSlot.started_at)
    oldest = city.run(lambda uow: min(uow.session.scalars(query)))
    assert oldest == city.clock.now()


def test_what_a_stranger_said_is_forgotten_after_thirty_days(city_on_both: City) -> None:
    city = city_on_both
    stranger = city.person("stranger")
    stranger.says("踩平车 只在中江 要四千")
    assert stranger.row().memory
    city.clock.advance(timedelta(days=29))
    runs(city)
    assert stranger.row().memory
    city.clock.advance(timedelta(days=2))
    assert runs(city)["people_forgotten"] == 1
    assert not stranger.row().memory
    assert stranger.row().step is None


def test_vacancies_that_ran_out_are_closed(city_on_both: City) -> None:
    city = city_on_both

    def add(uow: UnitOfWork) -> Vacancy:
        now = city.clock.now()
        return job_world.add_vacancy(uow, now, job_world.add_firm(uow, now), valid_for_days=3)

    vacancy = city.run(add)
    city.clock.advance(timedelta(days=5))
    assert runs(city)["vacancies_expired"] == 1
    status = city.run(lambda uow: uow.vacancies.need(vacancy.id).status)
    assert status is VacancyStatus.EXPIRED


def test_too_few_applications_tell_more_workers_once_in_two_days(city_on_both: City) -> None:
    city = city_on_both

    def add(uow: UnitOfWork) -> None:
        now = city.clock.now()
        job_world.publish_new(uow, city.deployment, job_world.add_firm(uow, now), headcount=1)
        for number in range(12):
            address = job_world.add_address(uow, city.account_id, now, f"late {number}")
            job_world.add_worker(uow, now, address=address, phone=f"1390000{number:04d}")

    city.run(add)
    city.clock.advance(timedelta(days=2, hours=2))
    assert runs(city)["spreads_extended"] > 0
    city.clock.advance(timedelta(minutes=1))
    assert runs(city)["spreads_extended"] == 0
