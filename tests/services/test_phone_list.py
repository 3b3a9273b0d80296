"""Whose list a call stands on, in which order, how many a day, and what is let go."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.services.limits import Limits
from bot.services.phoning import phone_list
from bot.services.phoning.call_reasons import (
    FIRST_CHECK_IN,
    NEWS,
    OFFER,
    OTHER_CHECK_IN,
    SECOND_MISS,
    URGENT_CASE,
    risk_of,
)
from bot.services.phoning.phone_outcomes import record
from bot.services.sending import documents
from storage.models import PhoneTask
from storage.states import (
    CallOutcome,
    CallStatus,
    CheckInStatus,
    DeliveryStatus,
    Matter,
    VacancyStatus,
    WorkerStatus,
)
from storage.unit_of_work import UnitOfWork
from tests import phone_world as world
from tests.chat import City, Person
from tests.officer_world import GUANGHAN, open_case

NAMES = ("陈桂芳", "李大勇", "王小红", "赵建国", "刘翠花")


def people(city: City, count: int) -> list[UUID]:
    """Register several people with numbers of their own."""
    return [
        world.add_worker(city, name, phone=f"1390000111{number}")
        for number, name in enumerate(NAMES[:count])
    ]


def tasks_today(city: City, officer: Person) -> list[PhoneTask]:
    """Return what stands on an officer's list now, in its order."""
    key = officer.as_officer().id

    def read(uow: UnitOfWork) -> list[PhoneTask]:
        return list(phone_list.day_list(uow, city.deployment, uow.officers.need(key)).tasks)

    return city.run(read)


def may_phone(city: City, count: int) -> None:
    """Limit every officer to so many calls a day."""
    object.__setattr__(city.deployment, "limits", Limits(phone_tasks_a_day=count))


def phoned(city: City, officer: Person, task: PhoneTask, outcome: CallOutcome) -> None:
    """Write down what came of a call."""
    key = officer.as_officer().id

    def write(uow: UnitOfWork) -> None:
        stored = uow.phone_tasks.need(task.id)
        record(uow, city.deployment, uow.officers.need(key), stored, outcome)

    city.run(write)


def test_a_call_stands_on_the_list_of_the_homes_officer(city_on_both: City) -> None:
    city = city_on_both
    wide, narrow = city.officer("周明"), city.officer("吴敏", scope=GUANGHAN)
    here = world.add_worker(city)
    there = world.add_worker(city, "李大勇", phone="13900005555", home=GUANGHAN)
    world.is_told(city, here)
    world.is_told(city, there)
    assert [task.worker_id for task in tasks_today(city, wide)] == [here]
    assert [task.worker_id for task in tasks_today(city, narrow)] == [there]


def test_the_gravest_call_comes_first(city_on_both: City) -> None:
    city = city_on_both
    officer = city.officer()
    told, offered, late, early, missed = people(city, 5)
    world.is_told(city, told)
    world.is_told(city, offered, vacancy_id=world.vacancy(city))
    world.is_asked(city, late, day=30)
    world.is_asked(city, early, day=3)
    first = world.is_asked(city, missed, day=3)
    city.run(functools.partial(_not_answered, key=first.id))
    world.is_asked(city, missed, day=3)
    tasks = tasks_today(city, officer)
    assert [task.worker_id for task in tasks] == [missed, early, late, offered, told]
    assert [task.risk for task in tasks] == [
        SECOND_MISS,
        FIRST_CHECK_IN,
        OTHER_CHECK_IN,
        OFFER,
        NEWS,
    ]


def test_somebody_with_an_urgent_case_is_phoned_before_everybody(city: City) -> None:
    officer = city.officer()
    told, hurt = people(city, 2)
    world.is_asked(city, told)
    page = city.person("hurt")
    world.has_page(city, page, hurt)
    open_case(city, page, Matter.GRIEVANCE)
    city.tick()
    tasks = tasks_today(city, officer)
    assert (tasks[0].worker_id, tasks[0].risk) == (hurt, URGENT_CASE)


def test_of_equal_calls_the_one_that_waits_longest_comes_first(city: City) -> None:
    officer = city.officer()
    first, second = people(city, 2)
    world.is_told(city, second)
    city.clock.advance(timedelta(minutes=5))
    world.is_told(city, first)
    assert [task.worker_id for task in tasks_today(city, officer)] == [second, first]


