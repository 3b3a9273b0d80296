"""What was said is kept for thirty days."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import select, update

from bot.messages import Body
from bot.scheduler import words_forgotten
from bot.scheduler.ticks import BATCH, Tick
from bot.services.sending.deliveries import Draft, push_all
from storage.models import CheckIn, Delivery, InboundReceipt
from storage.states import CheckInKind, CheckInStatus, DeliveryKind, ReceiptStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.worker_world import address_of, registered


def forget(city: City) -> int:
    return words_forgotten.forget(Tick(city.database, city.app.engine, [city.account_id]))


def bodies(city: City, person: Person) -> list[bool]:
    """Return for each message of a person whether its words are still there."""
    key = person.row().id
    asked = select(Delivery).where(Delivery.address_id == key).order_by(Delivery.created_at)
    return city.run(lambda uow: [row.body is not None for row in uow.session.scalars(asked)])


def test_messages_are_emptied_after_thirty_days(city_on_both: City) -> None:
    city = city_on_both
    person = city.person("guifang")
    registered(person)
    person.says("暂停")
    person.says("1")
    city.clock.advance(timedelta(days=30))
    assert forget(city) == 0
    city.clock.advance(timedelta(seconds=1))
    assert forget(city) == 2
    assert bodies(city, person) == [False, False]
    assert forget(city) == 0


def test_a_page_goes_on_after_messages_that_were_emptied(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    person.says("暂停")
    person.says("1")
    city.clock.advance(timedelta(days=31))
    forget(city)
    assert person.says("菜单") == ["要办啥？"]


def test_a_question_that_is_still_open_keeps_its_words(city_on_both: City) -> None:
    city = city_on_both
    person = city.person("guifang")
    registered(person)
    person.says("退订")
    city.clock.advance(timedelta(minutes=1))
    person.says("菜单")
    city.clock.advance(timedelta(days=31))
    assert forget(city) == 1
    assert bodies(city, person) == [False, True]
    assert person.taps("找活")


def test_a_check_in_that_waits_for_an_answer_keeps_its_words(city: City) -> None:
    person = city.person("guifang")
    worker = registered(person)
    key = uuid.uuid4()

    def ask(uow: UnitOfWork) -> None:
        now = city.clock.now()
        uow.session.add(
            CheckIn(
                id=key,
                kind=CheckInKind.STILL_THERE,
                worker_id=worker.id,
                day=1,
                due_at=now,
                not_before=now,
                status=CheckInStatus.SENT,
                sent_at=now,
            )
        )
        asked = Draft("x", Body("还在做没有？"), "ask:1", DeliveryKind.CHECK_IN, subject_id=key)
        push_all(uow, [(address_of(uow, person), asked)], now=now)

    city.run(ask)
    city.publish()
    city.clock.advance(timedelta(days=31))
    assert forget(city) == 0
    answered = update(CheckIn).values(status=CheckInStatus.SAME)
    city.run(lambda uow: uow.session.execute(answered) and None)
    assert forget(city) == 1


def test_failed_messages_lose_their_words_too(city_on_both: City) -> None:
    city = city_on_both
    person = city.person("guifang")
    person.says("你好")

    def fail(uow: UnitOfWork) -> None:
        row = uow.session.scalars(select(InboundReceipt)).one()
        row.status, row.payload = ReceiptStatus.FAILED, {"text": "电话13900001234"}

    city.run(fail)
    city.clock.advance(timedelta(days=29))
    forget(city)
    asked = select(InboundReceipt.payload)
    assert city.run(lambda uow: uow.session.scalars(asked).one()) is not None
    city.clock.advance(timedelta(days=2))
    forget(city)
    assert city.run(lambda uow: uow.session.scalars(asked).one()) is None


def test_more_than_a_batch_is_emptied_in_one_tick(city: City) -> None:
    person = city.person("guifang")

    def write(uow: UnitOfWork) -> None:
        address = address_of(uow, person)
        drafts = [
            (address, Draft("x", Body("招工"), f"old:{number}", DeliveryKind.TASK))
            for number in range(2 * BATCH + 1)
        ]
        push_all(uow, drafts, now=city.clock.now())

    city.run(write)
    assert forget(city) == 0
    city.publish()
    city.clock.advance(timedelta(days=31))
    assert forget(city) == 2 * BATCH + 1
