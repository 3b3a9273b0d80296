"""Whoever is there after somebody left answers for nobody else."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from storage.models import Case, CheckIn
from storage.states import CheckInStatus, DeliveryStatus
from storage.unit_of_work import UnitOfWork
from tests.phone_world import has_page
from tests.shared_numbers_world import OTHER_NUMBER, add_worker, change_number, texted
from tests.sms_city import SmsCity, asked_on_day_three, hired

_A_SECOND = timedelta(seconds=1)


def test_whoever_holds_an_abandoned_number_answers_for_nobody(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    city.officer()
    spell = hired(city)
    asked_on_day_three(city)
    phone = city.phone()
    phone.reads()
    old = phone.row().id
    change_number(city, spell.worker_id, OTHER_NUMBER)
    assert city.run(lambda uow: uow.addresses.need(old).step) is None
    phone.writes("3")
    row = city.run(_asked)
    assert row.status is CheckInStatus.SENT
    assert row.address_id == city.phone(OTHER_NUMBER).row().id
    assert city.run(lambda uow: list(uow.session.scalars(select(Case)))) == []


def test_what_waits_at_an_abandoned_number_is_not_sent(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    spell = hired(city)
    city.pass_time(days=3, hours=2)
    change_number(city, spell.worker_id, OTHER_NUMBER)
    (row,) = city.sms_rows()
    assert (row.status, row.reason) == (DeliveryStatus.SKIPPED, "address_left")
    assert city.phone().reads() == []


def test_a_question_about_somebody_who_is_not_reached_here_any_more_is_outdated(
    sms_city: SmsCity,
) -> None:
    city = sms_city
    spell = hired(city)
    asked_on_day_three(city)
    phone = city.phone()
    phone.reads()
    key = phone.row().id
    city.run(lambda uow: uow.workers.unlink(spell.worker_id, key))
    phone.writes("3")
    assert city.run(_asked).status is CheckInStatus.SENT
    assert city.run(lambda uow: list(uow.session.scalars(select(Case)))) == []


def test_who_leaves_a_family_phone_is_not_asked_there_any_more(sms_city: SmsCity) -> None:
    city = sms_city
    spell = hired(city)
    page = city.person("a shared page")
    has_page(city, page, spell.worker_id)
    city.clock.advance(_A_SECOND)
    has_page(city, page, add_worker(city, "王小二", OTHER_NUMBER))
    page.says("家里人")
    page.taps("去人")
    texted(city, spell.worker_id)
    row = city.run(_asked)
    here = page.row().id
    city.run(lambda uow: _ask_at(uow, row.id, here, city))
    page.taps("陈*芳")
    assert city.run(_asked).address_id == city.phone().row().id


def _asked(uow: UnitOfWork) -> CheckIn:
    return next(one for one in uow.session.scalars(select(CheckIn)) if one.day == 3)


def _ask_at(uow: UnitOfWork, row_id: UUID, address_id: UUID, city: SmsCity) -> None:
    row = uow.check_ins.need(row_id)
    row.status, row.address_id, row.sent_at = CheckInStatus.SENT, address_id, city.clock.now()
