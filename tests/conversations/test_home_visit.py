"""An officer writes down a visit; what a worker only claims opens nothing."""

from __future__ import annotations

import uuid

import pytest

from bot.services.register import categories
from bot.services.register.facts import RegisterFacts, facts_of
from bot.services.sending.deliveries import action_data
from storage.models import Worker
from storage.register_states import Category
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.officer_world import audited
from tests.services.register.register_world import bring_in, person, xlsx

NAME, MOBILE = "王秀芳", "13800138000"


@pytest.fixture
def zhou(city: City) -> Person:
    return city.officer()


def imported(city: City, **cells: object) -> uuid.UUID:
    bring_in(city, xlsx([person(3, 姓名=NAME, 联系电话=MOBILE, **cells)]))
    (worker,) = city.run(lambda uow: uow.workers.registered("510600"))
    return worker.id


def worker(city: City, key: uuid.UUID) -> Worker:
    return city.run(lambda uow: uow.workers.need(key))


def known(city: City, key: uuid.UUID) -> RegisterFacts:
    return city.run(lambda uow: facts_of(uow, city.deployment, uow.workers.need(key)))


def fill_in(zhou: Person, *, begin: str = f"/visit {NAME}", phone: str = "没变") -> None:
    zhou.says(begin)
    zhou.taps("上门")
    zhou.taps("昨天")
    zhou.says("4 6")
    zhou.says("2")
    zhou.taps("没上班")
    zhou.taps("想就近找活")
    zhou.says(phone)
    zhou.taps("对，记下")


def test_a_visit_confirms_ends_and_tells_of_work(city: City, zhou: Person) -> None:
    key = imported(city)
    fill_in(zhou, phone="13700137000")
    assert known(city, key).verified == {"低保", "残疾"}
    assert worker(city, key).groups == ["低保", "残疾"]
    assert worker(city, key).phone == "13700137000"
    assert worker(city, key).status is WorkerStatus.SEEKING
    (visit,) = city.run(lambda uow: list(uow.home_visits.of_worker(key)))
    assert visit.facts["wish"] == "work"


def test_a_visit_is_taken_back_with_one_tap(city: City, zhou: Person) -> None:
    key = imported(city)
    before = worker(city, key)
    fill_in(zhou, begin=f"家访 {MOBILE}", phone="13700137000")
    assert "撤回了" in "\n".join(zhou.taps("撤回"))
    after = worker(city, key)
    assert (after.groups, after.phone, after.status) == (["脱贫户"], MOBILE, before.status)
    assert city.run(lambda uow: list(uow.home_visits.of_worker(key))) == []


def test_the_officer_reads_the_last_four_signs_and_it_is_written_down(
    city: City, zhou: Person
) -> None:
    imported(city)
    heard = "\n".join(zhou.says(f"/visit {NAME}"))
    assert "身份证尾号" in heard
    assert "5106231963" not in heard
    assert audited(city, "view_id_number") == 1


def test_a_day_that_lies_ahead_is_asked_again(city: City, zhou: Person) -> None:
    imported(city)
    zhou.says(f"/visit {NAME}")
    zhou.taps("打电话")
    assert "哪天" in "\n".join(zhou.says("明年"))


def test_nobody_outside_the_area_is_found(city: City) -> None:
    imported(city)
    other = city.officer("何青", scope="510681")
    assert "没有这个人" in "\n".join(
        [*other.says(f"/visit {NAME}"), *other.says(NAME), *other.says(MOBILE)]
    )


def test_a_claim_stays_a_claim_until_an_officer_confirms_it(city: City, zhou: Person) -> None:
    key = imported(city)

    def say(uow: UnitOfWork) -> None:
        categories.claim(uow, city.deployment, uow.workers.need(key), Category.DISABLED)

    city.run(say)
    city.run(say)
    assert known(city, key).claimed == {"残疾"}
    assert worker(city, key).groups == ["脱贫户"]
    fill_in(zhou)
    assert known(city, key).claimed == frozenset()
    assert "残疾" in known(city, key).verified


def test_a_broken_button_takes_nothing_back(city: City, zhou: Person) -> None:
    key = imported(city)
    fill_in(zhou)
    assert zhou.presses(action_data("visit_undo", "broken"))
    assert known(city, key).verified == {"低保", "残疾"}
