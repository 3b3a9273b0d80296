"""One row that cannot be dealt with keeps none of the others back."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import UUID

import pytest

from bot.services.cases import hand_over, promises
from storage.states import CheckInStatus, Matter
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.follow_up_world import check_ins_of, next_morning, worker_of, works
from tests.officer_world import add_worker, open_case

NO_LANGUAGE = "xx"


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer(scope="5106")


def retires(city: City, officer_id: UUID) -> None:
    def retire(uow: UnitOfWork) -> None:
        uow.officers.need(officer_id).retired_at = city.clock.now()

    city.run(retire)


def reads_nothing(city: City, person: Person) -> None:
    """Give an address a language without texts: every message to it fails."""
    address_id = person.row().id

    def spoil(uow: UnitOfWork) -> None:
        uow.addresses.need(address_id).language = NO_LANGUAGE

    city.run(spoil)


def test_a_silent_check_in_that_fails_keeps_no_other_back(
    city: City, officer: Person, log_lines: io.StringIO
) -> None:
    first, second = city.person("first"), city.person("second")
    spells = [works(city, first), works(city, second, at_firm=False)]
    next_morning(city, 3)
    bad = check_ins_of(city, spells[0])[3].id
    # The first is silent for the second time, and nobody is left who could be told.
    retires(city, officer.as_officer().id)

    def asked_twice(uow: UnitOfWork) -> None:
        uow.check_ins.need(bad).attempt = 2

    city.run(asked_twice)
    city.pass_time(hours=73)
    assert check_ins_of(city, spells[0])[3].status is CheckInStatus.SENT
    assert check_ins_of(city, spells[1])[3].status is CheckInStatus.SCHEDULED
    assert bad.hex in log_lines.getvalue()
    worker = worker_of(city, first)
    assert worker is not None
    assert (worker.name or "陈") not in log_lines.getvalue()


def test_a_promise_that_cannot_be_escalated_keeps_no_other_back(
    city: City, officer: Person, log_lines: io.StringIO
) -> None:
    broken = city.officer("吴丽", scope="510681")
    first, second = city.person("first"), city.person("second")
    add_worker(city, first, home="510681")
    add_worker(city, second)
    case_ids = [open_case(city, person, Matter.QUESTION) for person in (first, second)]
    reads_nothing(city, officer)
    reads_nothing(city, broken)
    whole = city.officer("赵刚", scope="51")
    city.clock.advance(timedelta(days=1))
    count = city.run(lambda uow: promises.escalate_overdue(uow, city.deployment))
    assert count == 1
    assert any("C-0002" in line for line in whole.listens())
    assert case_ids[0].hex in log_lines.getvalue()


def test_a_talk_that_cannot_be_ended_keeps_no_other_back(
    city: City, officer: Person, log_lines: io.StringIO
) -> None:
    other = city.officer("吴丽", scope="510681")
    people = [city.person("first"), city.person("second")]
    for person, home, speaker in zip(people, ("510623", "510681"), (officer, other), strict=True):
        add_worker(city, person, home=home)
        case_id = open_case(city, person, Matter.QUESTION)
        speaker.presses(f"a:talk:{case_id.hex}")
    reads_nothing(city, people[0])
    city.clock.advance(hand_over.SILENCE)
    assert city.run(lambda uow: hand_over.end_silent(uow, city.deployment)) == 1
    assert hand_over.is_in_hand_over(people[0].row())
    assert not hand_over.is_in_hand_over(people[1].row())
    assert people[0].row().id.hex in log_lines.getvalue()
