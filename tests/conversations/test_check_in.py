from __future__ import annotations

from datetime import timedelta

import pytest

from storage.states import CheckInStatus, EndReason, Matter
from tests.chat import City, Person
from tests.follow_up_world import (
    case_of,
    check_ins_of,
    next_morning,
    spells_of,
    works,
)
from tests.worker_world import registered


@pytest.fixture
def officer(city: City) -> Person:
    return city.officer()


@pytest.fixture
def guifang(city: City, officer: Person) -> Person:
    return city.person("guifang")


def test_on_the_third_day_somebody_asks_in_one_short_question(city: City, guifang: Person) -> None:
    works(city, guifang)
    next_morning(city, 3)
    assert guifang.listens() == ["三天了，还在宏达制衣不？"]
    assert guifang.buttons() == ["在", "换了", "没做了", "找真人"]


def test_nothing_is_asked_before_the_third_day(city: City, guifang: Person) -> None:
    works(city, guifang)
    next_morning(city, 2)
    assert guifang.listens() == []


def test_a_digit_confirms_the_spell(city: City, guifang: Person) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.listens()
    assert guifang.says("1") == ["好，记下了：还在做。有事随时说。"]
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SAME
    assert spells_of(city, spell.worker_id)[0].last_confirmed_on == city.clock.today()


def test_the_same_answer_twice_is_applied_once(city: City, guifang: Person) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.listens()
    guifang.says("1")
    answered_at = check_ins_of(city, spell)[3].answered_at
    city.pass_time(minutes=5)
    assert guifang.says("1") == ["这句已经记下了，不用再发。"]
    assert check_ins_of(city, spell)[3].answered_at == answered_at


@pytest.mark.parametrize("words", ["还在厂里", "干起的", "在上班"])
def test_plain_words_confirm_the_spell(city: City, guifang: Person, words: str) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.listens()
    guifang.says(words)
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SAME


def test_still_there_but_unpaid_is_both_confirmed_and_handed_on(
    city: City, guifang: Person
) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.says("还在做 工资没发")
    assert check_ins_of(city, spell)[3].status is CheckInStatus.SAME
    case = case_of(city, guifang)
    assert case is not None
    assert case.matters == [Matter.GRIEVANCE.value]


def test_a_grievance_alone_leaves_the_question_open(city: City, guifang: Person) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.says("老板不给工资")
    assert check_ins_of(city, spell)[3].status is CheckInStatus.UNCLEAR
    assert spells_of(city, spell.worker_id)[0].ended_on is None


@pytest.mark.parametrize("words", ["请了几天假", "厂里放假了", "放假没上班"])
def test_a_holiday_is_no_loss(city: City, guifang: Person, words: str) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.listens()
    assert "放假" in guifang.says(words)[-1]
    assert check_ins_of(city, spell)[3].status is CheckInStatus.TEMP_LEAVE
    assert spells_of(city, spell.worker_id)[0].ended_on is None
    assert case_of(city, guifang) is None


def test_a_change_of_employer_asks_two_short_questions(city: City, guifang: Person) -> None:
    old = works(city, guifang)
    next_morning(city, 3)
    guifang.listens()
    assert guifang.says("2") == ["换到哪家了？说个名字就行。"]
    assert guifang.says("永兴鞋厂") == ["从哪天上的班？说几号也行。"]
    assert guifang.says("昨天") == ["记下了：现在在永兴鞋厂。过几天再问你。"]
    first, second = spells_of(city, old.worker_id)
    yesterday = city.clock.today() - timedelta(days=1)
    assert (first.ended_on, first.end_reason) == (
        yesterday - timedelta(days=1),
        EndReason.CHANGED,
    )
    assert (second.started_on, second.ended_on, second.employer) == (yesterday, None, "永兴鞋厂")


def test_a_change_opens_a_spell_even_if_the_questions_are_never_answered(
    city: City, guifang: Person
) -> None:
    old = works(city, guifang)
    next_morning(city, 3)
    guifang.listens()
    guifang.says("换了")
    _, second = spells_of(city, old.worker_id)
    assert (second.employer, second.started_on) == (None, city.clock.today())


def test_a_new_start_before_the_old_one_is_asked_again(city: City, guifang: Person) -> None:
    works(city, guifang)
    next_morning(city, 3)
    guifang.listens()
    guifang.says("2")
    guifang.says("永兴鞋厂")
    assert guifang.says("10天前") == [
        "这个日子太早了，那时你还没进上一家。",
        "从哪天上的班？说几号也行。",
    ]


def test_the_third_choice_brings_an_officer_the_same_minute(
    city: City, guifang: Person, officer: Person
) -> None:
    spell = works(city, guifang)
    next_morning(city, 3)
    guifang.listens()
    heard = guifang.says("3")
    assert heard[:2] == ["记下：没做了。莫急，有人帮你找下一个。", "周干部今天17点前打给你。"]
    assert spells_of(city, spell.worker_id)[0].end_reason is EndReason.LOST
    assert check_ins_of(city, spell)[3].status is CheckInStatus.NOT_WORKING
    case = case_of(city, guifang)
    assert case is not None
    assert case.matters == [Matter.UNEMPLOYMENT.value]


def test_wages_are_not_asked_about_on_the_third_day(city: City, guifang: Person) -> None:
    works(city, guifang)
    next_morning(city, 3)
    guifang.listens()
    guifang.says("1")
    assert "工资" not in guifang.heard


def test_wages_are_asked_about_after_a_payday(city: City, guifang: Person) -> None:
    works(city, guifang, days_ago=30)
    next_morning(city)
    guifang.listens()
    assert guifang.says("1") == ["上个月的工资拿到没有？"]
    assert guifang.says("1") == ["好，记下了。"]


def test_unpaid_wages_are_handed_to_an_officer(city: City, guifang: Person) -> None:
    spell = works(city, guifang, days_ago=30)
    next_morning(city)
    guifang.listens()
    guifang.says("1")
    heard = guifang.says("没拿到")
    assert heard == ["记下：工资没给。这条厂里看不到。", "周干部今天17点前打给你。"]
    assert spells_of(city, spell.worker_id)[0].ended_on is None


def test_a_start_entered_late_catches_up_with_the_newest_question(
    city: City, guifang: Person
) -> None:
    spell = works(city, guifang, days_ago=20)
    city.pass_time(hours=2)
    assert guifang.listens() == ["问一声，现在还在宏达制衣做不？"]
    rows = check_ins_of(city, spell)
    assert rows[3].status is CheckInStatus.SKIPPED
    assert rows[7].status is CheckInStatus.SENT
    assert rows[30].status is CheckInStatus.SCHEDULED


def test_a_family_is_told_whom_the_question_is_about(city: City, guifang: Person) -> None:
    works(city, guifang)
    registered(guifang, relation="family")
    next_morning(city, 3)
    assert guifang.listens() == ["陈*芳：三天了，还在宏达制衣不？"]


def test_it_speaks_english_to_who_writes_english(city: City, officer: Person) -> None:
    person = city.person("jane", language="en")
    works(city, person)
    address_id = person.row().id
    city.run(lambda uow: setattr(uow.addresses.need(address_id), "language", "en"))
    next_morning(city, 3)
    assert person.listens() == ["Three days now. Still at 宏达制衣?"]
    assert person.says("1") == ["Good, noted: still working. Write any time."]
