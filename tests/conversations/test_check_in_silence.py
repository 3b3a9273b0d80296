from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.cases import hand_over
from storage.states import CheckInStatus, Matter, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.follow_up_world import (
    case_of,
    check_ins_of,
    next_morning,
    worker_of,
    works,
)
from tests.officer_world import open_case


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


@pytest.fixture
def guifang(city: City, officer: Person) -> Person:
    return city.person("guifang")


def test_a_digit_after_three_days_is_asked_about_anew(city: City, guifang: Person) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.listens()
    city.clock.advance(timedelta(hours=73))
    assert guifang.says("1") == ["隔得久了，怕记错，再问一遍：", "问一声，现在还在宏达制衣做不？"]
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SENT
    guifang.says("1")
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SAME


def test_words_after_three_days_still_count(city: City, guifang: Person) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    city.clock.advance(timedelta(hours=80))
    guifang.says("还在做")
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SAME


def test_silence_is_asked_once_more_in_the_evening(city: City, guifang: Person) -> None:
    works(city, guifang)
    next_morning(city, 6)
    guifang.listens()
    city.pass_time(hours=8, minutes=30)
    assert guifang.listens() == ["问一声，现在还在宏达制衣做不？"]


def test_silence_after_the_retry_becomes_a_case(
    city: City, guifang: Person, officer: Person
) -> None:
    spell = works(city, guifang)
    next_morning(city, 6)
    city.pass_time(hours=8, minutes=30)
    next_morning(city, 4)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.NO_REPLY
    case = case_of(city, guifang)
    assert case is not None
    assert case.matters == [Matter.LOST_CONTACT.value]
    assert not case.urgent


def test_two_silent_check_ins_in_a_row_are_urgent(city: City, guifang: Person) -> None:
    works(city, guifang)
    for _ in range(18):
        next_morning(city)
        city.pass_time(hours=8, minutes=30)
    case = case_of(city, guifang)
    assert case is not None
    assert case.urgent
    worker = worker_of(city, guifang)
    assert worker is not None
    assert worker.status is WorkerStatus.UNREACHABLE


def test_who_answers_after_all_is_reported_to_the_officer(
    city: City, guifang: Person, officer: Person
) -> None:
    spell = works(city, guifang)
    next_morning(city, 6)
    city.pass_time(hours=8, minutes=30)
    next_morning(city, 4)
    officer.listens()
    guifang.says("还在做")
    assert check_ins_of(city, spell)[7].status is CheckInStatus.SAME
    assert any("人回话了" in line for line in officer.listens())


def test_a_check_in_waits_while_something_else_is_talked_about(city: City, guifang: Person) -> None:
    spell = works(city, guifang)
    next_morning(city, 2)
    city.clock.advance(timedelta(hours=23, minutes=54))
    guifang.says("找活")
    city.pass_time(minutes=3)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SCHEDULED
    city.pass_time(hours=1, minutes=5)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SENT


def test_a_check_in_waits_while_an_officer_talks_there(
    city: City, guifang: Person, officer: Person
) -> None:
    spell = works(city, guifang)
    next_morning(city, 2)
    city.pass_time(hours=4)
    case_id, me = open_case(city, guifang, Matter.QUESTION), officer.as_officer()
    address_id = guifang.row().id

    def talk(uow: UnitOfWork) -> None:
        case = uow.cases.need(case_id)
        hand_over.take(uow, city.deployment, me, case, {}, origin="test")

    def give_back(uow: UnitOfWork) -> None:
        address = uow.addresses.need(address_id)
        hand_over.release(uow, city.deployment, address, origin="test")

    city.run(talk)
    next_morning(city)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SCHEDULED
    city.run(give_back)
    city.pass_time(hours=2)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SENT


def test_nobody_is_asked_at_night(city: City, guifang: Person) -> None:
    spell = works(city, guifang, days_ago=5)
    city.pass_time(hours=13)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SCHEDULED


def test_the_next_question_follows_the_start_and_not_the_last_sending(
    city: City, guifang: Person
) -> None:
    spell = works(city, guifang)
    before = {day: row.due_at for day, row in check_ins_of(city, spell).items()}
    city.pass_time(days=5)
    guifang.says("1")
    after = check_ins_of(city, spell)
    assert {day: after[day].due_at for day in before} == before
