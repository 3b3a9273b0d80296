from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.cases import cases
from bot.services.follow_up import applications
from bot.services.follow_up.employments import open_spell
from storage.states import (
    ApplicationStatus,
    CaseStatus,
    CheckInStatus,
    EndReason,
    Matter,
    Source,
    WorkerStatus,
)
from tests.chat import City, Person
from tests.follow_up_world import (
    case_of,
    check_ins_of,
    has_applied,
    next_morning,
    offers,
    spells_of,
    worker_of,
    works,
)
from tests.officer_world import read_case
from tests.worker_world import registered


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


@pytest.fixture
def guifang(city: City, officer: Person) -> Person:
    return city.person("guifang")


def test_two_things_in_one_line_are_both_heard(city: City, guifang: Person) -> None:
    spell = works(city, guifang)
    offers(city, 4)
    heard = guifang.says("没搞了 工资也没给")
    assert heard[0] == "记下：没做了，工资没给。这条厂里看不到。"
    assert heard[1] == "周干部今天17点前打给你。先看2个活："
    assert sum("4000—5500" in line for line in heard) == 2
    ended = spells_of(city, spell.worker_id)[0]
    assert (ended.ended_on, ended.end_reason) == (city.clock.today(), EndReason.LOST)
    case = case_of(city, guifang)
    assert case is not None
    assert set(case.matters) == {Matter.UNEMPLOYMENT.value, Matter.GRIEVANCE.value}
    assert case.status is CaseStatus.OFFERED
    assert case.enterprise_id == spell.enterprise_id


def test_the_officer_is_told_in_the_same_minute(
    city: City, guifang: Person, officer: Person
) -> None:
    works(city, guifang)
    guifang.says("没搞了 工资也没给")
    heard = officer.listens()
    assert any("C-0001" in line and "陈*芳" in line for line in heard)


def test_a_lost_worker_is_looking_for_work_again(city: City, guifang: Person) -> None:
    works(city, guifang)
    guifang.says("没搞了")
    worker = worker_of(city, guifang)
    assert worker is not None
    assert worker.status is WorkerStatus.SEEKING


def test_only_a_loss_is_answered_with_comfort(city: City, guifang: Person) -> None:
    works(city, guifang)
    assert guifang.says("没搞了")[0] == "记下：没做了。莫急，有人帮你找下一个。"


def test_only_a_grievance_leaves_the_spell_as_it_is(city: City, guifang: Person) -> None:
    spell = works(city, guifang)
    offers(city, 2)
    heard = guifang.says("老板欠我两个月工资")
    assert heard == ["记下：工资没给。这条厂里看不到。", "周干部今天17点前打给你。"]
    assert spells_of(city, spell.worker_id)[0].ended_on is None
    case = case_of(city, guifang)
    assert case is not None
    assert case.matters == [Matter.GRIEVANCE.value]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("身份证被他们扣了", "证件被扣"),
        ("进厂交了押金", "被收了钱"),
        ("被中介骗了", "被骗了"),
        ("没签合同", "厂里做得不对"),
    ],
)
def test_each_wrong_is_repeated_back(city: City, guifang: Person, words: str, said: str) -> None:
    registered(guifang)
    assert said in guifang.says(words)[0]


def test_who_is_hurt_is_urgent_and_told_to_see_a_doctor(city: City, guifang: Person) -> None:
    works(city, guifang)
    heard = guifang.says("手压断了 老板不管")
    assert "先去医院，单子都留好。" in heard
    case = case_of(city, guifang)
    assert case is not None
    assert case.urgent


def test_it_is_heard_inside_any_question(city: City, guifang: Person) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.says("没搞了 工资也没给")
    assert check_ins_of(city, spell)[3].status is CheckInStatus.NOT_WORKING
    assert case_of(city, guifang) is not None


def test_who_is_not_registered_gets_a_case_and_a_person_too(city: City, officer: Person) -> None:
    stranger = city.person("stranger")
    heard = stranger.says("厂子垮了 工资也没给")
    assert "记下：没做了，工资没给。这条厂里看不到。" in heard
    assert "周干部今天17点前打给你。" in heard
    case = case_of(city, stranger)
    assert case is not None
    assert case.worker_id is None


