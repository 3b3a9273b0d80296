"""How each worker is reached by a broadcast, and the one reason why others are not."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bot.clock import FixedClock
from bot.errors import UserError
from bot.services.broadcasts import broadcast_results
from bot.services.limits import Limits
from bot.services.sending.deliveries import body_of
from bot.services.vacancies import vacancies
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import Consent
from storage.states import Decision, Purpose, VacancyStatus, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.broadcast_world import (
    GUANGHAN,
    WideCity,
    approved,
    make,
    make_all,
)
from tests.officer_world import audited


@pytest.fixture
def city(database: Database, catalogue: Catalogue, clock: FixedClock) -> WideCity:
    return WideCity(database, catalogue, clock)


def test_a_worker_is_reached_by_the_first_way_that_works(city: WideCity) -> None:
    city.reader("telegram", has_phone=True)
    city.reader("web", has_phone=True)
    city.reader("web", has_phone=True, seen=False)
    city.reader(None, has_phone=True)
    city.reader(None, phone="0838-7202456")
    key, _shown = approved(city)
    make_all(city, key)
    assert city.channels_used() == {"telegram": 1, "web": 1, "sms": 2, "phone": 1}
    (call,) = city.calls()
    assert call.delivery_id in {row.id for row in city.messages()}


def test_every_text_message_has_a_link_of_its_own(city: WideCity) -> None:
    for _ in range(3):
        city.reader(None, has_phone=True)
    key, _shown = approved(city)
    make_all(city, key)
    links = {body_of(row).link for row in city.messages()}
    assert len(links) == 3
    assert all(link is not None and link.startswith("/r/") for link in links)
    assert {row.account_id for row in city.messages()} == {city.app.account_id("sms")}


def test_no_more_calls_are_planned_than_officers_can_make(
    database: Database, catalogue: Catalogue, clock: FixedClock
) -> None:
    limits = Limits(phone_tasks_a_day=1)
    city = WideCity(database, catalogue, clock, channels=frozenset(), limits=limits)
    for _ in range(5):
        city.reader(None, has_phone=True)
    key, shown = approved(city)
    make_all(city, key)
    assert len(city.calls()) == 3
    assert shown.left_out == {"phone_full": 2}
    assert sorted(city.left_out().values()) == ["phone_full"] * 2


def test_each_reason_is_told_apart(city: WideCity) -> None:
    vacancy = city.vacancy(age_max=45)
    today = city.clock.today()
    withdrew, blocked, unsubscribed = city.reader(), city.reader(), city.reader()
    expected = {
        withdrew: "no_consent",
        blocked: "unreachable",
        unsubscribed: "unsubscribed",
        city.reader(birth_year=1960): "age",
        city.reader(status=WorkerStatus.EMPLOYED): "employed",
        city.reader(status=WorkerStatus.NOT_LOOKING): "paused",
        city.reader(paused_until=today): "paused",
        city.reader(None): "no_address",
    }
    city.change_address(blocked, unreachable_since=city.clock.now())
    city.change_address(unsubscribed, unsubscribed_at=city.clock.now())
    withdraw(city, withdrew)
    key, _shown = approved(city, vacancy=vacancy)
    make_all(city, key)
    assert city.left_out() == expected


def withdraw(city: WideCity, worker_id: UUID) -> None:
    """Let a worker take the consent back."""
    address_id = city.address_of(worker_id).id

    def add(uow: UnitOfWork) -> None:
        for days, decision in ((9, Decision.GRANTED), (1, Decision.WITHDRAWN)):
            uow.session.add(
                Consent(
                    address_id=address_id,
                    worker_id=worker_id,
                    purpose=Purpose.REGISTER_AND_MATCH,
                    text_version="1",
                    decision=decision,
                    decided_at=city.clock.now() - timedelta(days=days),
                )
            )

    city.run(add)


def test_a_second_message_on_one_day_is_one_too_many(city: WideCity) -> None:
    worker = city.reader()
    first, _shown = approved(city)
    make_all(city, first)
    second, shown = approved(city)
    make_all(city, second)
    assert city.left_out(2) == {worker: "budget"}
    assert shown.left_out == {"budget": 1}


def test_whoever_was_told_of_a_vacancy_is_not_told_again(city: WideCity) -> None:
    worker = city.reader()
    vacancy = city.vacancy()
    first, _shown = approved(city, vacancy=vacancy)
    make_all(city, first)
    city.clock.advance(timedelta(days=2))
    second, _shown = approved(city, vacancy=vacancy)
    make_all(city, second)
    assert city.left_out(2) == {worker: "already_sent"}


def test_two_people_at_one_address_get_one_message(city: WideCity) -> None:
    first = city.reader()
    second = city.reader(at=city.address_of(first).id)
    key, _shown = approved(city)
    make_all(city, key, limit=1)
    assert len(city.messages()) == 1
    assert set(city.left_out().values()) == {"shared"}
    assert {row.worker_id for row in city.messages()} | set(city.left_out()) == {first, second}


def test_a_vacancy_that_closes_on_the_way_reaches_nobody_more(city: WideCity) -> None:
    for _ in range(4):
        city.reader()
    vacancy = city.vacancy()
    key, _shown = approved(city, vacancy=vacancy)
    make(city, key, limit=2)

    def close(uow: UnitOfWork) -> None:
        row = uow.vacancies.need(vacancy.id)
        vacancies.close(uow, city.deployment, row, status=VacancyStatus.FILLED)

    city.run(close)
    make_all(city, key)
    assert list(city.left_out().values()) == ["vacancy_closed"] * 2


def test_the_table_names_everybody_in_scope_with_state_and_reason(city: WideCity) -> None:
    city.reader(name="陈桂芳", has_phone=True)
    city.reader(name="王大富", home=GUANGHAN, paused_until=city.clock.today())
    key, _shown = approved(city)
    make_all(city, key)
    city.send(fails=True)
    officer = city.boss.as_officer()
    city.run(lambda uow: broadcast_results.look(uow, city.deployment, key, officer))
    table = city.run(lambda uow: broadcast_results.table(uow, city.deployment, key, officer))
    rows = [tuple(row) for row in table.rows]
    assert table.title == "B-0001"
    assert list(table.columns) == ["姓名", "电话", "家在", "怎么发", "结果", "原因", "时间"]
    assert rows[0][:6] == ("陈桂芳", "13900000001", "中江", "Telegram", "没发成", "对方拉黑了 403")
    assert rows[1][:6] == ("王大富", "", "广汉", "", "没发", "先不找了")
    assert audited(city, "view_broadcast_results") == 1


def test_the_table_shows_nobody_beyond_the_officers_scope(city: WideCity) -> None:
    city.reader(name="陈桂芳")
    city.reader(name="王大富", home=GUANGHAN)
    key, _shown = approved(city)
    make_all(city, key)
    narrow = city.officer("李芳", scope=GUANGHAN)
    officer = narrow.as_officer()
    with pytest.raises(UserError):
        city.run(lambda uow: broadcast_results.table(uow, city.deployment, key, officer))
    own = city.boss.as_officer()
    own.scope = GUANGHAN
    table = city.run(lambda uow: broadcast_results.table(uow, city.deployment, key, own))
    assert [row[0] for row in table.rows] == ["王大富"]
