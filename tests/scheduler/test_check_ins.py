from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.receiver import Receiver
from bot.messages import Inbound
from bot.scheduler.run_due import run_due
from bot.services.follow_up.employments import open_spell
from storage.models import CheckIn, Delivery, InboundReceipt
from storage.states import CheckInKind, CheckInStatus, DeliveryKind, ReceiptStatus, Source
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person, deliver
from tests.follow_up_world import case_of, check_ins_of, has_applied, next_morning, works
from tests.services import job_world
from tests.worker_world import GUIFANG, registered

WORDS = "没搞了 工资也没给"


@pytest.fixture
def guifang(city_on_both: City) -> Person:
    city_on_both.officer()
    return city_on_both.person("guifang")


def asked(city: City) -> int:
    """Return how many check-ins went to pages; a page that may be closed is phoned as well."""
    query = select(Delivery).where(
        Delivery.kind == DeliveryKind.CHECK_IN, Delivery.account_id == city.account_id
    )
    return city.run(lambda uow: len(uow.session.scalars(query).all()))


def ticks(city: City) -> dict[str, int]:
    return run_due(city.database, city.app.engine, account_ids=[city.account_id])


def test_a_doubled_tick_asks_once(city_on_both: City, guifang: Person) -> None:
    works(city_on_both, guifang)
    city_on_both.clock.advance(timedelta(days=3, hours=2))
    first, second = ticks(city_on_both), ticks(city_on_both)
    assert first["check_ins_due"] == 1
    assert second == {}
    assert asked(city_on_both) == 1


def test_ticks_that_were_missed_ask_late(city_on_both: City, guifang: Person) -> None:
    spell = works(city_on_both, guifang)
    city_on_both.clock.advance(timedelta(days=4, hours=2))
    ticks(city_on_both)
    row = check_ins_of(city_on_both, spell)[3]
    assert row.status is CheckInStatus.SENT
    assert row.sent_at == city_on_both.clock.now()


def test_a_missed_month_asks_one_question(city_on_both: City, guifang: Person) -> None:
    spell = works(city_on_both, guifang)
    city_on_both.clock.advance(timedelta(days=31, hours=2))
    ticks(city_on_both)
    rows = check_ins_of(city_on_both, spell)
    statuses = [rows[day].status for day in (3, 7, 30, 90)]
    skipped = CheckInStatus.SKIPPED
    assert statuses == [skipped, skipped, CheckInStatus.SENT, CheckInStatus.SCHEDULED]
    assert asked(city_on_both) == 1


def test_after_half_a_year_each_quarter_is_asked(city_on_both: City, guifang: Person) -> None:
    spell = works(city_on_both, guifang, days_ago=400)
    ticks(city_on_both)
    city_on_both.clock.advance(timedelta(hours=2))
    ticks(city_on_both)
    rows = check_ins_of(city_on_both, spell)
    assert sorted(rows) == [3, 7, 30, 90, 180, 270, 360, 450]
    assert rows[360].status is CheckInStatus.SENT
    assert rows[450].status is CheckInStatus.SCHEDULED


def test_a_question_about_nothing_is_called_off_and_the_others_go_on(
    city_on_both: City, guifang: Person
) -> None:
    city = city_on_both
    spell = works(city, guifang)

    def spoil(uow: UnitOfWork) -> uuid.UUID:
        row = CheckIn(
            kind=CheckInKind.STILL_THERE,
            worker_id=spell.worker_id,
            day=1,
            due_at=city.clock.now(),
            not_before=city.clock.now(),
            attempt=0,
            status=CheckInStatus.SCHEDULED,
        )
        return uow.check_ins.add(row).id

    spoilt = city.run(spoil)
    city.clock.advance(timedelta(days=3, hours=2))
    ticks(city)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SENT
    assert city.run(lambda uow: uow.check_ins.need(spoilt).status) is CheckInStatus.CANCELLED