def test_saying_it_twice_makes_no_second_case(city: City, guifang: Person) -> None:
    works(city, guifang)
    guifang.says("没搞了 工资也没给")
    first = case_of(city, guifang)
    city.pass_time(hours=1)
    guifang.says("没搞了,工资也没给!")
    second = case_of(city, guifang)
    assert first is not None
    assert second is not None
    assert first.id == second.id
    assert len(city.run(lambda uow: uow.cases.in_scope(scope="5106", limit=9))) == 1


def test_a_replayed_message_doubles_nothing(city: City, guifang: Person) -> None:
    works(city, guifang)
    guifang.says("没搞了 工资也没给", message_id="same")
    again = guifang.says("没搞了 工资也没给", message_id="same")
    assert again == []


def test_a_button_takes_a_false_alarm_back(city: City, guifang: Person, officer: Person) -> None:
    spell = works(city, guifang)
    guifang.says("没上班")
    case = case_of(city, guifang)
    assert case is not None
    officer.listens()
    assert guifang.taps("只是放假") == ["好，改过来了：只是放假，接着做。"]
    resumed = spells_of(city, spell.worker_id)[0]
    assert (resumed.ended_on, resumed.end_reason) == (None, None)
    assert read_case(city, case.id).status is CaseStatus.FALSE_ALARM
    assert any("放假" in line for line in officer.listens())
    next_morning(city, 3)
    assert "还在" in guifang.listens()[-1]


def test_typed_words_take_a_false_alarm_back(city: City, guifang: Person) -> None:
    spell = works(city, guifang)
    guifang.says("没上班")
    guifang.says("只是厂里放假")
    assert spells_of(city, spell.worker_id)[0].ended_on is None
    assert case_of(city, guifang) is None


def test_unpaid_wages_stay_open_when_the_loss_was_a_holiday(city: City, guifang: Person) -> None:
    works(city, guifang)
    guifang.says("没上班 工资也没给")
    guifang.taps("只是放假")
    case = case_of(city, guifang)
    assert case is not None
    assert case.matters == [Matter.GRIEVANCE.value]


def test_nobody_takes_back_the_case_of_somebody_else(city: City, guifang: Person) -> None:
    works(city, guifang)
    guifang.says("没上班")
    case = case_of(city, guifang)
    assert case is not None
    other = city.person("other")
    registered(other)
    assert other.presses(f"a:loss_taken_back:{case.id.hex}") == ["这条已经处理了。有事按0找真人。"]
    assert case_of(city, guifang) is not None


def test_the_firm_that_was_left_is_not_offered_again(city: City, guifang: Person) -> None:
    applied = has_applied(city, guifang)
    city.run(
        lambda uow: applications.mark(
            uow,
            city.deployment,
            uow.applications.need(applied.application_id),
            ApplicationStatus.HIRED,
            source=Source.WORKER,
        )
    )
    heard = guifang.says("没搞了")
    assert "周干部今天17点前打给你。" in heard


def test_three_workers_of_one_firm_alert_the_officer(city: City, officer: Person) -> None:
    first = city.person("first")
    firm = works(city, first).enterprise_id
    people = [first]
    for name in ("second", "third"):
        person = city.person(name)
        stored = registered(person)
        city.run(
            lambda uow, key=stored.id: open_spell(  # type: ignore[misc]
                uow,
                city.deployment,
                worker=uow.workers.need(key),
                started_on=city.clock.today() - timedelta(days=2),
                source=Source.WORKER,
                enterprise_id=firm,
            )
        )
        people.append(person)
    for person in people:
        person.says("没搞了 工资也没给")
    assert any("宏达制衣" in line for line in officer.listens())


def test_in_the_evening_the_next_morning_is_promised(city: City, guifang: Person) -> None:
    works(city, guifang)
    city.clock.advance(timedelta(hours=11))
    assert guifang.says("没搞了")[1] == "周干部明天10点前打给你。"


def test_it_answers_in_english(city: City, officer: Person) -> None:
    jane = city.person("jane", language="en")
    heard = jane.says("没搞了 工资也没给")
    assert "Noted: out of work, wages unpaid. The firm cannot see this." in heard


def test_the_case_carries_the_words_and_the_number_is_shown(city: City, guifang: Person) -> None:
    works(city, guifang)
    guifang.says("没搞了 工资也没给")
    case = case_of(city, guifang)
    assert case is not None
    assert case.words == "没搞了 工资也没给"
    assert cases.reference(case) == "C-0001"
