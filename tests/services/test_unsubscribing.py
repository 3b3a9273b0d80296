"""退订: at once, for good, and on every channel of that person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.messages import Body
from bot.services.people.workers import ProfileDraft
from bot.services.sending.deliveries import Draft, push
from bot.services.sending.sms_addresses import mobile_of
from storage.models import Delivery, Worker
from storage.states import DeliveryKind, DeliveryStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import Person
from tests.services import job_world
from tests.sms_city import SmsCity
from tests.worker_world import registered

DONE = "不发新活了。你来问，照样答。"


def queue_push(city: SmsCity, person: Person, worker: Worker) -> None:
    """Queue a push for a worker at a page, where it waits."""
    row = person.row()
    draft = Draft("x", Body("新活"), "p:1", DeliveryKind.BROADCAST, worker_id=worker.id)
    city.run(lambda uow: push(uow, row, draft, now=city.clock.now()))


def published_to(city: SmsCity) -> int:
    """Publish a vacancy; return how many are told."""

    def publish(uow: UnitOfWork) -> int:
        firm = job_world.add_firm(uow, city.clock.now())
        return job_world.publish_new(uow, city.deployment, firm)[1].chosen

    return city.run(publish)


@pytest.mark.parametrize("words", ["T", "t", "TD", "退", "退订", "回T", "退订。"])
def test_a_letter_by_text_message_is_enough(sms_city: SmsCity, words: str) -> None:
    worker = registered(sms_city.person("a page"))
    sms_city.sms_address_of(worker)
    phone = sms_city.phone()
    (answer,) = phone.writes(words)
    assert answer.startswith(DONE)
    assert phone.row().unsubscribed_at == sms_city.clock.now()


def test_a_stranger_who_wants_nothing_is_left_alone(sms_city: SmsCity) -> None:
    phone = sms_city.phone("13511112222")
    phone.writes("T")
    assert phone.row().unsubscribed_at is not None


def test_stopping_by_text_message_stops_pushes_on_every_channel(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    page = city.person("a page")
    page.says("你好")
    worker = registered(page)
    city.sms_address_of(worker)
    queue_push(city, page, worker)
    city.phone().writes("T")
    assert page.row().unsubscribed_at == city.clock.now()
    assert published_to(city) == 0
    (waiting,) = city.run(lambda uow: uow.session.query(Delivery).filter_by(dedupe_key="p:1").all())
    assert (waiting.status, waiting.reason) == (DeliveryStatus.SKIPPED, "unsubscribed")


def test_stopping_on_a_page_stops_text_messages_whose_address_comes_later(
    sms_city: SmsCity,
) -> None:
    page = sms_city.person("a page")
    worker = registered(page)
    page.says("退订")
    assert sms_city.sms_address_of(worker).unsubscribed_at == sms_city.clock.now()
    assert published_to(sms_city) == 0


def test_the_daughter_still_hears_of_work_on_her_own_phone(sms_city: SmsCity) -> None:
    city = sms_city
    daughters = city.person("the daughter's page")
    daughters.says("你好")
    registered(daughters, ProfileDraft(name="陈小芳", trades=("缝纫工",), home="510623101"))
    mother = registered(daughters, relation="family")
    city.sms_address_of(mother)
    city.phone().writes("T")
    assert daughters.row().unsubscribed_at is None
    assert published_to(city) == 1


def test_taking_it_back_anywhere_takes_it_back_everywhere(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    page = city.person("a page")
    page.says("你好")
    city.sms_address_of(registered(page))
    phone = city.phone()
    phone.writes("T")
    page.says("我的信息")
    assert "新活不发了。" in page.heard
    page.says("接着发")
    assert phone.row().unsubscribed_at is None
    assert page.row().unsubscribed_at is None
    assert published_to(city) == 1


def test_a_pause_does_not_end_what_was_stopped_for_good(sms_city: SmsCity) -> None:
    page = sms_city.person("a page")
    page.says("你好")
    registered(page)
    page.says("退订")
    page.says("暂停")
    page.says("1")
    sms_city.clock.advance(timedelta(days=8))
    assert published_to(sms_city) == 0


def test_two_people_who_gave_one_number_share_its_address(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    first = registered(city.person("one"))
    second = registered(city.person("two"), ProfileDraft(name="李大山", phone="13900001234"))
    address = city.sms_address_of(first)
    assert city.sms_address_of(second).id == address.id
    people = city.run(lambda uow: uow.addresses.workers_at(address.id))
    assert {one.name for one in people} == {"陈桂芳", "李大山"}


def test_an_old_number_is_left(sms_city_on_both: SmsCity) -> None:
    city = sms_city_on_both
    worker = registered(city.person("one"))
    old = city.sms_address_of(worker)
    city.run(lambda uow: setattr(uow.workers.need(worker.id), "phone", "13511112222"))
    new = city.sms_address_of(worker)
    assert (new.address, new.id != old.id) == ("13511112222", True)
    assert city.run(lambda uow: uow.addresses.workers_at(old.id)) == []


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("13900001234", "13900001234"),
        ("139-0000-1234", "13900001234"),
        ("0838-2500000", None),
        ("", None),
        (None, None),
        ("12345", None),
    ],
)
def test_only_a_mobile_number_gets_text_messages(phone: str | None, number: str | None) -> None:
    assert mobile_of(phone) == number
