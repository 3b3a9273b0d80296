"""Menus, roles, languages, and what happens when nobody understands."""

from __future__ import annotations

import itertools

import pytest

from storage.states import Role
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.worker_world import count, is_asked, registered


def known(city: City) -> Person:
    person = city.person("guifang")
    registered(person)
    return person


@pytest.mark.parametrize("words", ["菜单", "你好", "/menu", "menu", "/start"])
def test_a_known_worker_finds_the_menu(city: City, words: str) -> None:
    person = known(city)
    assert person.says(words) == ["要办啥？"]
    lines = ["找活", "我报的名", "我的信息", "政策补贴", "学手艺", "找真人"]
    assert person.buttons() == lines


@pytest.mark.parametrize(
    ("label", "conversation"),
    [("找活", "saved_wish"), ("我的信息", "my_information")],  # nothing is open: a wish is offered
)
def test_the_menu_leads_where_it_says(city: City, label: str, conversation: str) -> None:
    person = known(city)
    person.says("菜单")
    person.taps(label)
    assert (person.row().step or "").startswith(conversation)


def test_the_menu_shows_applications(city: City) -> None:
    person = known(city)
    person.says("菜单")
    assert person.taps("我报的名")


@pytest.mark.parametrize(
    ("label", "step"),
    [("政策补贴", "policies.topics"), ("学手艺", "training_wish.none"), ("4", "policies.topics")],
)
def test_a_worker_finds_policies_and_courses_in_the_menu(city: City, label: str, step: str) -> None:
    person = known(city)
    person.says("菜单")
    person.says(label)
    assert person.row().step == step


@pytest.mark.parametrize(
    ("label", "step"),
    [
        ("8", "courses.list"),
        ("补贴申请", "benefit_queue.queue"),
        ("10", "policy_cards.statuses"),
        ("11", "statistics.table"),
        ("报表", "statistics.table"),
    ],
)
def test_an_officer_finds_courses_benefits_cards_and_statistics_in_the_menu(
    city: City, label: str, step: str
) -> None:
    officer = city.officer()
    officer.says("菜单")
    assert officer.buttons()[7:] == ["课程", "补贴申请", "政策卡", "统计"]
    officer.says(label)
    assert officer.row().step == step


@pytest.mark.parametrize(
    ("role", "first"), [(Role.ENTERPRISE, "发招工"), (Role.OFFICER, "审核招工")]
)
def test_each_role_has_its_menu(city: City, role: Role, first: str) -> None:
    person = city.officer()
    person.takes_role(role)
    person.says("菜单")
    assert person.buttons()[0] == first


def test_whoever_has_several_roles_chooses_one(city: City) -> None:
    person = city.officer()
    key = person.row().id

    def also_worker(uow: UnitOfWork) -> None:
        uow.addresses.need(key).roles = ["worker", "officer"]

    city.run(also_worker)
    person.says("/role")
    person.taps("找活的人")
    assert person.row().role is Role.WORKER


def test_whoever_has_one_role_is_told_so(city: City) -> None:
    assert known(city).says("/role")[0] == "这里只有一个身份：找活的人。"


def test_the_open_question_is_put_again_in_the_other_language(city: City) -> None:
    person = known(city)
    is_asked(person, "profile.wage")
    assert person.says("English")[-1] == "What is the least you want in a month?"
    assert person.says("中文")[-1] == "一个月最少要多少钱？"


def test_lang_is_a_command_too(city: City) -> None:
    person = known(city)
    person.says("/lang en")
    assert person.row().language == "en"
    person.says("/lang")
    assert person.row().language == "zh"


def test_help_says_how_to_talk_to_the_bot(city: City) -> None:
    assert "按0找真人" in known(city).says("/help")[0]


def test_a_greeting_does_not_lose_the_open_question(city: City) -> None:
    person = known(city)
    is_asked(person, "profile.wage")
    assert person.says("你好") == ["你好！", "一个月最少要多少钱？"]


@pytest.mark.parametrize("step", ["profile.wage", None])
def test_no_two_answers_to_what_was_not_understood_are_the_same(
    city: City, step: str | None
) -> None:
    city.officer()
    person = known(city)
    if step:
        is_asked(person, step)
    heard = [person.says("阿巴阿巴") for _ in range(7)]
    assert all(heard)
    for before, after in itertools.pairwise(heard):
        assert before != after
        assert not set(before) & set(after[-1:])


def test_at_the_third_miss_a_person_is_fetched(city: City) -> None:
    city.officer("周明")
    person = known(city)
    is_asked(person, "profile.wage")
    person.says("阿巴阿巴")
    person.says("阿巴阿巴")
    assert "周干部" in "\n".join(person.says("阿巴阿巴"))
    assert count(city, "worker_case") == 1


def test_a_miss_repeats_what_was_understood(city: City) -> None:
    person = known(city)
    is_asked(person, "profile.room_board")
    assert "1974年生" in person.says("七四年的")[0]


def test_a_very_long_message_is_answered_with_how_to_say_it(city: City) -> None:
    person = known(city)
    assert "分几句说" in person.says("说" * 10_000)[0]


def test_the_words_that_the_english_texts_name_are_understood(city: City) -> None:
    person = city.person("john", language="en")
    person.says("踩平车 只在中江")
    assert "To apply I must remember you" in person.says("register")[-1]
    person.says("1")
    person.says("stop")
    assert person.row().unsubscribed_at is not None
    assert person.says("find work") == ["Shall I send you new work again?"]
