"""What a person is never changes what is offered: lists and pushes stay the same."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.services.vacancies import publishing
from storage.models import Delivery, Impression, Worker
from storage.states import DeliveryKind, VacancyStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.conversations.test_job_search import open_vacancies
from tests.nightly_world import add_openings, ranked
from tests.services.job_world import add_address, add_firm, add_vacancy, add_worker

PLAIN = "我会踩平车，想在南华镇找活"


def registered(city: City, name: str) -> Person:
    """Return a registered sewer who chats."""
    person = city.person(name)

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        address = add_address(uow, city.account_id, now, person.address)
        add_worker(uow, now, name=name, address=address, wage_min=3500)

    city.run(work)
    return person


@pytest.mark.parametrize(
    "told",
    [
        "我是女的，",
        "我是男的，",
        "我是彝族，",
        "我是回族，信教，",
        "我有乙肝，",
        "我有残疾，",
        "我怀孕了，",
    ],
)
def test_sex_ethnic_group_faith_and_health_change_no_list(city: City, told: str) -> None:
    open_vacancies(city, "甲", "乙", "丙", "丁")
    plain, other = registered(city, "马秀英"), registered(city, "吉克阿木")
    assert other.says(told + PLAIN)[-4:] == plain.says(PLAIN)[-4:]
    assert other.says("找活") == plain.says("找活")


def test_the_same_vacancies_are_pushed_with_the_same_words_scores_and_reasons(
    city_on_both: City,
) -> None:
    city = city_on_both
    people = [registered(city, "马秀英"), registered(city, "王建国")]
    people[1].says("我是男的，彝族，有乙肝")

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        vacancy = add_vacancy(uow, now, add_firm(uow, now), status=VacancyStatus.IN_REVIEW)
        publishing.publish(uow, city.deployment, vacancy)
        pushed = select(Delivery).where(Delivery.kind == DeliveryKind.VACANCY)
        bodies = [str(row.body) for row in uow.session.scalars(pushed)]
        assert len(bodies) == len(people)
        assert len(set(bodies)) == 1
        shown = uow.session.scalars(select(Impression))
        assert len({(row.score, str(row.reasons), str(row.terms)) for row in shown}) == 1

    city.run(work)


def test_the_night_keeps_the_same_list_byte_for_byte(city_on_both: City) -> None:
    city = city_on_both
    add_openings(city, 12)
    people = [registered(city, "马秀英"), registered(city, "王建国"), registered(city, "李桂香")]
    people[1].says("我是男的，彝族，有乙肝")

    def join_a_group(uow: UnitOfWork) -> None:
        for worker in uow.session.scalars(select(Worker)):
            if worker.name == "李桂香":
                worker.groups = ["脱贫户"]

    city.run(join_a_group)
    found = ranked(city)
    assert len(found) == len(people)
    assert all(found.values())
    assert len(set(found.values())) == 1


def test_a_post_for_a_group_is_shown_to_whoever_asks_and_says_for_whom(city: City) -> None:
    person = registered(city, "马秀英")

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        vacancy = add_vacancy(uow, now, add_firm(uow, now), status=VacancyStatus.IN_REVIEW)
        vacancy.reserved_for = ["脱贫户"]
        published = publishing.publish(uow, city.deployment, vacancy)
        assert (published.chosen, published.left_out) == (0, {"reserved": 1})

    city.run(work)
    city.database.read(city.deployment.board.refresh)
    assert "只招脱贫户" in person.says("找活")[0]
