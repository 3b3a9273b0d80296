"""Who waits is told when they may be written to, and never twice."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.messages import Body
from bot.services.people import consents, unsubscribing
from bot.services.ranking.wish_firing import fire
from bot.services.sending.deliveries import Draft, push
from storage.models import Delivery
from storage.states import (
    Decision,
    DeliveryKind,
    DeliveryStatus,
    Purpose,
    WorkerStatus,
)
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import (
    add_address,
    add_firm,
    add_worker,
    close,
    publish_new,
)
from tests.services.wish_world import (
    change_worker,
    looked,
    opened,
    told,
    waiting,
    wish_of,
    worker_of,
)


@pytest.fixture
def guifang(city_on_both: City) -> uuid.UUID:
    """A sewer who waits since now for whatever fits, and is reached on a page."""
    return waiting(city_on_both, "桂芳")


def test_a_wish_is_told_of_the_next_vacancy_that_fits_and_then_closed(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    city = city_on_both
    vacancy_id = opened(city)
    city.pass_time(minutes=1)
    assert told(city, guifang) == [vacancy_id]
    row = wish_of(city, guifang)
    assert row.fired_at == row.closed_at == city.clock.now()
    assert row.vacancy_id == vacancy_id
    opened(city)
    city.pass_time(days=2)
    assert told(city, guifang) == [vacancy_id]


def test_a_vacancy_that_closed_meanwhile_is_not_told(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    city = city_on_both
    vacancy_id = opened(city)
    city.database.read(city.deployment.board.refresh)
    (found,) = looked(city)
    fits = found[1]
    assert fits == [vacancy_id]
    city.run(lambda uow: close(uow, city.deployment, vacancy_id))
    assert not city.run(lambda uow: fire(uow, city.deployment, guifang, fits))
    assert told(city, guifang) == []


def test_at_night_a_wish_waits_for_the_morning(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both
    city.clock.instant = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 22:30 in Deyang
    vacancy_id = opened(city)
    city.pass_time(minutes=1)
    assert told(city, guifang) == []
    city.pass_time(hours=9)  # 07:31
    assert told(city, guifang) == []
    city.pass_time(hours=1)
    assert told(city, guifang) == [vacancy_id]


def test_who_works_at_night_is_left_to_sleep_by_day(city_on_both: City, guifang: uuid.UUID) -> None:
    change_worker(city_on_both, guifang, night_shift_worker=True)
    vacancy_id = opened(city_on_both)
    city_on_both.pass_time(hours=1)  # ten in the morning
    assert told(city_on_both, guifang) == []
    city_on_both.pass_time(hours=7)
    assert told(city_on_both, guifang) == [vacancy_id]


def test_attention_that_is_used_up_puts_a_wish_off(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both

    def broadcast(uow: UnitOfWork) -> None:
        row = uow.saved_wishes.need(guifang)
        draft = Draft(
            "vacancy_lines.line.pushed",
            Body("通知"),
            "an officer's",
            kind=DeliveryKind.BROADCAST,
            worker_id=row.worker_id,
        )
        push(uow, uow.addresses.need(row.address_id), draft, now=city.clock.now())

    city.run(broadcast)
    vacancy_id = opened(city)
    city.pass_time(minutes=1)
    assert told(city, guifang) == []
    assert wish_of(city, guifang).closed_at is None
    city.pass_time(days=1)
    assert told(city, guifang) == [vacancy_id]


@pytest.mark.parametrize("status", [WorkerStatus.EMPLOYED, WorkerStatus.NOT_LOOKING])
def test_who_does_not_look_now_is_told_nothing(
    city_on_both: City, guifang: uuid.UUID, status: WorkerStatus
) -> None:
    change_worker(city_on_both, guifang, status=status)
    opened(city_on_both)
    city_on_both.pass_time(minutes=1)
    assert told(city_on_both, guifang) == []
    assert wish_of(city_on_both, guifang).closed_at is None


def test_a_pause_an_unsubscribing_and_a_withdrawal_each_hold_a_wish_back(
    city_on_both: City,
) -> None:
    city = city_on_both
    wishes = [waiting(city, name) for name in ("一", "二", "三")]
    change_worker(city, wishes[0], paused_until=city.clock.today())

    def refuse(uow: UnitOfWork) -> None:
        second, third = (uow.saved_wishes.need(key) for key in wishes[1:])
        address = uow.addresses.need(second.address_id)
        worker = uow.workers.need(second.worker_id)
        unsubscribing.stop(uow, city.deployment, address, [worker])
        consents.record(
            uow,
            city.deployment,
            third.address_id,
            Purpose.REGISTER_AND_MATCH,
            Decision.WITHDRAWN,
            worker_id=third.worker_id,
        )

    city.run(refuse)
    opened(city)
    city.pass_time(minutes=1)
    assert [told(city, wish) for wish in wishes] == [[], [], []]
    city.pass_time(days=1)
    assert [len(told(city, wish)) for wish in wishes] == [1, 0, 0]


def test_an_ordinary_push_fulfils_a_wish(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both

    def publish(uow: UnitOfWork) -> uuid.UUID:
        return publish_new(uow, city.deployment, add_firm(uow, city.clock.now()))[0].id

    vacancy_id = city.run(publish)
    city.pass_time(minutes=1)
    opened(city)
    city.pass_time(days=1)
    assert told(city, guifang) == []
    row = wish_of(city, guifang)
    assert (row.vacancy_id, row.closed_at is not None) == (vacancy_id, True)


def test_a_push_that_never_went_out_fulfils_nothing(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both

    def publish(uow: UnitOfWork) -> None:
        publish_new(uow, city.deployment, add_firm(uow, city.clock.now()))
        for row in uow.session.scalars(select(Delivery)):
            row.status = DeliveryStatus.SKIPPED

    city.run(publish)
    vacancy_id = opened(city)
    city.pass_time(minutes=1)
    assert wish_of(city, guifang).vacancy_id == vacancy_id


def test_a_wish_stays_open_while_a_push_is_on_its_way(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    city = city_on_both

    def publish(uow: UnitOfWork) -> uuid.UUID:
        return publish_new(uow, city.deployment, add_firm(uow, city.clock.now()))[0].id

    pushed = city.run(publish)
    other = opened(city)
    assert not city.run(lambda uow: fire(uow, city.deployment, guifang, [other]))
    assert wish_of(city, guifang).closed_at is None

    def called_off(uow: UnitOfWork) -> None:
        for row in uow.session.scalars(select(Delivery).where(Delivery.subject_id == pushed)):
            row.status = DeliveryStatus.SKIPPED

    city.run(called_off)
    assert city.run(lambda uow: fire(uow, city.deployment, guifang, [other]))
    assert told(city, guifang) == [other]


def test_those_who_were_pushed_take_the_room_of_wishes_for_two_days(city_on_both: City) -> None:
    city = city_on_both

    def publish(uow: UnitOfWork) -> uuid.UUID:
        now = city.clock.now()
        for number in range(3):
            address = add_address(uow, city.account_id, now, f"page {number}")
            add_worker(uow, now, address=address)
        return publish_new(uow, city.deployment, add_firm(uow, now), headcount=1)[0].id

    vacancy_id = city.run(publish)
    city.clock.advance(timedelta(seconds=1))
    wish = waiting(city, "桂芳")
    assert not city.run(lambda uow: fire(uow, city.deployment, wish, [vacancy_id]))
    city.clock.advance(timedelta(days=2))
    assert city.run(lambda uow: fire(uow, city.deployment, wish, [vacancy_id]))


def test_the_message_of_a_wish_ends_with_the_vacancy(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    city = city_on_both
    today = city.clock.today()
    vacancy_id = opened(city)

    def valid_today(uow: UnitOfWork) -> None:
        uow.vacancies.need(vacancy_id).valid_until = today

    city.run(valid_today)
    assert city.run(lambda uow: fire(uow, city.deployment, guifang, [vacancy_id]))
    row = city.run(lambda uow: uow.session.scalars(select(Delivery)).one())
    assert row.expires_at == datetime(today.year, today.month, today.day, 16, tzinfo=UTC)


def test_two_replicas_tell_once(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both
    vacancy_id = opened(city)
    city.database.read(city.deployment.board.refresh)
    both = threading.Barrier(2)
    sent: list[bool] = []

    def replica() -> None:
        both.wait()
        sent.append(
            city.database.run(lambda uow: fire(uow, city.deployment, guifang, [vacancy_id]))
        )

    threads = [threading.Thread(target=replica) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == [False, True]
    assert told(city, guifang) == [vacancy_id]


def test_the_message_of_a_wish_is_queued_once_whatever_happens(
    city_on_both: City, guifang: uuid.UUID
) -> None:
    city = city_on_both
    vacancy_id = opened(city)
    city.database.read(city.deployment.board.refresh)
    city.run(lambda uow: fire(uow, city.deployment, guifang, [vacancy_id]))

    def reopen(uow: UnitOfWork) -> None:  # as if the closing had been lost
        row = uow.saved_wishes.need(guifang)
        row.closed_at = row.fired_at = row.vacancy_id = None
        row.saved_at = city.clock.now()

    city.clock.advance(timedelta(days=1))
    city.run(reopen)
    city.run(lambda uow: fire(uow, city.deployment, guifang, [vacancy_id]))
    assert told(city, guifang) == [vacancy_id]


def test_who_is_told_is_not_pushed_the_same_again(city_on_both: City, guifang: uuid.UUID) -> None:
    city = city_on_both
    vacancy_id = opened(city)
    city.pass_time(minutes=1)
    spread = city.run(lambda uow: set(uow.recommendations.told(vacancy_id)))
    assert spread == {city.run(lambda uow: worker_of(uow, guifang))}
