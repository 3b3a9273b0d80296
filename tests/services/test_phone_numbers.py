"""A number that changed, or that was called wrong: what was to be said there is said at last."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from bot.services.people import workers
from bot.services.phoning import phone_list
from storage.models import ContactAddress
from storage.states import CallStatus, CheckInStatus, DeliveryStatus
from storage.unit_of_work import UnitOfWork
from tests import phone_world as world
from tests.chat import City, Person

NEW_NUMBER = "13811112222"


def is_called_wrong(officer: Person) -> None:
    """Open the first card and say that the number is wrong."""
    officer.says("/phone")
    officer.taps("开始打")
    officer.taps("空号")
    officer.listens()


def changes_number(city: City, worker_id: UUID) -> None:
    """Let somebody give another number, as in the own profile."""

    def change(uow: UnitOfWork) -> None:
        row = uow.workers.need(worker_id)
        known = replace(workers.draft_of(row, {}), phone=NEW_NUMBER)
        workers.change(uow, city.deployment, row, known)

    city.run(change)


def test_at_a_new_number_everything_is_asked_again(city_on_both: City) -> None:
    city = city_on_both
    officer, worker = city.officer(), world.add_worker(city)
    row = world.is_asked(city, worker)
    world.is_told(city, worker)
    is_called_wrong(officer)
    officer.taps("有新号码了")
    officer.says(NEW_NUMBER)
    address = world.number_of(city, worker)
    tasks = world.tasks_of(city, worker)
    assert {(task.status, task.address_id) for task in tasks} == {(CallStatus.OPEN, address.id)}
    assert {one.status for one in world.deliveries_of(city, worker)} == {DeliveryStatus.QUEUED}
    officer.says("/phone")
    assert "还在宏达制衣不" in officer.taps("开始打")[-1]
    officer.taps("接了：在")
    assert world.check_in(city, row).status is CheckInStatus.SAME


def test_a_number_called_wrong_by_mistake_is_right_once_an_officer_names_it(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    world.is_asked(city, worker)
    is_called_wrong(officer)
    city.clock.advance(timedelta(minutes=11))
    officer.taps("有新号码了")
    officer.says(world.NUMBER)
    assert phone_list.may_be_phoned(world.number_of(city, worker))
    (task,) = world.tasks_of(city, worker)
    assert task.status is CallStatus.OPEN


def test_what_waited_too_long_is_not_asked_at_the_new_number(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    world.is_told(city, worker)
    is_called_wrong(officer)
    city.clock.advance(timedelta(days=8))
    officer.taps("有新号码了")
    officer.says(NEW_NUMBER)
    (task,) = world.tasks_of(city, worker)
    assert task.status is CallStatus.DONE


def test_open_calls_follow_a_worker_to_another_number(city_on_both: City) -> None:
    city = city_on_both
    city.officer()
    worker = world.add_worker(city)
    relative = world.add_worker(city, "李大勇")
    row = world.is_asked(city, worker)
    world.is_told(city, relative)
    old = world.number_of(city, worker)
    changes_number(city, worker)
    new = world.number_of(city, worker)
    assert new.id != old.id
    assert world.check_in(city, row).address_id == new.id
    assert [task.address_id for task in world.tasks_of(city, worker)] == [new.id]
    assert [task.address_id for task in world.tasks_of(city, relative)] == [old.id]
    here = city.run(lambda uow: [one.id for one in uow.addresses.workers_at(old.id)])
    assert here == [relative]


def test_who_only_holds_the_old_number_answers_no_question(city: City) -> None:
    city.officer()
    worker = world.add_worker(city)
    world.is_asked(city, worker)
    old = world.number_of(city, worker)
    changes_number(city, worker)
    world.number_of(city, worker)

    def read(uow: UnitOfWork) -> ContactAddress:
        return uow.addresses.need(old.id)

    assert city.run(read).step is None
