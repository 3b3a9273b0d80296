"""Closing a course: asked once more before its last day, told once, taken back that day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from storage.states import WorkerStatus
from storage.training_states import CourseStatus, EnrolmentStatus
from tests.chat import City, Person
from tests.officer_world import audited
from tests.training_world import course_of, go_to, learner, open_one, status_of, worker_of

SECOND_DAY, AFTER = date(2026, 12, 8), date(2026, 12, 12)
COMPLETED, DROPPED = EnrolmentStatus.COMPLETED, EnrolmentStatus.DROPPED


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


def running(city: City, officer: Person) -> tuple[UUID, UUID, UUID]:
    """Return a course on its second day, one who came and is ticked, and one who only came."""
    course = open_one(city, officer)
    keys = []
    for name in ("甲甲", "乙乙"):
        person, key = learner(city, name)
        person.says("我想学电工")
        person.taps("要学")
        person.says("1")
        keys.append(key)
        city.clock.advance(date.resolution)
    go_to(city, SECOND_DAY, 10)
    officer.presses(f"a:roll:{course.hex}")
    officer.says("都来了")
    officer.presses(f"a:graduates:{course.hex}")
    officer.taps("甲甲")
    return course, keys[0], keys[1]


def test_before_the_last_day_it_is_asked_once_more_with_the_numbers(
    city: City, officer: Person
) -> None:
    course, first, second = running(city, officer)
    asked = officer.taps("没证")
    assert asked == ["电工培训班还没到最后一天。1人算学完，1人算没学完，真的结业？"]
    officer.taps("先不结业")
    assert course_of(city, course).status is CourseStatus.RUNNING
    officer.taps("没证")
    officer.taps("真的结业")
    assert course_of(city, course).status is CourseStatus.DONE
    assert [status_of(city, course, key) for key in (first, second)] == [COMPLETED, DROPPED]
    assert audited(city, "close_course") == 1


def test_a_closed_course_is_not_closed_again_from_an_old_message(
    city: City, officer: Person
) -> None:
    course, first, _second = running(city, officer)
    officer.taps("低压电工证")
    officer.taps("真的结业")
    assert officer.presses(f"a:graduates:{course.hex}") == ["K-0001已经结业了。"]
    assert officer.buttons() == ["结错了，改回来"]
    assert status_of(city, course, first) is COMPLETED


def test_a_closing_is_taken_back_on_its_day_with_all_it_wrote(city: City, officer: Person) -> None:
    course, first, second = running(city, officer)
    officer.taps("低压电工证")
    officer.taps("真的结业")
    assert worker_of(city, first).trades == ["电工", "缝纫工"]
    said = officer.taps("改回来")
    assert said[0].startswith("K-0001改回来了，位子都还在。")
    assert course_of(city, course).status is CourseStatus.RUNNING
    assert status_of(city, course, second) is EnrolmentStatus.ATTENDED
    assert worker_of(city, first).trades == ["缝纫工"]
    assert worker_of(city, first).certificates == []
    assert worker_of(city, second).status is WorkerStatus.TRAINING
    officer.taps("甲甲")
    assert status_of(city, course, first) is EnrolmentStatus.ATTENDED
    assert audited(city, "reopen_course") == 1


def test_a_closing_is_not_taken_back_on_another_day(city: City, officer: Person) -> None:
    course, first, _second = running(city, officer)
    officer.taps("没证")
    officer.taps("真的结业")
    go_to(city, AFTER, 10)
    said = officer.presses(f"a:course_reopen:{course.hex}")
    assert said == ["结业是前几天的事，改不回来了。"]
    assert status_of(city, course, first) is COMPLETED


def test_whoever_has_not_heard_yet_hears_once_after_a_second_closing(
    city: City, officer: Person
) -> None:
    course = open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    person.says("我想学电工")
    person.taps("要学")
    person.says("1")
    go_to(city, SECOND_DAY, 10)
    officer.presses(f"a:roll:{course.hex}")
    officer.says("都来了")
    person.listens()
    officer.presses(f"a:graduates:{course.hex}")
    officer.taps("陈桂芳")
    for _time in range(2):
        officer.taps("没证")
        officer.taps("真的结业")
        if _time == 0:
            officer.taps("改回来")
    assert [line[:2] for line in person.listens()] == ["恭喜"]
