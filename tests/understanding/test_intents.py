"""What a message wants, a second wish besides, and how sure that is."""

from __future__ import annotations

import pytest

from bot.understanding import Context, TextReader
from bot.understanding.values import Intent


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("厂子垮了,给我在中江找个保安的活", "report_unemployed", "find_job"),
        ("被炒了 想学个技术", "report_unemployed", "training"),
        ("老板跑了 工钱没给 我想另外找个厂", "complain_wages", "find_job"),
        ("报名第二个,再问下养老保险要交好多", "policy_question", "apply"),
    ],
)
def test_a_second_wish_is_heard_beside_the_first(
    reader: TextReader, text: str, first: Intent, second: Intent
) -> None:
    reading = reader.read_worker_text(text)

    assert {reading.intent, reading.also} == {first, second}


@pytest.mark.parametrize(
    "text",
    [
        "你好,想找个洗碗的",
        "想找保安,三千五,包吃住",
        "焊工,什邡,六千,包住",
        "把我的资料全部删了,一样都莫留",
        "今天没上班哈,厂头停电放两天,后天照常",
    ],
)
def test_one_wish_in_several_clauses_stays_one(reader: TextReader, text: str) -> None:
    assert reader.read_worker_text(text).also is None


@pytest.mark.parametrize("text", ["TD", "td", "T", " TD 。", "退订"])
def test_the_word_that_stops_messages_stops_them_whatever_was_asked(
    reader: TextReader, text: str
) -> None:
    context = Context(question="check_in.status", options=((1, "在"), (2, "没做了")))

    assert reader.read_worker_text(text, context).intent == "unsubscribe"


@pytest.mark.parametrize("text", ["👌", "🙂🌹", "asdf", "?!", "123456789"])
def test_signs_without_words_want_nothing(reader: TextReader, text: str) -> None:
    assert reader.read_worker_text(text).intent == "other"


def test_a_story_without_any_word_of_the_rules_is_not_sure_enough_to_break_off_a_question(
    reader: TextReader,
) -> None:
    reading = reader.read_worker_text("帮我妈录个名字 52岁 煮饭扫地都会")

    assert reading.intent == "register"
    assert reading.confidence < 0.8


def test_an_answer_to_a_fact_belongs_to_what_the_person_is_doing(reader: TextReader) -> None:
    age = "五十一"

    register = reader.read_worker_text(age, Context(question="register.age"))
    change = reader.read_worker_text(age, Context(question="change.age"))

    assert register.intent == "register"
    assert change.intent == "update_profile"
    assert register.age == change.age == 51


def test_a_grievance_inside_an_answer_is_heard(reader: TextReader) -> None:
    context = Context(question="register.age")

    assert reader.read_worker_text("老板欠我三个月工钱不给", context).intent == "complain_wages"


@pytest.mark.parametrize(
    "text",
    [
        "想学电工,上个厂工资一直没给",
        "押金不退,培训好久开班",
        "电话改成13900001111,押金不退",
        "手遭机器压断了,想学叉车",
        "工资没给,找个保安,退订",
        "给我找个洗碗的,上家老板欠我两个月工钱",
    ],
)
def test_a_grievance_is_heard_whatever_else_is_wanted(reader: TextReader, text: str) -> None:
    assert reader.read_worker_text(text).intent == "complain_wages"


@pytest.mark.parametrize("text", ["烦死了,厂都倒闭了", "工作没得了,家里烦死了"])
def test_a_sigh_beside_a_lost_job_stops_no_messages(reader: TextReader, text: str) -> None:
    reading = reader.read_worker_text(text)

    assert reading.intent == "report_unemployed"
    assert reading.also is None
