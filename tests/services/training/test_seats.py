"""Seats: the lawful order, never more than there are, and moving up."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.errors import UserError
from bot.services.people.unsubscribing import FOR_GOOD
from bot.services.people.workers import set_status
from bot.services.training import course_changes, courses, seats
from bot.services.training.seats import Asked
from bot.services.training.statuses import begin_training
from storage.models import Worker
from storage.states import WorkerStatus
from storage.training_states import EnrolmentStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.training_world import (
    ELECTRICIANS,
    enrolment_of,
    learner,
    open_one,
    seated,
    status_of,
)

ENROLLED, WAITLISTED = EnrolmentStatus.ENROLLED, EnrolmentStatus.WAITLISTED


def ask(city: City, course_id: UUID, worker_id: UUID) -> Asked:
    def work(uow: UnitOfWork) -> Asked:
        worker = uow.workers.need(worker_id)
        address = uow.addresses.addresses_of(worker_id)[0]
        return seats.enrol(uow, city.deployment, course_id, worker, address)

    city.clock.advance(timedelta(seconds=1))  # nobody asks at the very same instant
    return city.run(work)


def drop(city: City, course_id: UUID, worker_id: UUID, reason: str = "no_time") -> bool:
    def work(uow: UnitOfWork) -> bool:
        enrolment = uow.enrolments.find(course_id, worker_id)
        assert enrolment is not None
        return seats.drop(uow, city.deployment, enrolment, reason=reason)

    return city.run(work)


def allot(city: City, course_id: UUID) -> int:
    return city.run(lambda uow: seats.allot(uow, city.deployment, course_id))


def people(city: City, *names: str) -> list[UUID]:
    return [learner(city, name)[1] for name in names]


def test_seats_go_to_who_asks_first_and_the_others_stand_in_line(city_on_both: City) -> None:
    city = city_on_both
    course = open_one(city, city.officer())
    keys = people(city, "甲", "乙", "丙", "丁")
    assert [ask(city, course, key).place for key in keys] == [None, None, 1, 2]
    assert seated(city, course) == 2


def test_asking_twice_changes_nothing(city_on_both: City) -> None:
    city = city_on_both
    course = open_one(city, city.officer())
    (key,) = people(city, "甲")
    ask(city, course, key)
    assert not ask(city, course, key).is_new
    assert seated(city, course) == 1


def test_two_who_ask_at_once_never_share_the_last_seat(city_on_both: City) -> None:
    city = city_on_both
    course = open_one(city, city.officer(), replace(ELECTRICIANS, seats=1))
    keys = people(city, "甲", "乙", "丙", "丁")
    start = threading.Barrier(len(keys))

    def go(key: UUID) -> None:
        start.wait()
        ask(city, course, key)

    threads = [threading.Thread(target=go, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seated(city, course) == 1
    assert sorted(status_of(city, course, key) for key in keys) == [ENROLLED, *[WAITLISTED] * 3]


def test_a_crash_after_the_seat_was_given_leaves_no_trace(city_on_both: City) -> None:
    city = city_on_both
    course = open_one(city, city.officer())
    (key,) = people(city, "甲")

    def crash(uow: UnitOfWork) -> None:
        seats.enrol(uow, city.deployment, course, uow.workers.need(key), None)
        raise RuntimeError("the machine is switched off")

    with pytest.raises(RuntimeError):
        city.run(crash)
    assert seated(city, course) == 0
    assert ask(city, course, key).place is None


def test_a_seat_given_back_goes_to_the_first_in_line(city_on_both: City) -> None:
    city = city_on_both
    course = open_one(city, city.officer(), replace(ELECTRICIANS, seats=1))
    first, second, third = people(city, "甲", "乙", "丙")
    for key in (first, second, third):
        ask(city, course, key)
    assert drop(city, course, first)
    assert status_of(city, course, second) is ENROLLED
    assert status_of(city, course, third) is WAITLISTED
    assert not drop(city, course, first)  # given back before
    assert enrolment_of(city, course, first).drop_reason == "no_time"


def test_who_gave_a_seat_back_asks_anew_at_the_end_of_the_line(city_on_both: City) -> None:
    city = city_on_both
    course = open_one(city, city.officer(), replace(ELECTRICIANS, seats=1))
    first, second = people(city, "甲", "乙")
    ask(city, course, first)
    ask(city, course, second)
    drop(city, course, first)
    assert ask(city, course, first).place == 1


def test_nobody_sits_in_two_courses_on_the_same_day(city_on_both: City) -> None:
    city = city_on_both
    officer = city.officer()
    first = open_one(city, officer)
    other = replace(ELECTRICIANS, title="焊工班", starts_on=date(2026, 12, 11))
    second = open_one(city, officer, replace(other, ends_on=date(2026, 12, 20)))
    later = replace(other, title="叉车班", starts_on=date(2026, 12, 12))
    third = open_one(city, officer, replace(later, ends_on=date(2026, 12, 20)))
    (key,) = people(city, "甲")
    ask(city, first, key)
    with pytest.raises(UserError, match=r"training\.refused\.overlap"):
        ask(city, second, key)
    assert ask(city, third, key).place is None


def test_a_course_that_has_begun_takes_nobody(city: City) -> None:
    course = open_one(city, city.officer())
    (key,) = people(city, "甲")
    city.clock.advance(timedelta(days=15))  # its second day
    with pytest.raises(UserError):
        ask(city, course, key)


def test_more_seats_are_given_to_those_in_line(city_on_both: City) -> None:
    city = city_on_both
    course = open_one(city, city.officer(), replace(ELECTRICIANS, seats=1))
    first, second = people(city, "甲", "乙")
    ask(city, course, first)
    ask(city, course, second)

    def more(uow: UnitOfWork) -> None:
        row = uow.courses.need(course)
        facts = replace(courses.facts_of(row), seats=2)
        course_changes.change(uow, city.deployment, row, facts)

    city.run(more)
    assert status_of(city, course, second) is ENROLLED


def test_seats_are_not_fewer_than_people_who_have_one(city: City) -> None:
    course = open_one(city, city.officer())
    for key in people(city, "甲", "乙"):
        ask(city, course, key)

    def fewer(uow: UnitOfWork) -> None:
        row = uow.courses.need(course)
        facts = replace(courses.facts_of(row), seats=1)
        course_changes.change(uow, city.deployment, row, facts)

    with pytest.raises(UserError, match=r"courses\.refused\.seats_taken"):
        city.run(fewer)


def test_who_wants_no_messages_moves_up_in_silence(city: City) -> None:
    course = open_one(city, city.officer(), replace(ELECTRICIANS, seats=1))
    (first,) = people(city, "甲")
    silent, second = learner(city, "乙")
    ask(city, course, first)
    ask(city, course, second)
    address_id = silent.row().id

    def unsubscribe(uow: UnitOfWork) -> None:
        uow.addresses.need(address_id).unsubscribed_at = city.clock.now()
        uow.workers.need(second).paused_until = FOR_GOOD

    city.run(unsubscribe)
    silent.listens()
    drop(city, course, first)
    assert status_of(city, course, second) is ENROLLED
    assert silent.listens() == []


def test_the_seat_of_somebody_whose_data_went_is_given_on(city: City) -> None:
    course = open_one(city, city.officer(), replace(ELECTRICIANS, seats=1))
    leaver, first = learner(city, "甲")
    (second,) = people(city, "乙")
    ask(city, course, first)
    ask(city, course, second)
    leaver.says("删除我的信息")
    leaver.taps(leaver.buttons()[0])
    assert city.run(lambda uow: uow.workers.get(first)) is None
    assert status_of(city, course, second) is ENROLLED


def test_the_status_before_a_course_comes_back_when_it_is_given_up(city_on_both: City) -> None:
    city = city_on_both
    course = open_one(city, city.officer())
    (key,) = people(city, "甲")

    def came(uow: UnitOfWork) -> Worker:
        worker = uow.workers.need(key)
        city.clock.advance(timedelta(minutes=1))
        set_status(uow, worker, WorkerStatus.SEEKING, now=city.clock.now())
        seats.enrol(uow, city.deployment, course, worker, None)
        enrolment = uow.enrolments.find(course, key)
        assert enrolment is not None
        enrolment.status = EnrolmentStatus.ATTENDED
        city.clock.advance(timedelta(minutes=1))
        begin_training(uow, city.deployment, worker)
        return worker

    assert city.run(came).status is WorkerStatus.TRAINING
    drop(city, course, key)
    assert city.run(lambda uow: uow.workers.need(key)).status is WorkerStatus.SEEKING
