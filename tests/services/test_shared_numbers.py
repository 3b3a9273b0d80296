"""Several people and one number: what one of them wants or deletes is nobody else's."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from bot.conversations.worker.family import CHOSEN_AT
from bot.messages import Body
from bot.services.people import unsubscribing
from bot.services.sending.deliveries import Draft, push
from storage.models import Worker
from storage.states import DeliveryKind
from storage.unit_of_work import UnitOfWork
from tests.chat import Person
from tests.phone_world import has_page
from tests.shared_numbers_world import (
    NUMBER,
    OTHER_NUMBER,
    add_worker,
    change_number,
    pause_of,
    phoned,
    stored_numbers,
    texted,
    wants_no_calls,
    with_page,
)
from tests.sms_city import SmsCity, asked_on_day_three, hired

_A_SECOND = timedelta(seconds=1)


def test_stopping_on_ones_page_does_not_stop_whoever_shares_the_number(
    sms_city_on_both: SmsCity,
) -> None:
    city = sms_city_on_both
    mother = add_worker(city, "陈桂芳")
    shared = texted(city, mother)
    son, son_id = with_page(city, "王小二")
    son.says("退订")
    assert texted(city, mother).id == shared.id
    assert texted(city, mother).unsubscribed_at is None
    assert pause_of(city, mother) is None
    assert son.row().unsubscribed_at is not None
    assert pause_of(city, son_id) == unsubscribing.FOR_GOOD


def test_stopping_pushes_stops_no_calls(sms_city_on_both: SmsCity) -> None:
    person, key = with_page(sms_city_on_both, "陈桂芳")
    person.says("退订")
    assert texted(sms_city_on_both, key).unsubscribed_at is not None
    assert phoned(sms_city_on_both, key).unsubscribed_at is None


def test_nobody_brings_back_the_calls_that_were_forbidden(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    person, key = with_page(city, "陈桂芳")
    wants_no_calls(city, key)
    person.says("退订")
    person.says("接着发")
    assert phoned(city, key).unsubscribed_at is not None
    assert texted(city, key).unsubscribed_at is None
    assert pause_of(city, key) is None


def test_going_on_is_said_for_oneself_and_not_for_the_number(sms_city: SmsCity) -> None:
    mothers, _mother = with_page(sms_city, "陈桂芳")
    sons, _son = with_page(sms_city, "王小二")
    sms_city.phone().writes("T")
    sons.says("接着发")
    assert sms_city.phone().row().unsubscribed_at is not None
    mothers.says("接着发")
    assert sms_city.phone().row().unsubscribed_at is not None
    sms_city.phone().writes("接着发")
    assert sms_city.phone().row().unsubscribed_at is None


def test_a_letter_from_a_shared_number_is_the_wish_of_whom_it_was_written_to(
    sms_city: SmsCity,
) -> None:
    city = sms_city
    mother, son = add_worker(city, "陈桂芳"), add_worker(city, "王小二")
    texted(city, mother)
    key = texted(city, son).id

    def write(uow: UnitOfWork) -> None:
        draft = Draft("x", Body("新活"), "p:1", DeliveryKind.BROADCAST, worker_id=son)
        push(uow, uow.addresses.need(key), draft, now=city.clock.now())

    city.run(write)
    phone = city.phone()
    phone.reads()
    phone.writes("T")
    assert (pause_of(city, mother), pause_of(city, son)) == (None, unsubscribing.FOR_GOOD)
    assert phone.row().unsubscribed_at is not None


def test_erasing_one_leaves_the_others_questions_and_messages_at_a_shared_number(
    sms_city_on_both: SmsCity,
) -> None:
    city = sms_city_on_both
    hired(city)
    asked_on_day_three(city)
    phone = city.phone()
    phone.reads()
    son, _key = with_page(city, "王小二", NUMBER)
    son.says("删除我的信息")
    assert son.says("1")[-1].startswith("删完了")
    (row,) = city.sms_rows()
    assert row.body is not None
    assert city.phone().row().step == "check_in.still_there"
    (answer,) = phone.writes("1")
    assert answer.startswith("好，记下了：还在做。")


def test_of_the_erased_one_nothing_is_left_at_a_shared_number(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    mother = add_worker(city, "陈桂芳")
    texted(city, mother)
    hired(city, name="王小二")
    asked_on_day_three(city)
    city.phone().reads()
    son_id = city.run(lambda uow: _named(uow, "王小二").id)
    page = city.person("page of 王小二")
    has_page(city, page, son_id)
    page.says("删除我的信息")
    page.says("1")
    assert [row.body for row in city.sms_rows()] == [None]
    assert city.phone().row().step is None
    assert NUMBER in stored_numbers(city)


def test_at_a_shared_page_what_was_said_for_the_erased_one_is_emptied_and_no_more(
    sms_city: SmsCity,
) -> None:
    city = sms_city
    page = city.person("a shared page")
    mother, son = add_worker(city, "陈桂芳"), add_worker(city, "王小二")
    for key in (mother, son):
        has_page(city, page, key)
        city.clock.advance(_A_SECOND)
    page.says("我的信息")
    _acts_for(city, page, mother)
    of_mother = page.says("我的信息")
    _acts_for(city, page, son)
    of_son = page.says("我的信息")
    page.says("删除我的信息")
    page.says("1")
    page._cursor = 0
    left = [body.text for body in page._fetch()]
    assert all(line in left for line in of_mother)
    assert not [line for line in of_son if line in left and line not in of_mother]


def test_an_erased_persons_numbers_are_stored_nowhere(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    person, key = with_page(city, "陈桂芳", OTHER_NUMBER)
    city.phone(OTHER_NUMBER).writes("菜单")
    change_number(city, key, NUMBER)
    phoned(city, key)
    assert {NUMBER, OTHER_NUMBER} <= stored_numbers(city)
    person.says("删除我的信息")
    person.says("1")
    assert not {NUMBER, OTHER_NUMBER} & stored_numbers(city)


def test_who_deletes_by_text_message_is_answered_and_forgotten_after_a_day(
    sms_city_on_both: SmsCity,
) -> None:
    city = sms_city_on_both
    texted(city, add_worker(city, "陈桂芳"))
    phone = city.phone()
    phone.writes("删除我的信息")
    assert "删完了" in phone.writes("1")[-1]
    assert NUMBER in stored_numbers(city)
    city.pass_time(days=1, hours=2)
    assert NUMBER not in stored_numbers(city)


def test_a_number_that_wants_nothing_is_known_again_after_its_person_was_erased(
    sms_city_on_both: SmsCity,
) -> None:
    city = sms_city_on_both
    person, _key = with_page(city, "陈桂芳")
    city.phone().writes("T")
    person.says("删除我的信息")
    person.says("1")
    assert NUMBER not in stored_numbers(city)
    again = add_worker(city, "陈桂芳")
    assert texted(city, again).unsubscribed_at is not None
    assert texted(city, again).address == NUMBER


def _named(uow: UnitOfWork, name: str) -> Worker:
    return next(one for one in uow.session.scalars(select(Worker)) if one.name == name)


def _acts_for(city: SmsCity, page: Person, worker_id: UUID) -> None:
    key = page.row().id

    def act(uow: UnitOfWork) -> None:
        row = uow.addresses.need(key)
        row.acting_for = worker_id
        row.memory = {**(row.memory or {}), CHOSEN_AT: city.clock.now().isoformat()}

    city.run(act)
