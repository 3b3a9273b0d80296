"""A firm reads what changes would bring and what others pay: counts, never who."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.services.ranking.advice_words import people
from bot.services.vacancies import reviews
from storage.states import VacancyStatus, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.conversations.firm_world import Firm, firm_in
from tests.services.job_world import LABOUR, add_firm, add_vacancy, add_worker


def workers(city: City, *wishes: int | None, birth_year: int = 1990) -> None:
    """Register sewers of the county who want so much a month."""

    def work(uow: UnitOfWork) -> None:
        for wish in wishes:
            add_worker(uow, city.clock.now(), wage_min=wish, birth_year=birth_year)

    city.run(work)


def vacancy_of(
    city: City,
    firm: Firm,
    *,
    status: VacancyStatus = VacancyStatus.PUBLISHED,
    age_max: int | None = None,
) -> uuid.UUID:
    """Store a sewing vacancy of this firm that pays 4000 to 5500."""

    def work(uow: UnitOfWork) -> uuid.UUID:
        row = uow.enterprises.need(firm.id)
        return add_vacancy(uow, city.clock.now(), row, status=status, age_max=age_max).id

    return city.run(work)


def market(city: City, *pays: tuple[int, int], trade: str = "缝纫工") -> None:
    """Open posts of other firms."""

    def work(uow: UnitOfWork) -> None:
        for pay in pays:
            add_vacancy(
                uow, city.clock.now(), add_firm(uow, city.clock.now()), wage=pay, trade=trade
            )

    city.run(work)


@pytest.fixture
def firm(city: City) -> Firm:
    city.officer()
    return firm_in(city)


def asked(firm: Firm) -> list[str]:
    firm.boss.says("/list")
    firm.boss.says("1")
    return firm.boss.taps("怎么招得快")[0].splitlines()


def approved(city: City, vacancy_id: uuid.UUID) -> Person:
    """Let an officer approve a vacancy; return the officer."""
    officer = city.officer("李华")
    key = officer.as_officer().id

    def work(uow: UnitOfWork) -> None:
        vacancy = uow.vacancies.need(vacancy_id)
        reviews.approve(uow, city.deployment, vacancy, uow.officers.need(key))

    city.run(work)
    return officer


def told(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def test_a_raise_and_a_dropped_age_are_told_with_how_many_they_bring(
    city: City, firm: Firm
) -> None:
    workers(city, 3000, 4000, 5000, 6700, 6700, 6750)
    workers(city, 3000, 3100, 3200, 3300, birth_year=1966)
    vacancy_of(city, firm, age_max=45)
    lines = asked(firm)
    assert lines[0].endswith("怎么招得快：")
    assert lines[1:] == [
        "现在3到5人合适。",
        "去掉45岁以下 → 多3到5人合适；工资加300元 → 多3到5人合适",
    ]


def test_what_one_or_two_people_want_is_not_told(city: City, firm: Firm) -> None:
    workers(city, 3000, 6700, 6700)
    vacancy_of(city, firm)
    assert asked(firm)[1:] == ["现在不到3人合适。", "现在改哪样都多不了人。"]


def test_a_second_raise_that_brings_one_more_is_not_told(city: City, firm: Firm) -> None:
    workers(city, 6700, 6700, 6700, 7000)
    vacancy_of(city, firm)
    assert asked(firm)[2] == "工资加200元 → 多3到5人合适"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (2, "不到3人"),
        (5, "3到5人"),
        (6, "6到9人"),
        (9, "6到9人"),
        (14, "14人"),
        (15, "15人"),
        (57, "57人"),
        (99, "99人"),
        (130, "130人"),
    ],
)
def test_a_firm_reads_counts_in_steps(city: City, count: int, words: str) -> None:
    assert people(city.deployment, count, language="zh") == words


def test_somebody_who_registers_meanwhile_does_not_show_before_tomorrow(
    city: City, firm: Firm
) -> None:
    workers(city, 3000, 3000)
    vacancy_of(city, firm)
    assert "现在不到3人合适。" in asked(firm)
    workers(city, 3000)
    assert "现在不到3人合适。" in asked(firm)
    city.clock.advance(timedelta(days=1))
    assert "现在3到5人合适。" in asked(firm)


def test_whoever_may_not_be_told_is_not_promised(city: City, firm: Firm) -> None:
    def refused(uow: UnitOfWork) -> None:
        now = city.clock.now()
        kept = [add_worker(uow, now, wage_min=3000) for _ in range(4)]
        kept += [add_worker(uow, now, wage_min=6700) for _ in range(4)]
        for worker in kept:
            worker.status = WorkerStatus.EMPLOYED

    city.run(refused)
    vacancy_of(city, firm)
    assert asked(firm)[1:] == ["现在不到3人合适。", "现在改哪样都多不了人。"]


def test_whoever_may_not_be_told_is_not_promised_after_publishing(city: City, firm: Firm) -> None:
    workers(city, 6700, 6700, 6700)

    def at_work(uow: UnitOfWork) -> None:
        for worker in uow.recommendations.registered_workers(city.deployment.bureau_adcode):
            worker.status = WorkerStatus.EMPLOYED

    city.run(at_work)
    approved(city, vacancy_of(city, firm, status=VacancyStatus.IN_REVIEW))
    assert not any("怎么招得更快" in bubble for bubble in firm.boss.listens())


def test_the_pay_is_put_beside_at_least_three_open_posts(city: City, firm: Firm) -> None:
    vacancy_of(city, firm)
    market(city, (5000, 5000), (5400, 5400))
    market(city, (9000, 9000), trade=LABOUR)
    assert "你给4750元，同行当在招的3条中间价5000元。" in asked(firm)


def test_fewer_posts_tell_nothing_about_what_is_usual(city: City, firm: Firm) -> None:
    vacancy_of(city, firm)
    market(city, (5000, 5000))
    assert "中间价" not in told(asked(firm))


def test_nobody_is_named_and_no_number_told(city: City, firm: Firm) -> None:
    workers(city, 3000, 6700)
    vacancy_of(city, firm)
    heard = told(asked(firm))
    assert "陈桂芳" not in heard
    assert "13900001111" not in heard


def test_a_firm_is_told_after_publishing_where_a_change_would_bring_people(
    city: City, firm: Firm
) -> None:
    workers(city, 6700, 6700, 6750)
    approved(city, vacancy_of(city, firm, status=VacancyStatus.IN_REVIEW))
    heard = firm.boss.listens()
    assert any(
        "怎么招得更快" in bubble and "工资加300元 → 多3到5人合适" in bubble for bubble in heard
    )


def test_a_firm_is_left_alone_where_nothing_would_change_much(city: City, firm: Firm) -> None:
    workers(city, 3000, 6700)
    approved(city, vacancy_of(city, firm, status=VacancyStatus.IN_REVIEW))
    assert not any("怎么招得更快" in bubble for bubble in firm.boss.listens())


def test_another_firm_cannot_ask(city: City, firm: Firm) -> None:
    other = firm_in(city, name="鸿蒙制衣", credit_code="91510623MA6234568A")
    vacancy_id = vacancy_of(city, firm)
    assert other.boss.presses(f"a:advice:{vacancy_id.hex}") == ["没有这一条，或者不是你家的。"]


def test_what_is_not_published_has_no_advice_yet(city: City, firm: Firm) -> None:
    vacancy_id = vacancy_of(city, firm, status=VacancyStatus.IN_REVIEW)
    assert firm.boss.presses(f"a:advice:{vacancy_id.hex}")[0].endswith("还没发布，发布了再看。")


def test_it_is_told_in_english_too(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    vacancy_id = vacancy_of(city, firm)

    address_id = firm.boss.row().id

    def english(uow: UnitOfWork) -> None:
        uow.addresses.need(address_id).language = "en"

    city.run(english)
    heard = firm.boss.presses(f"a:advice:{vacancy_id.hex}")[0]
    assert "Fitting now: fewer than 3." in heard


def test_an_officer_reads_after_approving_what_would_bring_more(city: City, firm: Firm) -> None:
    workers(city, 3000, 6700)
    vacancy_of(city, firm, status=VacancyStatus.IN_REVIEW)
    officer = city.officer("李华")
    officer.says("审核")
    officer.says("1")
    heard = told(officer.taps("通过"))
    assert "要多些人：工资加200元 → 多1人合适。" in heard
