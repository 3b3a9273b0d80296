from __future__ import annotations

import pytest

from storage.models import Enterprise
from storage.states import EnterpriseStatus, Role
from tests.chat import City, Person
from tests.conversations.firm_world import CODE, firm_in


def answers_all_but_the_check(boss: Person, *, code: str = CODE) -> list[str]:
    boss.says("/enterprise")
    boss.says("宏达制衣厂")
    boss.says(code)
    boss.says("中江南华镇")
    boss.says("李红")
    return boss.says("139 0000 0001")


def registered(city: City, code: str = CODE) -> Enterprise | None:
    return city.run(lambda uow: uow.enterprises.of_code("510600", code))


def test_a_firm_registers_in_five_answers_and_may_post_at_once(city: City) -> None:
    city.officer()
    boss = city.person("boss")
    summary = answers_all_but_the_check(boss)[-1]
    assert all(part in summary for part in ("宏达制衣厂", CODE, "南华镇", "李红", "13900000001"))
    last = boss.says("1")
    firm = registered(city)
    assert firm is not None
    assert firm.status is EnterpriseStatus.PENDING
    assert (firm.adcode, firm.contact_phone) == ("510623101", "13900000001")
    assert boss.row().role is Role.ENTERPRISE
    assert boss.row().roles == ["worker", "enterprise"]
    assert "整段发来" in last[-1]


def test_the_officer_in_scope_is_asked_to_look_at_the_licence(city: City) -> None:
    officer = city.officer()
    boss = city.person("boss")
    answers_all_but_the_check(boss)
    boss.says("1")
    (asked,) = officer.listens()
    assert "宏达制衣厂" in asked
    assert CODE in asked
    assert officer.buttons() == ["核实了", "不通过"]


def test_a_firm_hears_that_it_is_verified(city: City) -> None:
    officer = city.officer()
    boss = city.person("boss")
    answers_all_but_the_check(boss)
    boss.says("1")
    officer.listens()
    officer.taps("核实了")
    assert any("核实好了" in words for words in boss.listens())
    firm = registered(city)
    assert firm is not None
    assert firm.status is EnterpriseStatus.VERIFIED


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("91510623MA6234567", "你发的是17位"),
        ("91510623MA623456OC", "第17位是“O”"),
        ("9151A623MA6234567C", "第5位是“A”"),
        ("91510623MA6234567D", "第18位“D”是校验位"),
        ("😀😀", "你发的是0位"),
    ],
)
def test_a_wrong_code_is_told_exactly_what_is_wrong_with_it(
    city: City, typed: str, said: str
) -> None:
    city.officer()
    boss = city.person("boss")
    boss.says("/enterprise")
    boss.says("宏达制衣厂")
    (answer,) = boss.says(typed)
    assert said in answer


def test_a_code_with_spaces_and_small_letters_is_the_same_code(city: City) -> None:
    city.officer()
    boss = city.person("boss")
    answers_all_but_the_check(boss, code="91510623 ma6234567c")
    boss.says("对")
    assert registered(city) is not None


def test_one_answer_can_be_changed_before_it_is_sent(city: City) -> None:
    city.officer()
    boss = city.person("boss")
    answers_all_but_the_check(boss)
    boss.says("2")
    boss.says("企业名称")
    (summary,) = boss.says("宏达服装厂")
    assert "宏达服装厂" in summary
    assert "李红" in summary


def test_a_second_address_of_a_registered_firm_is_let_in_by_the_officer(city: City) -> None:
    officer = city.officer()
    firm_in(city)
    second = city.person("second")
    second.says("/enterprise")
    second.says("宏达制衣")
    (asked,) = second.says(CODE)
    assert "已经登记" in asked
    second.says("1")
    address_id = second.row().id
    assert city.run(lambda uow: uow.enterprises.at(address_id)) is None
    officer.listens()
    officer.taps("让他加入")
    assert any("你现在能替宏达制衣发招工" in words for words in second.listens())
    assert city.run(lambda uow: uow.enterprises.at(address_id)) is not None
    assert second.row().role is Role.ENTERPRISE


def test_a_second_address_that_is_refused_hears_so_and_speaks_for_nobody(city: City) -> None:
    officer = city.officer()
    firm_in(city)
    second = city.person("second")
    second.says("/enterprise")
    second.says("宏达制衣")
    second.says(CODE)
    second.says("1")
    officer.listens()
    officer.taps("不让")
    assert any("没同意" in words for words in second.listens())
    address_id = second.row().id
    assert city.run(lambda uow: uow.enterprises.link_at(address_id)) is None


def test_only_an_officer_in_scope_lets_an_address_in(city: City) -> None:
    officer = city.officer()
    firm = firm_in(city)
    second = city.person("second")
    second.says("/enterprise")
    second.says("宏达制衣")
    second.says(CODE)
    second.says("1")
    address_id = second.row().id
    button = f"a:join_ok:{address_id.hex}"
    firm.boss.presses(button)
    city.officer("王芳", scope="510681").presses(button)
    assert city.run(lambda uow: uow.enterprises.at(address_id)) is None
    officer.presses(button)
    assert city.run(lambda uow: uow.enterprises.at(address_id)) is not None


@pytest.mark.parametrize("words", ["我是厂里的", "我要招人", "我们厂要招人", "我们是宏达制衣厂"])
def test_who_says_to_be_hiring_registers_as_a_firm(city: City, words: str) -> None:
    city.officer()
    stranger = city.person("stranger")
    assert "登记企业" in stranger.says(words)[0]


@pytest.mark.parametrize("words", ["你们招人不", "哪里招人", "我是电子厂的，不想干了"])
def test_a_worker_who_asks_for_work_is_not_taken_for_a_firm(city: City, words: str) -> None:
    city.officer()
    stranger = city.person("stranger")
    assert all("登记企业" not in heard for heard in stranger.says(words))


@pytest.mark.parametrize("typed", ["a", "😀😀😀", "厂" * 200])
def test_a_name_that_is_none_is_asked_for_again(city: City, typed: str) -> None:
    city.officer()
    boss = city.person("boss")
    boss.says("/enterprise")
    (answer,) = boss.says(typed)
    assert "照营业执照写全称" in answer


def test_a_place_without_a_county_is_asked_for_again(city: City) -> None:
    city.officer()
    boss = city.person("boss")
    boss.says("/enterprise")
    boss.says("宏达制衣厂")
    boss.says(CODE)
    (answer,) = boss.says("四川")
    assert "写到县或镇" in answer


def test_a_registered_firm_that_registers_again_gets_its_menu(city: City) -> None:
    city.officer()
    firm = firm_in(city)
    heard = firm.boss.says("/enterprise")
    assert "宏达制衣已核实" in heard[0]
    assert firm.boss.buttons()


def test_the_questions_exist_in_english(city: City) -> None:
    city.officer()
    boss = city.person("boss", language="en")
    welcome = boss.says("/enterprise")
    assert "register your firm" in welcome[0]
