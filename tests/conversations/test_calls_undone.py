"""What a call had changed is put back when its outcome is taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.services.cases.cases import open_case
from bot.services.phoning.phone_days import add_urgent_cases
from storage.models import Case, PhoneTask, Promise
from storage.states import (
    CallStatus,
    CaseStatus,
    DeliveryStatus,
    Matter,
    WorkerStatus,
)
from storage.unit_of_work import UnitOfWork
from tests import phone_world as world
from tests.chat import City, Person

NAMES = ("陈桂芳", "李大勇")


def in_trouble(city: City, officer: Person) -> UUID:
    """Register somebody whose wages were not paid, and put the promised call on the list."""
    worker, key = world.add_worker(city), officer.as_officer().id

    def open_it(uow: UnitOfWork) -> None:
        row = uow.workers.need(worker)
        open_case(
            uow,
            city.deployment,
            address=world.phone_address(uow, city, row),
            worker=row,
            matters=[Matter.GRIEVANCE],
            words="工资没发",
            urgent=True,
        )
        uow.session.flush()
        add_urgent_cases(uow, city.deployment, uow.officers.need(key))

    city.run(open_it)
    return worker


def called(officer: Person, outcome: str) -> None:
    """Open the first card and tap what came of the call."""
    officer.says("/phone")
    officer.taps("开始打")
    officer.taps(outcome)


def cases(city: City) -> list[Case]:
    """Return every case, oldest first."""
    question = select(Case).order_by(Case.number)
    return city.run(lambda uow: list(uow.session.scalars(question)))


def promised(city: City) -> list[datetime]:
    """Return by when somebody is still to be called."""
    question = select(Promise.due_at).where(Promise.kept_at.is_(None))
    return city.run(lambda uow: list(uow.session.scalars(question)))


def states(tasks: list[PhoneTask]) -> set[tuple[CallStatus, str | None]]:
    """Return how calls stand."""
    return {(task.status, task.reason) for task in tasks}


@pytest.mark.parametrize("outcome", ["打通了", "没接"])
def test_the_call_of_a_case_and_its_promise_stand_again(city_on_both: City, outcome: str) -> None:
    city = city_on_both
    officer = city.officer()
    worker = in_trouble(city, officer)
    due = promised(city)
    called(officer, outcome)
    heard = officer.taps("点错了")
    assert "撤了" in "\n".join(heard)
    (task,) = world.tasks_of(city, worker)
    assert (task.status, task.attempts) == (CallStatus.OPEN, 0)
    (case,) = cases(city)
    assert (case.status, case.closed_at) == (CaseStatus.OPEN, None)
    assert promised(city) == due
    assert "第1个，共1个" in heard[-1]


def test_a_call_in_vain_taken_back_counts_as_no_attempt(city: City) -> None:
    officer = city.officer()
    in_trouble(city, officer)
    called(officer, "没接")
    officer.taps("点错了")
    (case,) = cases(city)
    events = city.run(lambda uow: [event.action for event in uow.cases.events(case.id)])
    assert "no_answer" not in events
    assert "call_undone" in events


def test_who_was_out_of_reach_by_a_slip_is_looked_for_as_before(city: City) -> None:
    officer, worker = city.officer(), world.add_worker(city)
    page = city.person("guifang")
    world.has_page(city, page, worker)
    for number in range(3):
        world.is_told(city, worker, words=f"招聘会{number}")
        world.is_written_to(city, page, worker)
        called(officer, "没接")
        if number < 2:
            city.pass_time(days=7)
    assert city.run(lambda uow: uow.workers.need(worker)).status is WorkerStatus.UNREACHABLE
    officer.taps("点错了")
    assert city.run(lambda uow: uow.workers.need(worker)).status is WorkerStatus.SEEKING
    (case,) = cases(city)
    assert case.status is CaseStatus.FALSE_ALARM
    assert promised(city) == []


@pytest.mark.parametrize("outcome", ["不想被打", "空号"])
def test_every_call_to_a_number_given_up_by_a_slip_stands_again(
    city_on_both: City, outcome: str
) -> None:
    city = city_on_both
    officer, worker = city.officer(), world.add_worker(city)
    relative = world.add_worker(city, "李大勇")
    world.is_asked(city, worker)
    world.is_told(city, worker)
    world.is_told(city, relative)
    planned = {task.id: task.planned_on for task in world.tasks_of(city, worker)}
    called(officer, outcome)
    assert (CallStatus.OPEN, None) not in states(world.tasks_of(city, relative))
    officer.taps("点错了")
    tasks = [*world.tasks_of(city, worker), *world.tasks_of(city, relative)]
    assert states(tasks) == {(CallStatus.OPEN, None)}
    assert {row.status for row in world.deliveries_of(city, worker)} == {DeliveryStatus.QUEUED}
    assert {task.id: task.planned_on for task in world.tasks_of(city, worker)} == planned
