from __future__ import annotations

import uuid

from sqlalchemy import select

from storage.models import Delivery, PhoneTask
from storage.states import CheckInStatus, DeliveryStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.follow_up_world import check_ins_of, next_morning, works
from tests.worker_world import registered


def tasks(city: City) -> list[PhoneTask]:
    return city.run(lambda uow: list(uow.session.scalars(select(PhoneTask))))


def questions(city: City, check_in_id: uuid.UUID) -> dict[str, list[DeliveryStatus]]:
    """Return the states of the messages about a check-in, by channel."""

    def read(uow: UnitOfWork) -> dict[str, list[DeliveryStatus]]:
        found: dict[str, list[DeliveryStatus]] = {}
        for row in uow.session.scalars(
            select(Delivery).where(Delivery.subject_id == check_in_id).order_by(Delivery.seq)
        ):
            channel = uow.accounts.need(row.account_id).channel
            found.setdefault(channel, []).append(row.status)
        return found

    return city.run(read)


def test_a_check_in_of_a_closed_page_is_asked_there_and_on_the_telephone(
    city_on_both: City,
) -> None:
    city = city_on_both
    city.officer(scope="5106")
    guifang = city.person("guifang")
    spell = works(city, guifang)
    next_morning(city, 3)
    row = check_ins_of(city, spell)[3]
    assert row.status is CheckInStatus.SENT
    assert row.address_id == guifang.row().id
    (task,) = tasks(city)
    assert (task.kind, task.subject_id) == ("check_in", row.id)
    asked = questions(city, row.id)
    assert asked["phone"][-1] is DeliveryStatus.QUEUED
    assert asked["web"][-1] is DeliveryStatus.ACCEPTED


def test_somebody_with_an_open_page_is_not_phoned(city: City) -> None:
    city.officer(scope="5106")
    guifang = city.person("guifang")
    spell = works(city, guifang)
    next_morning(city, 2)
    guifang.says("你好")
    next_morning(city)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SENT
    assert tasks(city) == []


def test_a_worker_without_a_page_is_asked_on_the_telephone_and_is_not_silent_before(
    city_on_both: City,
) -> None:
    city = city_on_both
    city.officer(scope="5106")
    guifang = city.person("guifang")
    spell = works(city, guifang)
    page = guifang.row().id
    city.run(lambda uow: uow.workers.unlink(spell.worker_id, page))
    next_morning(city, 3)
    row = check_ins_of(city, spell)[3]
    assert [task.subject_id for task in tasks(city)] == [row.id]
    assert list(questions(city, row.id)) == ["phone"]
    city.pass_time(hours=80)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SENT


def test_who_refuses_our_messages_and_has_a_number_is_phoned(city_on_both: City) -> None:
    city = city_on_both
    city.officer(scope="5106")
    guifang = city.person("guifang")
    spell = works(city, guifang)
    page, now = guifang.row().id, city.clock.now()
    city.run(lambda uow: setattr(uow.addresses.need(page), "unreachable_since", now))
    next_morning(city, 3)
    row = check_ins_of(city, spell)[3]
    assert (row.status, list(questions(city, row.id))) == (CheckInStatus.SENT, ["phone"])


def test_who_unsubscribed_is_neither_written_to_nor_phoned(city: City) -> None:
    city.officer(scope="5106")
    guifang = city.person("guifang")
    registered(guifang)
    spell = works(city, guifang)
    guifang.says("退订")
    next_morning(city, 3)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SKIPPED
    assert tasks(city) == []
