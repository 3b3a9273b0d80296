"""Which clause answers, in whose city, and what goes to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding.policy_questions import PolicyQuestions, Reason
from content.catalogue import Catalogue
from content.policies.library import PolicyLibrary
from tests.understanding.policy_questions.labelled import ON, Find


def test_a_question_in_dialect_finds_its_clause(find: Find) -> None:
    found = find("屋头娃儿读技师学院,雨露计划一年给好多", "CQ")
    assert found.mechanisms == ("P-YULU",)
    assert [card.jurisdiction for card in found.cards] == ["CQ"]
    assert not found.handoff


def test_slips_of_the_keyboard_are_understood(find: Find) -> None:
    assert find("以公代赈做工给不给钱", "DY").mechanisms == ("P-WORKRELIEF",)
    assert find("雨路计划补帖给好多", "CQ").mechanisms == ("P-YULU",)


@pytest.mark.parametrize(
    ("text", "city", "mechanism"),
    [
        ("出去打工的车票报不报", "DY", "P-TRANSPORT"),
        ("雨露计划给好多", "DY", "P-YULU"),
        ("以工代赈给工钱不", "CQ", "P-WORKRELIEF"),
        ("易地搬迁户没人上班咋办", "CQ", "P-RELOC"),
    ],
)
def test_the_clause_of_another_city_never_answers(
    find: Find, text: str, city: str, mechanism: str
) -> None:
    found = find(text, city)
    assert (found.mechanisms, found.cards, found.handoff) == ((), (), True)
    assert (found.reason, found.topic) == (Reason.OTHER_CITY, mechanism)


def test_a_clause_of_the_own_city_that_has_not_begun_is_no_rule_of_another_place(
    questions: PolicyQuestions,
) -> None:
    found = questions.find("坐火车打工车票报不报", "CQ", date(2015, 5, 1))
    assert (found.mechanisms, found.handoff) == ((), True)
    assert found.reason is Reason.NOT_IN_FORCE


def test_without_a_city_only_what_each_city_says_is_answered(find: Find) -> None:
    found = find("公益岗先安排哪些人", None)
    assert found.mechanisms == ("P-PWJ",)
    assert {card.jurisdiction for card in found.cards} == {"CQ", "DY"}


def test_without_a_city_what_one_city_says_depends_on_the_city(find: Find) -> None:
    found = find("雨露计划一年给好多", None)
    assert (found.mechanisms, found.handoff) == ((), True)
    assert found.reason is Reason.CITY_UNKNOWN


def test_an_amount_that_the_clause_leaves_out_goes_to_a_person(find: Find) -> None:
    found = find("培训生活费一天几块钱", "DY")
    assert found.mechanisms == ("P-TRAINALLOW",)
    assert (found.handoff, found.reason) == (True, Reason.LEFT_OUT)


def test_an_amount_that_the_clause_says_is_answered(find: Find) -> None:
    assert find("雨露计划一年多少钱", "CQ").reason is Reason.ANSWERED


def test_the_pay_of_a_public_post_is_asked_under_placement_where_no_clause_is_on_duty(
    find: Find,
) -> None:
    found = find("公益岗工资一个月多少钱", "CQ")
    assert (found.mechanisms, found.reason) == (("P-PWJ",), Reason.LEFT_OUT)


@pytest.mark.parametrize("text", ["我家是不是建档立卡户", "查一下我还在不在名单里"])
def test_whether_one_is_on_the_list_is_never_said_in_a_chat(find: Find, text: str) -> None:
    for city in ("CQ", "DY"):
        found = find(text, city)
        assert found.mechanisms == ("P-REG",)
        assert (found.handoff, found.reason) == (True, Reason.VERIFY)


def test_what_the_clause_leaves_to_a_check_goes_to_a_person(find: Find) -> None:
    found = find("脱贫几年了,养老保险还代缴不", "DY")
    assert found.mechanisms == ("P-PENSIONPAY",)
    assert (found.handoff, found.reason) == (True, Reason.VERIFY)


def test_a_grievance_goes_to_a_person_with_the_clause(find: Find) -> None:
    found = find("老板拖欠工资半年了", "DY")
    assert found.mechanisms == ("P-STABLE",)
    assert (found.handoff, found.reason) == (True, Reason.GRIEVANCE)


def test_a_grievance_without_a_clause_goes_to_a_person(find: Find) -> None:
    found = find("老板拖欠工资半年了", "CQ")
    assert (found.mechanisms, found.handoff, found.reason) == ((), True, Reason.GRIEVANCE)


@pytest.mark.parametrize(
    "text", ["失业保险金领几个月", "公租房咋申请", "种粮补贴一亩好多", "社保卡掉了去哪补"]
)
def test_other_topics_are_refused(find: Find, text: str) -> None:
    for city in ("CQ", "DY", None):
        found = find(text, city)
        assert (found.mechanisms, found.handoff, found.reason) == ((), True, Reason.NO_CLAUSE)


def test_what_the_document_mentions_and_others_deal_with_names_its_item(find: Find) -> None:
    assert find("乡镇工作补贴一个月好多", "CQ").item == "11"
    assert find("扶贫先进个人咋评", "CQ").item == "13"
    assert find("专家服务站咋申请", "DY").item == "二(三)"
    assert find("扶贫先进个人咋评", "DY").item is None


def test_before_its_first_day_a_card_answers_nothing(questions: PolicyQuestions) -> None:
    found = questions.find("雨露计划给好多", "CQ", date(2016, 12, 27))
    assert (found.mechanisms, found.handoff) == ((), True)


def test_what_a_person_denies_is_not_asked_about(questions: PolicyQuestions) -> None:
    denied = questions.find("我不想创业,失业了想找个活路", "DY", ON)
    assert denied.mechanisms == ("P-REEMP",)


def test_a_bureaus_own_mechanism_is_found_by_its_card_alone(catalogue: Catalogue) -> None:
    own = catalogue.policies
    card = replace(
        own.cards()[0],
        id="CQ-NIGHT-2026",
        mechanism="P-NIGHT",
        jurisdiction="CQ",
        title="夜校的学费，局里补一半",
        chat=("上夜校的学费补一半。",),
    )
    library = PolicyLibrary(
        [*own.cards(), card],
        own.documents,
        jurisdictions=own.jurisdictions,
        mechanisms={**own.mechanisms, "P-NIGHT": "夜校学费"},
    )
    questions = PolicyQuestions(library, catalogue.question_words)
    assert questions.find("上夜校的学费补不补", "CQ", ON).mechanisms == ("P-NIGHT",)
    assert questions.find("上夜校的学费补不补", "DY", ON).mechanisms == ()
    assert questions.find("车票给不给报", "CQ", ON).mechanisms == ("P-TRANSPORT",)


@pytest.mark.parametrize("text", ["", "   ", "？？？", "😀😀", "asdf", "1", "的" * 100_000])
def test_what_says_nothing_is_refused(find: Find, text: str) -> None:
    found = find(text, "CQ")
    assert (found.mechanisms, found.handoff, found.reason) == ((), True, Reason.NOT_UNDERSTOOD)
