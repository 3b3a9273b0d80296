"""The roll by tap, who completed, what stands in the profile then, and the figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storage.states import WorkerStatus
from storage.training_states import CourseStatus, EnrolmentStatus
from tests.chat import City, Person
from tests.officer_world import add_firm, audited
from tests.training_world import (
    ELECTRICIANS,
    add_electrician,
    course_of,
    go_to,
    learner,
    open_one,
    put_in_register,
    status_of,
    worker_of,
)

FIRST_DAY, LAST_DAY = date(2026, 12, 7), date(2026, 12, 11)


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


def take(person: Person) -> None:
    person.says("我想学电工")
    person.taps("要学")
    person.says("1")


def test_a_tap_says_came_and_another_takes_it_back(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    person, key = learner(city, "陈桂芳")
    take(person)
    go_to(city, FIRST_DAY, 10)
    assert officer.listens() == ["K-0001 电工培训班今天上课，记得点名。"]
    officer.taps("点名")
    assert officer.buttons() == ["○ 陈桂芳", "没点的都来了", "点完了"]
    officer.taps("陈桂芳")
    assert officer.buttons()[0] == "✓ 陈桂芳"
    assert status_of(city, course, key) is EnrolmentStatus.ATTENDED
    assert worker_of(city, key).status is WorkerStatus.TRAINING
    officer.taps("陈桂芳")
    assert officer.buttons()[0] == "✗ 陈桂芳（来过0天）"
    assert status_of(city, course, key) is EnrolmentStatus.ENROLLED
    assert worker_of(city, key).status is WorkerStatus.REGISTERED
    assert audited(city, "view_course_roll") >= 1


def test_everybody_stands_on_one_screen_and_can_be_marked_at_once(
    city: City, officer: Person
) -> None:
    course = open_one(city, officer)
    for name in ("甲甲", "乙乙"):
        take(learner(city, name)[0])
        city.clock.advance(date.resolution)  # a day apart, so the order is theirs
    go_to(city, date(2026, 12, 8), 10)
    officer.presses(f"a:roll:{course.hex}")
    officer.says("1 2")
    assert officer.buttons()[:2] == ["✓ 甲甲", "✓ 乙乙"]
    officer.taps("前一天")
    assert officer.buttons()[:2] == ["○ 甲甲", "○ 乙乙"]
    officer.says("都来了")
    assert [label[:1] for label in officer.buttons()[:2]] == ["✓", "✓"]


def test_the_roll_of_a_course_that_has_not_begun_is_not_taken(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    assert officer.presses(f"a:roll:{course.hex}") == ["还没开课（7号开），开了再点名。"]


def test_a_completed_course_stands_in_the_profile_and_opens_vacancies(
    city: City, officer: Person
) -> None:
    add_electrician(city, "低压电工证")
    course = open_one(city, officer)
    person, key = learner(city, "陈桂芳")
    take(person)
    go_to(city, FIRST_DAY, 10)
    officer.presses(f"a:roll:{course.hex}")
    officer.taps("陈桂芳")
    go_to(city, date(2026, 12, 12), 10)
    assert course_of(city, course).status is CourseStatus.DONE
    assert worker_of(city, key).status is WorkerStatus.REGISTERED
    person.listens()
    officer.listens()
    officer.presses(f"a:graduates:{course.hex}")
    officer.taps("都学完了")
    said = officer.taps("低压电工证")
    assert said == ["K-0001结业：1人学完，手艺记上了，1人多了活可以去。"]
    worker = worker_of(city, key)
    assert worker.trades == ["电工", "缝纫工"]
    assert worker.certificates == ["低压电工证"]
    assert status_of(city, course, key) is EnrolmentStatus.COMPLETED
    (told,) = person.listens()
    assert told.startswith("恭喜，电工培训班学完了，多1个活可以去，头一个：")
    assert "维修电工" in told
    assert person.buttons()[:2] == ["报名", "不合适"]
    assert any("维修电工" in line for line in person.says("找活"))


def test_without_a_paper_the_trade_alone_is_kept(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    person, key = learner(city, "陈桂芳")
    take(person)
    go_to(city, FIRST_DAY, 10)
    officer.presses(f"a:roll:{course.hex}")
    officer.taps("陈桂芳")
    officer.presses(f"a:graduates:{course.hex}")
    officer.taps("陈桂芳")
    officer.taps("没证")
    officer.taps("真的结业")
    assert worker_of(city, key).certificates == []
    assert worker_of(city, key).trades == ["电工", "缝纫工"]


def test_persons_and_person_times_are_counted_apart(city: City, officer: Person) -> None:
    first = open_one(city, officer)
    later = replace(
        ELECTRICIANS, title="焊工班", starts_on=date(2026, 12, 14), ends_on=date(2026, 12, 15)
    )
    second = open_one(city, officer, later)
    person, _key = learner(city, "陈桂芳")
    other, _other = learner(city, "王小明")
    for who in (person, other):
        who.presses(f"a:course_take:{first.hex}")
    person.presses(f"a:course_take:{second.hex}")
    for day, course in ((FIRST_DAY, first), (date(2026, 12, 14), second)):
        go_to(city, day, 10)
        officer.presses(f"a:roll:{course.hex}")
        officer.says("都来了")
    (report,) = officer.says("/training_report 2026")
    assert "开了2个班" in report
    assert "2人，3人次" in report
    (march,) = officer.says("/培训统计 3月")
    assert "0人，0人次" in march


def test_why_people_would_rather_not_is_pooled(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    for name, reason in (("甲", "太远"), ("乙", "太远"), ("丙", "没时间")):
        person, _key = learner(city, name)
        person.presses(f"a:course_refuse:{course.hex}")
        person.says(reason)
    (report,) = officer.says("/training_report")
    assert "说不去的：没时间1、太远2" in report


def test_who_is_promised_a_course_and_has_none_is_listed_with_the_reason(
    city: City, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.training.guarantee.CHONGQING", "51")
    poor, poor_key = learner(city, "陈桂芳")
    put_in_register(city, poor_key, "建档立卡", sex="女")
    richer, _richer_key = learner(city, "王小明")
    for person in (poor, richer):
        person.says("我想学电工")
        person.taps("要")
    (unmet,) = officer.says("/应训尽训")
    assert "1人" in unmet
    assert "陈*芳，想学电工：没有合适的免费班" in unmet
    open_one(city, officer)
    assert "有班还没报上" in officer.says("/unmet")[0]
    take(poor)
    assert "0人" in officer.says("/unmet")[0]


def test_a_school_calls_the_roll_with_short_names_unless_allowed(
    city: City, officer: Person
) -> None:
    boss = city.person("校长")
    firm_id = add_firm(city, name="众信职业培训学校", speaker=boss)
    course = open_one(city, officer)
    city.run(lambda uow: setattr(uow.courses.need(course), "enterprise_id", firm_id))
    for name, answer in (("陈桂芳", "不给"), ("王小明", "给")):
        person, _key = learner(city, name)
        person.says("我想学电工")
        person.taps("要学")
        person.says(answer)
        city.clock.advance(date.resolution)
    go_to(city, FIRST_DAY, 10)
    boss.presses(f"a:roll:{course.hex}")
    assert boss.buttons()[:2] == ["○ 陈*芳", "○ 王小明"]
    boss.taps("王小明")
    assert boss.buttons()[1] == "✓ 王小明"