def test_nobody_without_an_address_stops_the_round(city_on_both: City) -> None:
    city = city_on_both

    def start(uow: UnitOfWork) -> uuid.UUID:
        worker = job_world.add_worker(uow, city.clock.now())
        spell = open_spell(
            uow,
            city.deployment,
            worker=worker,
            started_on=city.clock.today(),
            source=Source.OFFICER,
        )
        return spell.id

    spell_id = city.run(start)
    city.clock.advance(timedelta(days=3, hours=2))
    ticks(city)
    rows = city.run(lambda uow: uow.check_ins.of_employment(spell_id))
    assert rows[0].status is CheckInStatus.SKIPPED


def test_who_unsubscribed_is_not_asked(city_on_both: City, guifang: Person) -> None:
    city = city_on_both
    spell = works(city, guifang)
    address_id, now = guifang.row().id, city.clock.now()
    city.run(lambda uow: setattr(uow.addresses.need(address_id), "unsubscribed_at", now))
    city.clock.advance(timedelta(days=3, hours=2))
    ticks(city)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SKIPPED


def test_who_cannot_be_reached_becomes_a_case(city_on_both: City, guifang: Person) -> None:
    city = city_on_both
    registered(guifang, replace(GUIFANG, phone=None))
    spell = works(city, guifang)
    address_id, now = guifang.row().id, city.clock.now()
    city.run(lambda uow: setattr(uow.addresses.need(address_id), "unreachable_since", now))
    city.clock.advance(timedelta(days=3, hours=2))
    ticks(city)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.NO_REPLY
    assert case_of(city, guifang) is not None


def test_two_questions_at_one_address_come_one_after_the_other(
    city_on_both: City, guifang: Person
) -> None:
    city = city_on_both
    has_applied(city, guifang)
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.listens()
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SCHEDULED
    guifang.says("打了")
    city.pass_time(hours=1, minutes=15)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SENT


def test_a_process_that_dies_before_the_turn_loses_no_case(
    city_on_both: City, guifang: Person
) -> None:
    city = city_on_both
    works(city, guifang)
    inbound = Inbound(external_id="once", address=guifang.address, text=WORDS, sequence=1)
    asyncio.run(die_after_accepting(city, inbound))
    assert case_of(city, guifang) is None
    city.clock.advance(timedelta(seconds=11))
    asyncio.run(sweep(city))
    first = case_of(city, guifang)
    assert first is not None
    deliver(city, inbound)
    assert cases_in(city) == 1


def test_a_process_that_dies_in_the_turn_doubles_no_case(
    city_on_both: City, guifang: Person
) -> None:
    city = city_on_both
    works(city, guifang)
    inbound = Inbound(external_id="once", address=guifang.address, text=WORDS, sequence=1)
    asyncio.run(die_after_accepting(city, inbound))
    with pytest.raises(KilledError):
        city.run(dying_turn(city, inbound))
    assert case_of(city, guifang) is None
    city.clock.advance(timedelta(seconds=11))
    asyncio.run(sweep(city))
    asyncio.run(sweep(city))
    assert cases_in(city) == 1


async def die_after_accepting(city: City, inbound: Inbound) -> None:
    receiver = Receiver(city.database, city.app.engine, wake=ignore)
    await receiver._accept(city.account_id, inbound)
    await receiver.close()


async def sweep(city: City) -> None:
    receiver = Receiver(city.database, city.app.engine, wake=ignore)
    await receiver.sweep(city.account_id)
    await receiver.close()


def dying_turn(city: City, inbound: Inbound) -> Callable[[UnitOfWork], None]:
    def run(uow: UnitOfWork) -> None:
        address = uow.addresses.find(city.account_id, inbound.address)
        assert address is not None
        receipt = uow.session.scalars(
            select(InboundReceipt).where(InboundReceipt.status == ReceiptStatus.RECEIVED)
        ).one()
        engine = city.app.engine
        reading = engine.read(inbound, engine.context(address))
        engine.answer(uow, address, inbound, reading=reading, receipt_id=receipt.id)
        raise KilledError

    return run


class KilledError(RuntimeError):
    """The process ends here."""


def cases_in(city: City) -> int:
    return len(city.run(lambda uow: uow.cases.in_scope(scope="5106", limit=9)))


def ignore(*_ids: uuid.UUID) -> None:
    """Nothing is sent in these tests."""
