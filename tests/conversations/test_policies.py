"""Questions about policies in the chat: answered from the own city's documents, or handed over."""

from __future__ import annotations

import pytest

from bot.conversations.worker.policies import CARD, FULL
from bot.services.sending.deliveries import action_data
from storage.models import Case, CaseEvent
from storage.states import Matter
from tests.chat import City, Person
from tests.worker_world import registered


@pytest.fixture
def guifang(city: City) -> Person:
    """A registered worker of Zhongjiang in Deyang; an officer is there for her."""
    city.officer()
    person = city.person("桂芳")
    person.says("你好")
    registered(person)
    return person


def cases(city: City) -> list[Case]:
    return city.run(lambda uow: list(uow.session.query(Case)))


def test_a_question_is_answered_with_document_year_and_status(guifang: Person) -> None:
    (said,) = guifang.says("去参加政府的培训，有没得饭钱补贴")
    assert "生活费补贴" in said
    assert "含交通费" in said
    assert "2021年" in said.splitlines()[-1]
    assert "待核" in said.splitlines()[-1]


def test_no_line_of_an_answer_is_longer_than_a_bubble(guifang: Person) -> None:
    for question in ("公益岗一般安排给哪些人", "从外头回来想开个修车铺有啥子扶持"):
        assert all(len(line) <= 60 for line in guifang.says(question)[0].splitlines())


def test_what_the_own_city_has_no_clause_for_goes_to_a_person_with_the_question(
    city: City, guifang: Person
) -> None:
    heard = guifang.says("去广东的车票钱公家给报不")
    assert "德阳" in heard[0]
    assert "没有写" in heard[0]
    assert "按票价" not in "".join(heard)
    assert "周干部" in heard[-1]
    (case,) = cases(city)
    assert case.matters == [Matter.QUESTION]
    assert "车票" in (case.words or "")


def test_an_amount_that_no_clause_says_is_asked_of_a_person(city: City, guifang: Person) -> None:
    heard = guifang.says("培训的生活补贴一天到底好多钱")
    assert "没有写" in heard[0]
    assert "周干部" in heard[-1]
    assert len(cases(city)) == 1


def test_a_question_in_between_leaves_the_open_question_open(guifang: Person) -> None:
    guifang.says("找活")
    heard = guifang.says("公益岗一般安排给哪些人")
    assert "优先安置" in heard[0]
    assert heard[-1] == "现在没得合适的活。有合适的就告诉你？"
    assert "给谁：" in guifang.taps("看全文")[0]
    assert guifang.taps("要") == ["要得，2月21日前有合适的就告诉你。30天没用，先问你再删。"]


def test_the_whole_card_can_be_read_and_passed_on(guifang: Person) -> None:
    guifang.says("公益岗一般安排给哪些人")
    (said,) = guifang.taps("看全文")
    assert "给谁：" in said
    assert "不管：" in said
    link = guifang.heard_bodies[-1].link
    assert link is not None
    assert "/policies/DY-" in link


def test_topics_can_be_chosen_by_number(guifang: Person) -> None:
    guifang.says("/政策")
    (said,) = guifang.says("1")
    assert "2021年" in said


def test_without_a_review_nobody_may_be_called_likely_entitled(guifang: Person) -> None:
    said = "".join(guifang.says("公益岗一般安排给哪些人"))
    assert "可能符合" not in said


def test_a_question_that_nobody_understands_is_handed_over_not_guessed(
    city: City, guifang: Person
) -> None:
    heard = guifang.says("生育津贴怎么个领法")
    assert "周干部" in heard[-1]
    assert len(cases(city)) == 1
    guifang.says("今年种粮补贴一亩地发几多")
    assert len(cases(city)) == 1  # one person, one open case, both questions in it
    events = city.run(lambda uow: uow.session.query(CaseEvent).count())
    assert events >= 1


def test_two_wishes_are_both_served(guifang: Person) -> None:
    heard = "".join(guifang.says("我想找活,再问一下公益岗安排给哪些人"))
    assert "优先安置" in heard


@pytest.mark.parametrize("action", [CARD, FULL])
def test_a_button_of_another_citys_card_leads_to_the_own_citys(
    guifang: Person, action: str
) -> None:
    heard = "".join(guifang.presses(action_data(action, "CQ-PENSIONPAY-2016")))
    assert "295号" not in heard
    assert "16-59周岁" in heard


def test_what_the_own_city_has_no_clause_for_stays_silent_behind_a_button(
    guifang: Person,
) -> None:
    heard = "".join(guifang.presses(action_data(CARD, "CQ-TRANSPORT-2016")))
    assert "按票价" not in heard
    assert "这一条现在没有了" in heard
