"""Taps on the roll against a seat that was given back meanwhile."""

from __future__ import annotations

import threading
from datetime import date
from uuid import UUID

import pytest

from bot.errors import UserError
from bot.services.training import closing, course_changes, roll, seats
from storage.models import AuditEntry, Enrolment
from storage.training_states import CourseStatus, EnrolmentStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.officer_world import add_firm
from tests.training_world import go_to, learner, open_one, status_of

SECOND_DAY = date(2026, 12, 8)


def seat_of(uow: UnitOfWork, course: UUID, worker: UUID) -> Enrolment:
    found = uow.enrolments.find(course, worker)
    assert found is not None
    return found


def began(city: City) -> tuple[UUID, UUID]:
    """Return a course on its second day and somebody with a seat in it."""
    course = open_one(city, city.officer())
    _person, key = learner(city, "甲甲")
    city.run(lambda uow: seats.enrol(uow, city.deployment, course, uow.workers.need(key), None))
    go_to(city, SECOND_DAY)
    return course, key


def drop(city: City, course: UUID, key: UUID) -> None:
    city.run(
        lambda uow: seats.drop(uow, city.deployment, seat_of(uow, course, key), reason="no_time")
    )


def test_a_tap_on_somebody_who_gave_the_seat_back_changes_nothing(city_on_both: City) -> None:
    city = city_on_both
    course, key = began(city)

    def tap(uow: UnitOfWork) -> None:
        row = seat_of(uow, course, key)
        row.status = EnrolmentStatus.DROPPED
        roll.mark(uow, city.deployment, row, SECOND_DAY, present=True, officer=None)
        roll.toggle_completed(uow, city.deployment, row)
        assert uow.enrolments.days_present([row.id]) == {}

    city.run(tap)
    assert status_of(city, course, key) is EnrolmentStatus.DROPPED


def test_a_tap_beside_a_drop_never_brings_the_seat_back(city_on_both: City) -> None:
    city = city_on_both
    course, key = began(city)
    read, dropped = threading.Event(), threading.Event()

    def tap() -> None:
        def work(uow: UnitOfWork) -> None:
            row = seat_of(uow, course, key)
            read.set()
            dropped.wait(1)  # one writer at a time on SQLite: nothing may come between
            roll.mark(uow, city.deployment, row, SECOND_DAY, present=True, officer=None)

        city.run(work)

    thread = threading.Thread(target=tap)
    thread.start()
    read.wait(5)
    drop(city, course, key)
    dropped.set()
    thread.join()
    assert status_of(city, course, key) is EnrolmentStatus.DROPPED


def test_a_closed_course_takes_no_more_ticks_and_is_not_closed_twice(city_on_both: City) -> None:
    city = city_on_both
    course, key = began(city)

    def close(uow: UnitOfWork) -> None:
        row = seat_of(uow, course, key)
        roll.mark(uow, city.deployment, row, SECOND_DAY, present=True, officer=None)
        roll.toggle_completed(uow, city.deployment, row)
        held = uow.courses.need(course)
        with pytest.raises(UserError):
            closing.finish(uow, city.deployment, held, certified=False)
        assert held.status is CourseStatus.RUNNING
        closing.finish(uow, city.deployment, held, certified=False, early=True)
        with pytest.raises(UserError):
            closing.finish(uow, city.deployment, held, certified=True, early=True)
        with pytest.raises(UserError):
            roll.toggle_completed(uow, city.deployment, row)
        assert row.certified_on is None

    city.run(close)
    assert status_of(city, course, key) is EnrolmentStatus.COMPLETED


def test_a_course_of_another_bureau_gives_no_seat(city: City) -> None:
    course = open_one(city, city.officer())
    _person, key = learner(city, "甲甲")
    city.run(lambda uow: setattr(uow.courses.need(course), "bureau_adcode", "500240"))
    with pytest.raises(UserError):
        city.run(lambda uow: seats.enrol(uow, city.deployment, course, uow.workers.need(key), None))


def test_a_school_that_calls_its_course_off_stands_in_the_audit_by_its_key(city: City) -> None:
    course = open_one(city, city.officer())
    firm = add_firm(city, name="众信职业培训学校")

    def cancel(uow: UnitOfWork) -> list[str]:
        held = uow.courses.need(course)
        held.enterprise_id = firm
        course_changes.cancel(uow, city.deployment, held, None)
        rows = uow.session.query(AuditEntry).filter(AuditEntry.action == "cancel_course")
        return [row.actor for row in rows]

    assert city.run(cancel) == [f"enterprise:{firm.hex}"]
