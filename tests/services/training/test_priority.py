"""Who comes first by law when seats are short, and when the seats are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.services.training import seats
from bot.services.training.seats import Asked
from storage.register_states import CategoryState
from storage.training_states import EnrolmentStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.training_world import (
    ELECTRICIANS,
    course_of,
    learner,
    open_one,
    put_in_register,
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


def allot(city: City, course_id: UUID) -> int:
    return city.run(lambda uow: seats.allot(uow, city.deployment, course_id))


def people(city: City, *names: str) -> list[UUID]:
    return [learner(city, name)[1] for name in names]


@pytest.mark.parametrize(
    ("categories", "register"),
    [
        (("建档立卡",), {"sex": "女"}),
        (("脱贫户",), {"sex": "女"}),
        (("残疾",), {"sex": "男"}),
    ],
)
def test_who_comes_first_by_law_gets_the_seat_before_who_asked_earlier(
    city: City, categories: tuple[str, ...], register: dict[str, str]
) -> None:
    facts = replace(ELECTRICIANS, seats=1)
    course = open_one(city, city.officer(), facts, first_come=False)
    early, late = people(city, "甲", "乙")
    put_in_register(city, late, *categories, **register)
    assert ask(city, course, early).enrolment.status is WAITLISTED
    assert ask(city, course, late).enrolment.status is ENROLLED
    assert allot(city, course) == 0
    assert status_of(city, course, early) is WAITLISTED


@pytest.mark.parametrize(
    ("categories", "register"),
    [
        (("建档立卡",), {"sex": "男"}),  # poor, but no woman
        ((), {"sex": "女"}),  # a woman, but of no poor household
        (("边缘易致贫户",), {"sex": "女"}),
    ],
)
def test_nobody_else_comes_first(
    city: City, categories: tuple[str, ...], register: dict[str, str]
) -> None:
    facts = replace(ELECTRICIANS, seats=1)
    course = open_one(city, city.officer(), facts, first_come=False)
    early, late = people(city, "甲", "乙")
    put_in_register(city, late, *categories, **register)
    ask(city, course, early)
    ask(city, course, late)
    assert allot(city, course) == 1
    assert status_of(city, course, early) is ENROLLED


def test_a_claim_makes_nobody_first(city: City) -> None:
    facts = replace(ELECTRICIANS, seats=1)
    course = open_one(city, city.officer(), facts, first_come=False)
    early, late = people(city, "甲", "乙")
    put_in_register(city, late, "建档立卡", sex="女")

    def only_claimed(uow: UnitOfWork) -> None:
        for row in uow.register_entries.categories_of(late):
            row.state = CategoryState.CLAIMED

    city.run(only_claimed)
    ask(city, course, early)
    assert ask(city, course, late).enrolment.status is WAITLISTED


@pytest.mark.parametrize(
    ("born", "schooling", "student", "comes_first"),
    [
        ("2008-05-01", "junior_high", "非在校生", True),
        ("2008-05-01", "senior_high", "非在校生", True),
        ("2008-05-01", "junior_high", "普通高中一年级", False),
        ("2008-05-01", "primary", "非在校生", False),
        ("1976-05-01", "junior_high", "非在校生", False),
    ],
)
def test_who_left_school_just_now_comes_first(
    city: City, born: str, schooling: str, student: str, comes_first: bool
) -> None:
    course = open_one(city, city.officer(), first_come=False)
    (key,) = people(city, "甲")
    put_in_register(city, key, born=born, student=student)
    city.run(lambda uow: setattr(uow.workers.need(key), "education", schooling))
    assert (ask(city, course, key).enrolment.tier == 0) is comes_first


def test_seats_are_given_once_at_the_stated_moment(city_on_both: City) -> None:
    city = city_on_both
    course = open_one(city, city.officer(), first_come=False)
    keys = people(city, "甲", "乙", "丙")
    assert [ask(city, course, key).place for key in keys] == [1, 2, 3]
    assert course_of(city, course).allots_at is not None
    assert allot(city, course) == 2
    assert allot(city, course) == 0
    assert course_of(city, course).allots_at is None
    assert [status_of(city, course, key) for key in keys] == [ENROLLED, ENROLLED, WAITLISTED]


def test_a_course_that_begins_soon_gathers_nobody(city: City) -> None:
    soon = replace(ELECTRICIANS, starts_on=date(2026, 11, 26), ends_on=date(2026, 11, 27))
    course = open_one(city, city.officer(), soon, first_come=False)
    assert course_of(city, course).allots_at is None
