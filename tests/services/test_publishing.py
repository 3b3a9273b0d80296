from __future__ import annotations

import random
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.services.sending.attention import earliest
from bot.services.sending.deliveries import body_of
from bot.services.vacancies import publishing
from storage.models import ContactAddress, Delivery, LeftOutWorker, Recommendation, Vacancy, Worker
from storage.states import DeliveryStatus, VacancyStatus, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import (
    LABOUR,
    NANHUA,
    SEWING,
    WELDING,
    add_address,
    add_firm,
    add_vacancy,
    add_worker,
    close,
    publish_new,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def add_people(uow: UnitOfWork, city: City, count: int) -> list[Worker]:
    """Store workers who all suit the sewing vacancy, each with a page of their own."""
    now = city.clock.now()
    return [
        add_worker(
            uow,
            now,
            name=f"工友{number}",
            address=add_address(uow, city.account_id, now, f"page {number}"),
        )
        for number in range(count)
    ]


def pushes(uow: UnitOfWork, vacancy_id: uuid.UUID) -> list[Delivery]:
    found = uow.session.scalars(select(Delivery).where(Delivery.subject_id == vacancy_id))
    return list(found)


def reasons(uow: UnitOfWork, vacancy_id: uuid.UUID) -> Counter[str]:
    rows = uow.session.scalars(
        select(LeftOutWorker.reason).where(LeftOutWorker.vacancy_id == vacancy_id)
    )
    return Counter(rows)


@pytest.mark.parametrize("seed", range(6))
def test_everybody_is_either_chosen_or_left_out_with_one_reason(
    city_on_both: City, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - draws test data
    city = city_on_both

    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        everybody = chance.randint(0, 60)
        left = 0
        for number in range(everybody):
            address: ContactAddress | None = None
            if chance.random() < 0.7:
                address = add_address(uow, city.account_id, now, f"page {number}")
                address.unsubscribed_at = now if chance.random() < 0.2 else None
                address.last_inbound_at = now - timedelta(days=chance.choice([0, 40]))
            worker = add_worker(
                uow,
                now,
                address=address,
                trades=chance.choice([(SEWING,), (WELDING,), (LABOUR,), ()]),
                migration=chance.choice(["in_county", "out_of_province", None]),
                wage_min=chance.choice([None, 4000, 9000]),
                status=chance.choice(list(WorkerStatus)),
                paused_until=chance.choice([None, None, city.clock.today() + timedelta(days=3)]),
            )
            left += worker.status is WorkerStatus.LEFT
        firm = add_firm(uow, now)
        headcount = chance.choice([None, 1, 4])
        for _ in range(3):  # the later ones meet attention that is used up
            vacancy, published = publish_new(uow, city.deployment, firm, headcount=headcount)
            assert published.chosen + sum(published.left_out.values()) == everybody - left
            assert sum(published.ways.values()) == published.chosen
            assert published.chosen <= 3 * (headcount or 1)
            assert reasons(uow, vacancy.id) == published.left_out

    city.run(work)


def test_the_first_three_for_each_place_are_told_and_the_rest_wait(city_on_both: City) -> None:
    city = city_on_both

    def work(uow: UnitOfWork) -> None:
        add_people(uow, city, 10)
        vacancy, published = publish_new(
            uow, city.deployment, add_firm(uow, city.clock.now()), headcount=2
        )
        assert published.chosen == 6
        assert published.left_out == {"waiting": 4}
        assert published.ways == {"web": 6}
        assert len(pushes(uow, vacancy.id)) == 6

    city.run(work)


def test_a_push_says_wage_place_room_and_why_with_buttons_that_last(city: City) -> None:
    guifang = city.person("桂芳")

    def work(uow: UnitOfWork) -> str:
        now = city.clock.now()
        add_worker(uow, now, address=add_address(uow, city.account_id, now, guifang.address))
        return publish_new(uow, city.deployment, add_firm(uow, now))[0].id.hex

    key = city.run(work)
    assert guifang.listens() == [
        "新活：4000—5500元（计件） | 南华镇，同镇 | 管饭，住没说 | 平车工\n"
        "为啥给你：会缝纫工的活，钱够，就在本镇"
    ]
    assert [option.data for option in guifang.heard_bodies[-1].options] == [
        f"a:apply:{key}",
        f"a:refuse:{key}",
        f"a:gap:{key}",
    ]


def test_nobody_is_pushed_twice_a_day_or_four_times_a_week(city: City) -> None:
    def publish_one(uow: UnitOfWork) -> dict[str, int]:
        firm = add_firm(uow, city.clock.now())
        published = publish_new(uow, city.deployment, firm)[1]
        return {"chosen": published.chosen, **published.left_out}

    city.run(lambda uow: add_people(uow, city, 1))
    told = {"chosen": 1}
    spent = {"chosen": 0, "budget": 1}
    assert city.run(publish_one) == told
    assert city.run(publish_one) == spent
    for _day in range(2):
        city.clock.advance(timedelta(days=1))
        assert city.run(publish_one) == told
    city.clock.advance(timedelta(days=1))
    assert city.run(publish_one) == spent


def test_at_night_a_push_waits_for_the_morning(city: City) -> None:
    city.clock.instant = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 22:30 in Deyang

    def work(uow: UnitOfWork) -> list[datetime]:
        add_people(uow, city, 1)
        vacancy = publish_new(uow, city.deployment, add_firm(uow, city.clock.now()))[0]
        return [row.not_before for row in pushes(uow, vacancy.id)]

    assert city.run(work) == [datetime(2026, 11, 24, 0, 0, tzinfo=UTC)]


def test_whoever_works_nights_is_told_in_the_afternoon() -> None:
    morning = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    assert earliest(morning, SHANGHAI, works_nights=True) == datetime(
        2026, 11, 23, 8, 0, tzinfo=UTC
    )
    assert earliest(morning, SHANGHAI, works_nights=False) == morning


def test_each_standing_in_life_has_its_reason(city_on_both: City) -> None:
    city = city_on_both

    def work(uow: UnitOfWork) -> dict[str, int]:
        now = city.clock.now()
        add_worker(uow, now, wage_min=9000)
        add_worker(uow, now, trades=(WELDING,), migration="out_of_province", wage_min=9000)
        add_worker(uow, now, home="500112101")
        add_worker(uow, now, status=WorkerStatus.EMPLOYED)
        add_worker(uow, now, status=WorkerStatus.NOT_LOOKING)
        add_worker(uow, now, paused_until=city.clock.today())
        gone = add_address(uow, city.account_id, now, "unsubscribed")
        gone.unsubscribed_at = now
        add_worker(uow, now, address=gone)
        add_worker(uow, now, status=WorkerStatus.LEFT)
        firm = add_firm(uow, now)
        return publish_new(uow, city.deployment, firm)[1].left_out

    assert city.run(work) == {
        "trade": 1,
        "wage": 1,
        "too_far": 1,
        "employed": 1,
        "paused": 2,
        "unsubscribed": 1,
    }


def test_closing_skips_queued_pushes_with_a_reason_and_gives_the_attention_back(
    city_on_both: City,
) -> None:
    city = city_on_both

    def work(uow: UnitOfWork) -> None:
        add_people(uow, city, 2)
        firm = add_firm(uow, city.clock.now())
        vacancy, _ = publish_new(uow, city.deployment, firm)
        close(uow, city.deployment, vacancy.id)
        uow.session.expire_all()
        rows = pushes(uow, vacancy.id)
        assert {(row.status, row.reason) for row in rows} == {
            (DeliveryStatus.SKIPPED, "vacancy_closed")
        }
        assert publish_new(uow, city.deployment, firm)[1].chosen == 2

    city.run(work)


def test_withdrawn_pushes_carry_the_reason_that_was_given(city: City) -> None:
    def work(uow: UnitOfWork) -> None:
        add_people(uow, city, 1)
        vacancy, _ = publish_new(uow, city.deployment, add_firm(uow, city.clock.now()))
        assert publishing.withdraw_pushes(uow, vacancy.id, "suspended") == 1
        uow.session.expire_all()
        assert pushes(uow, vacancy.id)[0].reason == "suspended"

    city.run(work)


def test_after_two_days_without_applications_the_next_ones_are_told(city_on_both: City) -> None:
    city = city_on_both

    def begin(uow: UnitOfWork) -> uuid.UUID:
        add_people(uow, city, 7)
        vacancy, _ = publish_new(uow, city.deployment, add_firm(uow, city.clock.now()), headcount=1)
        return vacancy.id

    key = city.run(begin)

    def extend(uow: UnitOfWork) -> int:
        return publishing.extend_spread(uow, city.deployment, uow.vacancies.need(key))

    city.clock.advance(timedelta(days=1))
    assert city.run(extend) == 0
    city.clock.advance(timedelta(days=1))
    assert city.run(extend) == 3
    assert city.run(extend) == 0
    assert city.run(lambda uow: dict(reasons(uow, key))) == {"waiting": 1}
    told = city.run(lambda uow: len(pushes(uow, key)))
    assert told == 6


def test_a_vacancy_published_again_reaches_only_those_who_were_not_told(city: City) -> None:
    def work(uow: UnitOfWork) -> None:
        add_people(uow, city, 5)
        vacancy, first = publish_new(
            uow, city.deployment, add_firm(uow, city.clock.now()), headcount=1
        )
        assert first.chosen == 3
        for row in pushes(uow, vacancy.id):
            row.status = DeliveryStatus.ACCEPTED
        vacancy.status = VacancyStatus.IN_REVIEW
        again = publishing.publish(uow, city.deployment, vacancy)
        assert (again.chosen, again.left_out) == (2, {"already_sent": 3})

    city.run(work)


def test_two_workers_who_differ_only_in_name_get_the_same_push(city: City) -> None:
    def work(uow: UnitOfWork) -> None:
        now = city.clock.now()
        for name in ("马秀英", "王建国"):
            add_worker(uow, now, name=name, address=add_address(uow, city.account_id, now, name))
        vacancy, _ = publish_new(uow, city.deployment, add_firm(uow, now))
        one, other = pushes(uow, vacancy.id)
        assert body_of(one) == body_of(other)
        assert one.not_before == other.not_before
        rows = uow.session.scalars(select(Recommendation))
        assert len({(row.score, str(row.reasons)) for row in rows}) == 1

    city.run(work)


def test_a_reason_for_leaving_out_keeps_what_the_vacancy_offers(city: City) -> None:
    def work(uow: UnitOfWork) -> list[list[object]]:
        now = city.clock.now()
        add_worker(uow, now, wage_min=9000)
        vacancy: Vacancy = add_vacancy(
            uow, now, add_firm(uow, now), status=VacancyStatus.IN_REVIEW, town=NANHUA
        )
        publishing.publish(uow, city.deployment, vacancy)
        rows = uow.recommendations.left_out(vacancy.id, scope="5106", limit=10)
        assert uow.recommendations.left_out(vacancy.id, scope="5001", limit=10) == []
        return rows[0].details

    assert city.run(work) == [["wage", 5500]]
