"""One row that cannot be dealt with keeps none of the others back."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from bot.services import promises
from storage.models import CheckIn, Promise
from storage.states import CheckInStatus, Matter
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.follow_up_world import check_ins_of, next_morning, works
from tests.officer_world import add_worker, open_case


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


def breaks_addresses(city: City, person: Person) -> None:
    """Take away the person's officer-readable language: every text for this address fails."""
    address_id = person.row().id

    def spoil(uow: UnitOfWork) -> None:
        uow.addresses.need(address_id).language = "xx"

    city.run(spoil)


def test_a_silent_check_in_that_fails_keeps_no_other_back(
    city: City, officer: Person, log_lines: io.StringIO
) -> None:
    first, second = city.person("first"), city.person("second")
    spells = [works(city, first), works(city, second, at_firm=False)]
    next_morning(city, 3)
    bad = check_ins_of(city, spells[0])[3]

    def no_kind_of_time(uow: UnitOfWork) -> None:
        row = uow.check_ins.need(bad.id)
        row.attempt, row.sent_at = 2, city.clock.now() - timedelta(hours=1)
        uow.officers.need(officer.as_officer().id).retired_at = city.clock.now()

    city.run(no_kind_of_time)
    city.pass_time(hours=73)
    assert check_ins_of(city, spells[0])[3].status is CheckInStatus.SENT
    again = check_ins_of(city, spells[1])[3]
    assert (again.status, again.attempt) != (CheckInStatus.SENT, 1)
    assert f"check_in={bad.id.hex!r}" in log_lines.getvalue()


def test_a_promise_that_cannot_be_escalated_keeps_no_other_back(
    city: City, officer: Person, log_lines: io.StringIO
) -> None:
    good = city.person("good")
    add_worker(city, good)
    case_id = open_case(city, good, Matter.QUESTION)
    officer.listens()

    def add_bad(uow: UnitOfWork) -> None:
        vacancy_less = Promise(
            what="x" * 24,
            subject_id=case_id,
            scope="5106",
            due_at=city.clock.now() - timedelta(days=9),
            made_at=city.clock.now() - timedelta(days=9),
        )
        uow.promises.add(vacancy_less)
        uow.session.flush()

    city.run(add_bad)
    city.clock.advance(timedelta(days=1))
    count = city.run(lambda uow: promises.escalate_overdue(uow, city.deployment))
    assert count == 2
    assert CheckIn is not None
    assert log_lines is not None
