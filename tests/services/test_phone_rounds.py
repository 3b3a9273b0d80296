"""Lists of many calls: what is read for them, what overtakes them, who is not phoned at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, update

from bot.services.people.unsubscribing import FOR_GOOD
from bot.services.phoning import phone_days, phone_list
from storage.models import PhoneTask
from storage.states import CallOutcome, CallStatus, DeliveryStatus, Matter
from storage.unit_of_work import UnitOfWork
from tests import phone_world as world
from tests.chat import City, Person
from tests.officer_world import open_case


@contextmanager
def counted(city: City) -> Iterator[list[str]]:
    """Gather the statements that reach the database."""
    said: list[str] = []

    def note(*parts: object) -> None:
        said.append(str(parts[2]))

    event.listen(city.database.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(city.database.engine, "before_cursor_execute", note)


def many(city: City, count: int, *, start: int = 0) -> list[UUID]:
    """Put calls to many people on the list."""
    keys = []
    for number in range(start, start + count):
        key = world.add_worker(city, phone=f"139{number:08d}")
        world.is_told(city, key, words=f"招聘会{number}")
        keys.append(key)
    return keys


def statements_of_a_list(city: City, officer: Person) -> int:
    """Return how many statements one look at the list takes."""
    key = officer.as_officer().id
    with counted(city) as said:
        city.run(lambda uow: phone_list.day_list(uow, city.deployment, uow.officers.need(key)))
    return len([one for one in said if one.startswith("SELECT")])


def rolled_over(city: City, officer: Person) -> int:
    """Bring the list up to the day."""
    key = officer.as_officer().id
    return city.run(lambda uow: phone_days.roll_over(uow, city.deployment, uow.officers.need(key)))


def stops(city: City, worker_id: UUID) -> None:
    """Let somebody have said 退订."""

    def stop(uow: UnitOfWork) -> None:
        uow.workers.need(worker_id).paused_until = FOR_GOOD

    city.run(stop)


def test_a_long_list_takes_no_more_statements_than_a_short_one(city: City) -> None:
    officer = city.officer()
    many(city, 3)
    short = statements_of_a_list(city, officer)
    many(city, 60, start=3)
    assert statements_of_a_list(city, officer) == short


def test_a_list_is_full_however_many_before_it_fell_off(city: City) -> None:
    officer = city.officer()
    gone = many(city, 45)
    for key in gone:
        stops(city, key)
    kept = many(city, 25, start=45)
    key = officer.as_officer().id
    days = city.run(lambda uow: phone_list.day_list(uow, city.deployment, uow.officers.need(key)))
    assert {task.worker_id for task in days.tasks} <= set(kept)
    assert len(days.tasks) == 20


def test_the_morning_message_is_not_reckoned_twice(city: City) -> None:
    officer = city.officer()
    many(city, 2)
    key = officer.as_officer().id

    def tell(uow: UnitOfWork) -> bool:
        return phone_days.tell(uow, city.deployment, uow.officers.need(key))

    assert city.run(tell)
    with counted(city) as said:
        assert not city.run(tell)
    assert not any("FROM phone_task" in one for one in said)


@pytest.mark.parametrize("is_planned_later", [False, True])
def test_a_call_whose_message_was_skipped_is_let_go(city: City, is_planned_later: bool) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    if is_planned_later:
        city.clock.advance(timedelta(days=5))
    world.is_told(city, worker)
    (delivery,) = world.deliveries_of(city, worker)

    def skip(uow: UnitOfWork) -> None:
        row = uow.deliveries.need(delivery.id)
        row.status, row.reason = DeliveryStatus.SKIPPED, "attention"

    city.run(skip)
    assert rolled_over(city, officer) == 1
    (task,) = world.tasks_of(city, worker)
    assert (task.status, task.reason) == (CallStatus.LET_GO, "attention")


def test_a_question_that_went_on_to_a_page_is_not_asked_on_the_phone(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    row = world.is_asked(city, worker)
    page = city.person("guifang")
    world.has_page(city, page, worker)
    elsewhere = page.row().id

    def move(uow: UnitOfWork) -> None:
        uow.check_ins.need(row.id).address_id = elsewhere

    city.run(move)
    assert rolled_over(city, officer) == 1
    (task,) = world.tasks_of(city, worker)
    assert (task.status, task.reason) == (CallStatus.LET_GO, "went_on")
    (delivery,) = world.deliveries_of(city, worker)
    assert delivery.status is DeliveryStatus.SKIPPED


def test_an_outcome_written_down_at_the_same_instant_is_not_overwritten(
    city_on_both: City,
) -> None:
    city = city_on_both
    city.officer()
    worker = world.add_worker(city)
    world.is_told(city, worker)

    def both(uow: UnitOfWork) -> bool:
        (task,) = uow.phone_tasks.open_of_worker(worker)
        done = {"status": CallStatus.DONE, "outcome": CallOutcome.TOLD}
        uow.session.execute(
            update(PhoneTask)
            .where(PhoneTask.id == task.id)
            .values(done)
            .execution_options(synchronize_session=False)
        )
        return phone_list.let_go(uow, city.deployment, task, reason="not_phoned")

    assert not city.run(both)
    (task,) = world.tasks_of(city, worker)
    assert (task.status, task.outcome) == (CallStatus.DONE, CallOutcome.TOLD)
    (delivery,) = world.deliveries_of(city, worker)
    assert delivery.status is DeliveryStatus.QUEUED


def test_who_stopped_all_messages_is_phoned_about_a_case_and_nothing_else(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    page = city.person("hurt")
    world.has_page(city, page, worker)
    world.is_told(city, worker)
    open_case(city, page, Matter.GRIEVANCE)
    stops(city, worker)
    assert world.is_told(city, worker, words="还有一句话") is None
    city.tick()
    tasks = {task.kind: (task.status, task.reason) for task in world.tasks_of(city, worker)}
    assert tasks == {
        "case": (CallStatus.OPEN, None),
        "broadcast": (CallStatus.LET_GO, "unsubscribed"),
    }
    assert "急事" in "\n".join(officer.says("/phone"))
