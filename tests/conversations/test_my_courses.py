"""A seat once it is there: reminders, the list of one's own, giving it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.services.people.workers import ProfileDraft
from storage.training_states import EnrolmentStatus
from tests.chat import City, Person
from tests.training_world import (
    ELECTRICIANS,
    enrolment_of,
    go_to,
    learner,
    open_one,
    seated,
    status_of,
)
from tests.worker_world import registered

LINE = "电工培训班 | 12月7日到11日 | 南华镇职教中心，同镇 | 有生活费 | 不收钱"


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


def take(person: Person) -> list[str]:
    person.says("我想学电工")
    return person.taps("要学")


def test_a_full_course_tells_the_place_in_line_and_later_the_seat(
    city: City, officer: Person
) -> None:
    course = open_one(city, officer, replace(ELECTRICIANS, seats=1))
    first, _key = learner(city, "甲")
    second, key = learner(city, "乙")
    take(first)
    assert take(second) == ["电工培训班满了，你排第1个。有位子马上告诉你。"]
    first.says("我报的班")
    first.taps("去不了")
    assert first.taps("带孩子") == ["好，位子给别人了，不怪你。想学随时说。"]
    assert second.listens() == [
        "位子给你留好了：电工培训班，12月7日起，南华镇职教中心，同镇。那天咋个去？"
    ]
    assert second.buttons() == ["坐车", "自己骑车走路", "跟别人一起", "去不了"]
    second.taps("跟别人一起")
    assert enrolment_of(city, course, key).plan == "with"


def test_two_people_on_one_phone_each_have_a_seat_of_their_own(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    phone, mother = learner(city, "陈桂芳")
    son = registered(
        phone, ProfileDraft(name="王小明", home="510623101", birth_year=2000), relation="family"
    )

    for name, key in (("陈*芳", mother), ("王*明", son.id)):
        phone.says("我想学电工")
        assert phone.taps("要学") == ["这次是给谁报名？"]
        assert seated(city, course) == (0 if key == mother else 1)
        phone.taps(name)
        assert status_of(city, course, key) is EnrolmentStatus.ENROLLED
        city.clock.advance(timedelta(hours=3))  # another conversation
    go_to(city, date(2026, 12, 6), 10)
    heard = phone.listens()
    assert sorted(line.partition("：")[0] for line in heard) == ["王小明", "陈桂芳"]


def test_the_day_before_brings_place_hour_and_plan(city: City, officer: Person) -> None:
    open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    take(person)
    person.says("1")
    go_to(city, date(2026, 12, 5), 10)
    assert person.listens() == []
    go_to(city, date(2026, 12, 6), 7)
    assert person.listens() == []  # nobody is woken
    go_to(city, date(2026, 12, 6), 9)
    assert person.listens() == [
        "明天上课：电工培训班，上午9点到下午5点，南华镇职教中心，同镇。"
        "带身份证和笔。你说坐车去，早点出门。"
    ]
    city.pass_time(hours=1)
    assert person.listens() == []
    assert person.taps("我去") == ["要得，12月7日南华镇职教中心，同镇见。"]


def test_who_unsubscribed_is_not_reminded(city: City, officer: Person) -> None:
    open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    take(person)
    person.says("1")
    person.says("退订")
    go_to(city, date(2026, 12, 6), 10)
    assert person.listens() == []


def test_my_courses_are_listed_with_what_became_of_them(city: City, officer: Person) -> None:
    open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    assert person.says("我报的班") == ["还没报过班。想学啥直接说，比如“想学电工”。"]
    take(person)
    person.says("1")
    assert person.says("我报的班") == [f"{LINE}：位子留好了", "要办啥？"]


def test_staying_after_all_keeps_the_seat(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    person, key = learner(city, "陈桂芳")
    take(person)
    person.says("1")
    person.says("不学了")
    assert person.taps("还是去") == ["要得，位子还给你留着。"]
    assert status_of(city, course, key) is EnrolmentStatus.ENROLLED
