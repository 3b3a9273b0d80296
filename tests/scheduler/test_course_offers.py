"""Who is offered a course: once, where it fits, by day, within the attention budget."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.states import WorkerStatus
from tests.chat import City, Person
from tests.training_world import ELECTRICIANS, add_electrician, go_to, learner, open_one

LINE = "电工培训班 | 12月7日到11日 | 南华镇职教中心，同镇 | 有生活费 | 不收钱"


@pytest.fixture
def officer(city_on_both: City) -> Person:
    """A town in which electricians are sought."""

    for _ in range(2):
        add_electrician(city_on_both)
    return city_on_both.officer()


def test_whose_search_lacks_the_trade_is_offered_the_course_once(
    city_on_both: City, officer: Person
) -> None:
    city = city_on_both
    person, _key = learner(city, "陈桂芳")
    open_one(city, officer)
    city.pass_time(hours=1)
    assert person.listens() == [f"有个班合适你：{LINE}\n学会了多2个活可以去。"]
    city.pass_time(days=2)
    assert person.listens() == []


def test_nobody_is_offered_a_course_at_night(city_on_both: City, officer: Person) -> None:
    city = city_on_both
    person, _key = learner(city, "陈桂芳")
    open_one(city, officer)
    go_to(city, date(2026, 11, 23), 22)
    assert person.listens() == []
    go_to(city, date(2026, 11, 24), 9)
    assert len(person.listens()) == 1


def test_who_knows_the_trade_lives_elsewhere_or_works_is_left_alone(
    city_on_both: City, officer: Person
) -> None:
    city = city_on_both
    skilled, _one = learner(city, "会电工的", trades=("电工",))
    far, _two = learner(city, "广汉的", home="510681")
    busy, key = learner(city, "在上班的")
    city.run(lambda uow: setattr(uow.workers.need(key), "status", WorkerStatus.EMPLOYED))
    open_one(city, officer)
    city.pass_time(hours=1)
    assert [person.listens() for person in (skilled, far, busy)] == [[], [], []]


def test_after_a_no_nobody_is_offered_another_for_30_days(
    city_on_both: City, officer: Person
) -> None:
    city = city_on_both
    person, _key = learner(city, "陈桂芳")
    open_one(city, officer)
    city.pass_time(hours=1)
    person.listens()
    person.taps("不去")
    person.says("没时间")
    start = date(2027, 1, 25)
    later = replace(ELECTRICIANS, title="电工二班", starts_on=start, ends_on=start)
    open_one(city, officer, later)
    go_to(city, date(2026, 12, 22), 10)
    assert "电工二班" not in "".join(person.listens())
    go_to(city, date(2026, 12, 23), 10)
    assert "电工二班" in "".join(person.listens())


def test_who_unsubscribed_hears_of_no_course(city_on_both: City, officer: Person) -> None:
    city = city_on_both
    person, _key = learner(city, "陈桂芳")
    person.says("退订")
    open_one(city, officer)
    city.pass_time(hours=1)
    assert person.listens() == []


def test_an_offer_takes_of_the_attention_of_the_day(city_on_both: City, officer: Person) -> None:
    city = city_on_both
    person, _key = learner(city, "陈桂芳")
    open_one(city, officer)
    open_one(city, officer, replace(ELECTRICIANS, title="电工二班"))
    city.pass_time(hours=1)
    assert len(person.listens()) == city.deployment.limits.pushes_a_day
    city.pass_time(hours=1)
    assert person.listens() == []


def test_no_more_are_told_than_three_for_each_seat(city_on_both: City, officer: Person) -> None:
    city = city_on_both
    people = [learner(city, f"人{number}")[0] for number in range(5)]
    open_one(city, officer, replace(ELECTRICIANS, seats=1))
    city.pass_time(hours=1)
    assert sum(len(person.listens()) for person in people) == 3


def test_a_course_that_is_called_off_takes_its_waiting_offers_back(
    city_on_both: City, officer: Person
) -> None:
    city = city_on_both
    person, key = learner(city, "陈桂芳")
    course = open_one(city, officer)
    city.pass_time(hours=1)
    person.listens()
    officer.presses(f"a:course:{course.hex}")
    officer.taps("取消这个班")
    officer.taps("取消")
    assert person.taps("要学") == ["这个班不招人了。想学别的直接说。"]
    assert city.run(lambda uow: uow.enrolments.find(course, key)) is None


def test_seats_are_given_when_their_moment_comes(city_on_both: City, officer: Person) -> None:
    city = city_on_both
    course = open_one(city, officer, first_come=False)
    person, _key = learner(city, "陈桂芳")
    person.presses(f"a:course_take:{course.hex}")
    city.pass_time(days=1)
    assert city.run(lambda uow: uow.enrolments.seats_taken([course])) == {}
    city.clock.advance(timedelta(days=1))
    city.tick()
    assert city.run(lambda uow: uow.enrolments.seats_taken([course])) == {course: 1}
