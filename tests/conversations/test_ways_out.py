"""A message that is wholly a way out is heard whatever was asked."""

from __future__ import annotations

import pytest

from storage.states import VacancyStatus
from tests.chat import City, Person
from tests.conversations.firm_world import LAWFUL_POST, firm_in, vacancies_of

POST = "招普工3名 月4000 中江"


def asked_for_the_code(city: City) -> Person:
    boss = city.person("boss")
    boss.says("/enterprise")
    boss.says("宏达制衣厂")
    return boss


def asked_whether_it_is_right(city: City) -> Person:
    boss = asked_for_the_code(city)
    for words in ("91510623MA6234567C", "中江南华镇", "李红", "13900000001"):
        boss.says(words)
    return boss


def test_a_firm_that_wants_a_person_while_posting_gets_one(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    firm.boss.says("菜单")
    firm.boss.says("1")
    assert "周干部" in firm.boss.says("找真人")[0]
    assert vacancies_of(city, firm) == []


def test_who_registers_a_firm_gets_a_person_instead_of_a_name(city: City) -> None:
    city.officer()
    boss = city.person("boss")
    boss.says("/enterprise")
    assert "周干部" in boss.says("找真人")[0]
    boss.says("/enterprise")
    assert boss.buttons() == ["找真人"]


@pytest.mark.parametrize("words", ["算了", "不登记了"])
def test_who_gives_up_registering_is_let_go(city: City, words: str) -> None:
    city.officer()
    boss = asked_for_the_code(city)
    assert "先不弄" in boss.says(words)[0]
    assert not str(boss.row().step).startswith("enterprise_registration")


def test_who_unsubscribes_while_registering_is_heard(city: City) -> None:
    city.officer()
    boss = asked_for_the_code(city)
    assert "代码" not in "".join(boss.says("退订"))


def test_a_firm_that_unsubscribes_hears_what_it_gets(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    assert "看不懂" not in "".join(firm.boss.says("退订"))
    assert "自家招工" in firm.boss.heard


def test_the_same_wrong_code_never_gets_the_same_words_twice(city: City) -> None:
    city.officer()
    boss = asked_for_the_code(city)
    heard = [boss.says("123")[0] for _ in range(3)]
    assert len(set(heard)) == 3
    assert "周干部" in heard[2]


def test_a_post_at_the_summary_is_kept_and_read_after_registering(city: City) -> None:
    city.officer()
    boss = asked_whether_it_is_right(city)
    heard = boss.says("中江南华镇招平车工6名，月4000到5500，拖欠工资的别来，管中饭")
    assert "周干部" not in "".join(heard)
    assert any("对不对" in words for words in heard)
    assert any("读懂" in words for words in boss.says("对"))


def test_other_words_at_the_summary_keep_the_registration(city: City) -> None:
    city.officer()
    boss = asked_whether_it_is_right(city)
    first, second = boss.says("老板拖欠工资"), boss.says("老板拖欠工资")
    assert "对不对" in first[-1]
    assert first != second
    boss.says("对")
    assert city.run(lambda uow: uow.enterprises.of_code("510600", "91510623MA6234567C"))


def test_a_strangers_post_is_asked_whose_it_is(city: City) -> None:
    city.officer()
    stranger = city.person("stranger")
    assert stranger.says(POST) == ["你是招工的，还是找活的？"]
    assert "登记企业" in stranger.says("1")[0]


def test_a_strangers_post_is_read_once_the_firm_is_registered(city: City) -> None:
    city.officer()
    stranger = city.person("stranger")
    stranger.says(POST)
    stranger.says("1")
    for words in ("宏达制衣厂", "91510623MA6234567C", "中江南华镇", "李红", "13900000001"):
        stranger.says(words)
    assert any("读懂" in words for words in stranger.says("1"))


def test_a_stranger_who_is_looking_after_all_is_asked_for_the_work(city: City) -> None:
    city.officer()
    stranger = city.person("stranger")
    stranger.says(POST)
    assert "登记企业" not in "".join(stranger.says("找活的"))
    assert str(stranger.row().step).startswith("first_contact")


@pytest.mark.parametrize("words", ["你们招人不 平车 3000", "中江有没有招平车的，一个月4000"])
def test_a_worker_who_names_pay_is_not_asked_whether_it_is_a_firm(city: City, words: str) -> None:
    city.officer()
    assert "招工的" not in "".join(city.person("stranger").says(words))


@pytest.mark.parametrize("words", ["我们是宏达制衣", "我是老板要招工"])
def test_a_firm_that_names_itself_registers(city: City, words: str) -> None:
    city.officer()
    assert "登记企业" in city.person("stranger").says(words)[0]


def test_a_menu_word_is_understood_without_a_menu(city: City) -> None:
    officer = city.officer()
    firm = firm_in(city)
    assert "没有等你审的" in officer.says("审核")[0]
    assert "还没有人报名" in firm.boss.says("谁报了名")[0]


def test_a_menu_word_is_no_reason_for_a_refusal(city: City) -> None:
    officer = city.officer()
    firm = firm_in(city)
    firm.boss.says(LAWFUL_POST)
    firm.boss.says("1")
    officer.listens()
    officer.taps("现在审")
    officer.says("退回改")
    assert "等你审" in officer.says("审核")[0]
    assert vacancies_of(city, firm)[0].status is VacancyStatus.IN_REVIEW