def test_a_day_holds_no_more_calls_than_its_cap_and_the_rest_moves_on(
    city_on_both: City,
) -> None:
    city = city_on_both
    may_phone(city, 2)
    officer = city.officer()
    workers = people(city, 4)
    for worker in workers:
        world.is_told(city, worker)
        city.clock.advance(timedelta(seconds=1))
    city.tick()
    assert [task.worker_id for task in tasks_today(city, officer)] == workers[:2]
    moved = [world.tasks_of(city, worker)[0].planned_on for worker in workers[2:]]
    assert moved == [date(2026, 11, 24)] * 2
    for task in tasks_today(city, officer):
        phoned(city, officer, task, CallOutcome.TOLD)
    assert tasks_today(city, officer) == []
    city.pass_time(days=1)
    assert [task.worker_id for task in tasks_today(city, officer)] == workers[2:]


def test_nobody_is_phoned_twice_on_one_day(city_on_both: City) -> None:
    city = city_on_both
    officer, worker = city.officer(), world.add_worker(city)
    world.is_told(city, worker)
    world.is_told(city, worker, words="还有一句话")
    (task,) = tasks_today(city, officer)
    phoned(city, officer, task, CallOutcome.TOLD)
    assert tasks_today(city, officer) == []
    world.is_told(city, worker, words="第三句话")
    assert tasks_today(city, officer) == []
    city.pass_time(days=1)
    assert len(tasks_today(city, officer)) == 1


def test_what_waited_a_week_is_let_go_with_its_reason(city_on_both: City) -> None:
    city = city_on_both
    officer, worker = city.officer(), world.add_worker(city)
    world.is_told(city, worker)
    city.pass_time(days=7, minutes=1)
    assert tasks_today(city, officer) == []
    (task,) = world.tasks_of(city, worker)
    assert (task.status, task.reason) == (CallStatus.LET_GO, "not_phoned")
    (delivery,) = world.deliveries_of(city, worker)
    assert (delivery.status, delivery.reason) == (DeliveryStatus.SKIPPED, "not_phoned")


def test_a_vacancy_is_let_go_after_three_days(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    world.is_told(city, worker, vacancy_id=world.vacancy(city))
    city.clock.advance(timedelta(days=3, minutes=1))
    assert tasks_today(city, officer) == []
    assert world.deliveries_of(city, worker)[0].reason == "not_phoned"


def test_a_closed_vacancy_falls_off_before_the_officer_sees_it(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    vacancy = world.vacancy(city)
    world.is_told(city, worker, vacancy_id=vacancy)
    city.run(functools.partial(_closed, key=vacancy))
    assert tasks_today(city, officer) == []
    assert world.tasks_of(city, worker)[0].reason == "vacancy_closed"


@pytest.mark.parametrize("phone", ["", "123", "1390000"])
def test_who_has_no_number_is_not_listed(city: City, phone: str) -> None:
    city.officer()
    worker = world.add_worker(city, phone=phone)
    added = city.run(
        lambda uow: phone_list.phone_address(uow, city.deployment, uow.workers.need(worker))
    )
    assert added is None


def test_who_has_left_is_not_listed(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    world.is_told(city, worker)
    city.run(functools.partial(_left, key=worker))
    assert tasks_today(city, officer) == []


def test_on_a_saturday_calls_are_planned_for_monday(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    city.clock.advance(timedelta(days=5))
    world.is_told(city, worker)
    assert world.tasks_of(city, worker)[0].planned_on == date(2026, 11, 30)
    assert tasks_today(city, officer) == []


def test_the_same_call_is_listed_once(city_on_both: City) -> None:
    city = city_on_both
    city.officer()
    worker = world.add_worker(city)

    def add(uow: UnitOfWork) -> PhoneTask | None:
        return phone_list.add(
            uow, city.deployment, uow.workers.need(worker), kind="broadcast", dedupe="once"
        )

    assert city.run(add) is not None
    assert city.run(add) is None


def test_where_nobody_looks_after_a_place_nothing_is_listed(city: City) -> None:
    worker = world.add_worker(city)
    assert world.is_told(city, worker) is None


def test_a_document_of_unknown_kind_is_refused(city: City) -> None:
    officer = city.officer().as_officer()

    def ask(uow: UnitOfWork) -> str:
        return documents.link(uow, city.deployment, officer, kind="ALL", subject="")

    with pytest.raises(ValueError, match="no document"):
        city.run(ask)


def _not_answered(uow: UnitOfWork, *, key: UUID) -> None:
    uow.check_ins.need(key).status = CheckInStatus.SCHEDULED


def _closed(uow: UnitOfWork, *, key: UUID) -> None:
    uow.vacancies.need(key).status = VacancyStatus.FILLED


def _left(uow: UnitOfWork, *, key: UUID) -> None:
    uow.workers.need(key).status = WorkerStatus.LEFT


def test_a_seat_in_a_course_is_an_offer_and_not_news(city: City) -> None:
    (key,) = people(city, 1)
    risk = city.run(
        lambda uow: risk_of(uow, uow.workers.need(key), kind="enrolment", subject_id=None)
    )
    assert risk == OFFER
