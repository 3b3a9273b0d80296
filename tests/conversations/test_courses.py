"""A course by pasted text: corrected by a line, opened, changed, called off; schools and firms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storage.models import Course
from storage.training_states import CourseStatus, EnrolmentStatus
from tests.chat import City, Person
from tests.officer_world import add_firm
from tests.services.job_world import add_firm as firm_row
from tests.services.job_world import add_vacancy
from tests.training_world import ELECTRICIANS, POST, course_of, go_to, learner, open_one, status_of


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


def only_course(city: City) -> Course:
    (course,) = city.run(lambda uow: list(uow.session.query(Course)))
    return course


def take(person: Person) -> None:
    person.says("我想学电工")
    person.taps("要学")
    person.says("1")


def test_a_pasted_course_is_read_back_and_opened(city: City, officer: Person) -> None:
    officer.says("/courses")
    officer.taps("开新班")
    (shown,) = officer.says(POST)
    assert "名称：中江县电工培训班" in shown
    assert "日期：2026年12月7日到2026年12月11日" in shown
    assert "费用：有生活费、不收钱" in shown
    assert "还缺" not in shown
    assert officer.taps("开始招人") == [
        "K-0001开始招人。周三9点按先后和照顾对象排位子，之后先到先得。"
    ]
    assert only_course(city).status is CourseStatus.OPEN


def test_what_is_missing_is_named_and_filled_by_a_line(city: City, officer: Person) -> None:
    (shown,) = officer.says("/课程 " + POST.replace("招2人，", "").replace("12月7日开班，", ""))
    assert "还缺：开班日期、结束日期、名额" in shown
    assert officer.buttons() == ["不要了"]
    officer.says("12月7日到12月11日")
    (shown,) = officer.says("名额 2")
    assert "还缺" not in shown
    officer.taps("先存着")
    assert only_course(city).status is CourseStatus.DRAFT


def test_words_that_say_nothing_of_a_course_change_nothing(city: City, officer: Person) -> None:
    officer.says("/courses " + POST)
    heard = officer.says("今天天气不错")
    assert heard
    assert officer.row().step == "course_drafts.draft"


def test_the_same_course_is_not_made_twice(city: City, officer: Person) -> None:
    for _ in range(2):
        officer.says("/courses " + POST)
        heard = officer.taps("开始招人")
    assert heard[0] == "同名同日同地的班已经有了：K-0001。"
    only_course(city)


def test_days_the_wrong_way_round_are_refused(city: City, officer: Person) -> None:
    officer.says("/courses " + POST)
    officer.says("结束 12月1日")
    assert officer.taps("开始招人")[0] == "结束日期在开班日期前面，改一下。"


def test_a_course_whose_first_day_has_come_is_not_opened(city: City, officer: Person) -> None:
    officer.says("/courses " + POST)
    officer.says("11月23日到12月11日")
    assert officer.taps("开始招人")[0] == "K-0001的开班日期到了或过了，先改日期。"


def test_another_place_is_told_to_everybody_with_a_seat(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    take(person)
    officer.presses(f"a:course:{course.hex}")
    assert officer.says("地点 中江县职教中心二楼")[0] == "改了：地方、地点。通知了1人。"
    assert person.listens() == [
        "电工培训班改了：12月7日到11日，上午9点到下午5点，中江县职教中心二楼，同县。"
    ]
    assert person.buttons() == ["去不了"]


def test_another_first_day_moves_the_whole_course(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    officer.presses(f"a:course:{course.hex}")
    officer.says("开班 12月14日")
    row = course_of(city, course)
    assert (row.starts_on.day, row.ends_on.day) == (14, 18)


def test_what_nobody_needs_to_hear_is_not_told(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    take(person)
    officer.presses(f"a:course:{course.hex}")
    assert officer.says("证书 电工证")[0] == "改了：证书。通知了0人。"
    assert person.listens() == []


def test_calling_a_course_off_tells_everybody(city: City, officer: Person) -> None:
    course = open_one(city, officer, replace(ELECTRICIANS, seats=1))
    seat, seat_key = learner(city, "甲")
    line, line_key = learner(city, "乙")
    take(seat)
    line.says("我想学电工")
    line.taps("要学")
    officer.presses(f"a:course:{course.hex}")
    assert officer.taps("取消这个班") == ["电工培训班真取消？2个报名的都会收到通知。"]
    assert officer.taps("取消") == ["K-0001取消了，通知了2人。"]
    told = "对不住，电工培训班（12月7日）不开了。还可以看别的班。"
    assert (seat.listens(), line.listens()) == ([told], [told])
    for key in (seat_key, line_key):
        assert status_of(city, course, key) is EnrolmentStatus.DROPPED
    assert seat.taps("看别的班") == ["现在没得班在招人。开班了就告诉你？"]


def test_an_officer_of_another_county_does_not_see_it(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    other = city.officer("李华", scope="510681")
    assert other.presses(f"a:course:{course.hex}") == ["没有这个班，或者不归你管。"]
    assert "K-0001" not in other.says("/courses")[0]


def test_vacancies_are_linked_by_a_tap_and_unlinked_by_another(city: City, officer: Person) -> None:
    city.run(
        lambda uow: add_vacancy(
            uow, city.clock.now(), firm_row(uow, city.clock.now()), trade="电工", title="维修电工"
        )
    )
    course = open_one(city, officer)
    officer.presses(f"a:course_link:{course.hex}")
    officer.taps("维修电工")
    assert any(label.startswith("✓") for label in officer.buttons())
    officer.taps("好了")
    person, _key = learner(city, "陈桂芳")
    assert "有1个活要这门手艺" in person.says("我想学电工")[1]
    officer.presses(f"a:course_link:{course.hex}")
    officer.taps("维修电工")
    assert not any(label.startswith("✓") for label in officer.buttons())


def test_a_school_announces_a_course_and_an_officer_opens_it(city: City, officer: Person) -> None:
    boss = city.person("校长")
    add_firm(city, name="众信职业培训学校", speaker=boss)
    boss.says("/class " + POST)
    assert boss.taps("送干部看")[0].startswith("K-0001送干部看了")
    assert only_course(city).status is CourseStatus.DRAFT
    assert officer.listens() == [
        "众信职业培训学校想开K-0001：中江县电工培训班。看过没问题就开始招人。"
    ]
    officer.taps("看这个班")
    officer.taps("开始招人")
    assert only_course(city).status is CourseStatus.OPEN


def test_a_firm_sees_no_course_of_another(city: City, officer: Person) -> None:
    boss = city.person("老板")
    add_firm(city, speaker=boss)
    course = open_one(city, officer)
    assert boss.presses(f"a:roll:{course.hex}") == ["没有这个班，或者不归你管。"]


def test_a_worker_cannot_open_the_officers_page(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    heard = person.presses(f"a:course:{course.hex}")
    assert "名额" not in "".join(heard)


def test_nobody_with_a_seat_is_forgotten_before_the_course(city: City, officer: Person) -> None:
    late = replace(ELECTRICIANS, starts_on=date(2027, 1, 25), ends_on=date(2027, 1, 29))
    course = open_one(city, officer, late)
    person, key = learner(city, "陈桂芳")
    take(person)
    go_to(city, date(2027, 1, 20), 10)
    assert status_of(city, course, key) is EnrolmentStatus.ENROLLED
