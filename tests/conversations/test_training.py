"""我想学…: fitting courses, a seat, the line, the wish that is kept; 不去 and its silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.models import TrainingRefusal, TrainingWish
from storage.states import Decision, EnterpriseStatus, Purpose, WorkerStatus
from storage.training_states import EnrolmentStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.officer_world import add_firm
from tests.training_world import (
    ELECTRICIANS,
    add_electrician,
    enrolment_of,
    go_to,
    learner,
    open_one,
    put_in_register,
    seated,
    status_of,
    worker_of,
)

LINE = "电工培训班 | 12月7日到11日 | 南华镇职教中心，同镇 | 有生活费 | 不收钱"
MORE = "上午9点到下午5点，学完考低压电工证\n报不报名？"
SEAT = "位子给你留好了：电工培训班，12月7日起，上午9点到下午5点，南华镇职教中心，同镇。带身份证。"
WISH = "记下了，开班就告诉你。不想学了说“不学了”。"


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


def wishes(city: City) -> list[TrainingWish]:
    return city.run(lambda uow: list(uow.session.query(TrainingWish)))


def refusals(city: City) -> list[TrainingRefusal]:
    return city.run(lambda uow: list(uow.session.query(TrainingRefusal)))


def take(person: Person) -> list[str]:
    person.says("我想学电工")
    return person.taps("要学")


def test_who_wants_to_learn_is_told_what_when_where_and_gets_a_seat(
    city: City, officer: Person
) -> None:
    course = open_one(city, officer)
    person, key = learner(city, "陈桂芳")
    assert person.says("我想学电工") == [LINE, MORE]
    assert person.taps("要学") == [SEAT, "那天咋个去？"]
    assert person.says("坐车") == ["要得，12月7日见。去不了提前说一声，位子给别人。"]
    assert status_of(city, course, key) is EnrolmentStatus.ENROLLED
    assert enrolment_of(city, course, key).plan == "bus"


def test_whoever_has_not_agreed_yet_agrees_first(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    stranger = city.person("新人")
    stranger.says("你好")
    stranger.says("想学电工，有没有班")
    asked = stranger.taps("要学")
    assert asked[-1] == "帮你记着才好报名，30天没用就删。"
    assert stranger.taps("同意") == ["名字叫啥？写全，厂里好找你。"]
    assert stranger.says("王大力")[-1] == "那天咋个去？"
    assert seated(city, course) == 1


def test_whoever_does_not_agree_gets_no_seat_and_can_call_a_person(
    city: City, officer: Person
) -> None:
    course = open_one(city, officer)
    stranger = city.person("新人")
    stranger.says("你好")
    stranger.says("想学电工，有没有班")
    stranger.taps("要学")
    assert "没名字留不了位子" in stranger.taps("不记只看")[-1]
    assert seated(city, course) == 0
    assert stranger.row().step is None


def test_at_most_three_courses_are_shown_the_near_ones_first(city: City, officer: Person) -> None:
    far = replace(ELECTRICIANS, title="广汉焊工班", trade="电焊工", adcode="510681")
    for number in range(3):
        open_one(city, officer, replace(far, title=f"焊工班{number}"))
    open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    heard = person.says("我想学点手艺")
    assert len(heard) == 4
    assert "电工培训班" in heard[0]
    assert heard[-1] == "想学哪个？"
    assert person.buttons()[-2:] == ["都不学", "找真人"]
    assert person.says("第一个")[0] == LINE


def test_zero_calls_a_person_at_every_question(city: City, officer: Person) -> None:
    open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    person.says("我想学电工")
    assert "周干部" in "".join(person.says("0"))


def test_without_a_course_of_the_trade_the_wish_is_kept(city: City, officer: Person) -> None:
    open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    assert person.says("想学做包子馒头") == ["现在没得面点师的班。开班了就告诉你？"]
    assert person.buttons() == ["要", "不要", "看别的班", "找真人"]
    assert person.taps("要") == [WISH]
    assert [wish.trade for wish in wishes(city)] == ["面点师"]


def test_other_courses_can_be_looked_at_instead(city: City, officer: Person) -> None:
    open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    person.says("想学做包子馒头")
    assert person.taps("看别的班") == [LINE, MORE]


def test_who_wished_is_told_once_when_such_a_course_opens(city: City, officer: Person) -> None:
    person, _key = learner(city, "陈桂芳")
    person.says("我想学电工")
    person.taps("要")
    open_one(city, officer)
    city.pass_time(hours=1)
    assert person.listens() == [f"你想学的班开了：{LINE}"]
    assert person.buttons() == ["要学，报名", "不去"]
    city.pass_time(days=1)
    assert person.listens() == []
    assert person.taps("要学") == [SEAT, "那天咋个去？"]


def test_who_wants_to_learn_no_more_is_told_nothing(city: City, officer: Person) -> None:
    person, _key = learner(city, "陈桂芳")
    person.says("我想学电工")
    person.taps("要")
    assert person.says("不学了") == ["好，不学了。哪天想学，说“学手艺”。"]
    open_one(city, officer)
    city.pass_time(hours=1)
    assert person.listens() == []


def test_whose_seat_has_to_wait_hears_the_moment_and_then_the_answer(
    city: City, officer: Person
) -> None:
    course = open_one(city, officer, replace(ELECTRICIANS, seats=1), first_come=False)
    early, early_key = learner(city, "早来的")
    late, late_key = learner(city, "晚来的")
    put_in_register(city, late_key, "建档立卡", sex="女")
    assert take(early) == ["电工培训班记下了。周三9点告诉你有没有位子。"]
    assert take(late)[0] == SEAT
    go_to(city, date(2026, 11, 25))
    assert early.listens() == ["电工培训班满了，你排第1个。有位子马上告诉你。"]
    assert status_of(city, course, early_key) is EnrolmentStatus.WAITLISTED


def test_a_course_that_began_or_filled_its_days_is_not_offered(city: City, officer: Person) -> None:
    open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    city.clock.advance(timedelta(days=15))
    assert person.says("我想学电工") == ["现在没得电工的班。开班了就告诉你？"]


def test_an_old_button_of_a_course_that_has_begun_says_so(city: City, officer: Person) -> None:
    course = open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    city.clock.advance(timedelta(days=15))
    assert person.presses(f"a:course_take:{course.hex}") == ["电工培训班已经开课了，报不上了。"]


def test_dates_that_clash_are_told(city: City, officer: Person) -> None:
    open_one(city, officer)
    open_one(city, officer, replace(ELECTRICIANS, title="焊工班", trade="电焊工"))
    person, _key = learner(city, "陈桂芳")
    take(person)
    person.says("想学电焊")
    assert person.taps("要学") == ["日子跟电工培训班撞了。先退那个再报。"]


def test_a_no_is_taken_with_a_reason_and_kept_quiet(city: City, officer: Person) -> None:
    person, _key = learner(city, "陈桂芳")
    person.says("我想学电工")
    person.taps("要")
    open_one(city, officer)
    city.pass_time(hours=1)
    person.listens()
    assert person.taps("不去") == ["好，不去。为啥呢？"]
    assert person.says("太远") == ["晓得了，30天里不再问你。想学随时说。"]
    assert [(row.reason, row.course_id is not None) for row in refusals(city)] == [
        ("too_far", True)
    ]
    person.taps("不去")
    assert len(refusals(city)) == 1


def test_a_school_reads_the_name_only_if_that_was_allowed(city: City, officer: Person) -> None:
    firm_id = add_firm(city, name="众信职业培训学校", status=EnterpriseStatus.VERIFIED)
    course = open_one(city, officer)
    city.run(lambda uow: setattr(uow.courses.need(course), "enterprise_id", firm_id))
    person, key = learner(city, "陈桂芳")
    assert take(person) == ["上课要点名，名字给众信职业培训学校看？"]
    assert person.taps("不给")[0] == SEAT

    address_id = person.row().id

    def decision(uow: UnitOfWork) -> Decision | None:
        found = uow.consents.newest(
            address_id, Purpose.PASS_CONTACT, worker_id=key, subject_id=firm_id
        )
        return found.decision if found is not None else None

    assert city.run(decision) is Decision.DECLINED


def test_in_chongqing_a_poor_household_hears_of_the_free_course(
    city: City, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.training.guarantee.CHONGQING", "51")
    open_one(city, officer)
    person, key = learner(city, "陈桂芳")
    put_in_register(city, key, "建档立卡", sex="女")
    assert person.says("我想学电工")[0] == "你今年还能学一次免费的。"


def test_whoever_lost_work_hears_of_a_course_that_was_wished_for(
    city: City, officer: Person
) -> None:
    person, key = learner(city, "陈桂芳")
    person.says("我想学电工")
    person.taps("要")
    city.run(lambda uow: setattr(uow.workers.need(key), "status", WorkerStatus.EMPLOYED))
    open_one(city, officer)
    heard = person.says("厂垮了，我没活干了")
    assert f"没活的这阵可以学门手艺：{LINE}" in heard


def test_what_keeps_most_away_can_be_learnt(city: City, officer: Person) -> None:
    add_electrician(city)
    open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    heard = person.says("找活")
    assert "主要卡在手艺，要会电工" in heard[-1]
    assert person.taps("想学") == [LINE, MORE.replace("\n", "，有1个活要这门手艺\n")]


def test_beside_another_wish_the_course_is_said_without_a_question(
    city: City, officer: Person
) -> None:
    open_one(city, officer)
    person, _key = learner(city, "陈桂芳")
    heard = person.says("还在厂里上班，想学电工有没有班")
    assert any(LINE in line for line in heard)


def test_the_status_of_a_worker_is_shown_as_it_was_before_asking(
    city: City, officer: Person
) -> None:
    open_one(city, officer)
    person, key = learner(city, "陈桂芳")
    take(person)
    assert worker_of(city, key).status is WorkerStatus.REGISTERED
