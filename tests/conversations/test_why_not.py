"""An officer asks why: a vacancy that went to few, and somebody who gets none."""

from __future__ import annotations

import uuid

import pytest

from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.services.job_world import DONGGUAN, add_firm, add_vacancy, add_worker, publish_new


@pytest.fixture
def zhou(city: City) -> Person:
    return city.officer()


def opened(city: City, count: int, **parts: object) -> None:
    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        for _ in range(count):
            add_vacancy(uow, now, add_firm(uow, now), **parts)  # type: ignore[arg-type]

    city.run(work)


def registered(city: City, **parts: object) -> uuid.UUID:
    return city.run(lambda uow: add_worker(uow, city.clock.now(), **parts).id)  # type: ignore[arg-type]


def test_the_reasons_of_a_vacancy_stand_beside_what_would_bring_more(
    city: City, zhou: Person
) -> None:
    registered(city, wage_min=6700)
    registered(city, trades=("电焊工",))

    def publish(uow: UnitOfWork) -> str:
        firm = add_firm(uow, city.clock.now())
        vacancy, _ = publish_new(uow, city.deployment, firm)
        assert vacancy.status is VacancyStatus.PUBLISHED
        return f"V-{vacancy.number:04d}"

    number = city.run(publish)
    (heard,) = zhou.says(f"/why {number}")
    assert heard.startswith(f"{number}没发给：")
    assert "钱不够1" in heard
    assert "工资加200元 → 多1人合适" in heard


def test_the_condition_that_keeps_most_from_a_worker_stands_first(city: City, zhou: Person) -> None:
    registered(city)
    opened(city, 2, town=None, adcode=DONGGUAN)
    opened(city, 1, wage=(2000, 2500))
    opened(city, 1)
    (heard,) = zhou.says("/why 13900001111")
    assert heard.splitlines() == [
        "陈*芳：现在合适的有1个。",
        "地方远近拦2个，单改它多2个",
        "工资拦1个，单改它多1个",
    ]


def test_another_area_s_people_and_vacancies_are_not_told(city: City) -> None:
    elsewhere = city.officer("李华", scope="510681")
    registered(city)
    opened(city, 1)
    refused = ["没有这一个，或者不归你管。"]
    assert elsewhere.says("/why 13900001111") == refused
    assert elsewhere.says("/why V-0001") == refused


@pytest.mark.parametrize("argument", ["", "abc"])
def test_what_can_be_asked_is_said(zhou: Person, argument: str) -> None:
    assert zhou.says(f"/why {argument}")[0].startswith("写招工号")
