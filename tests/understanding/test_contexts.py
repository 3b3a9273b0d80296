"""What the bot's last message asked and offered, from its words alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import TextReader, read_context
from bot.understanding.option_lists import read_options


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("回复数字:1 找工作 2 登记 3 问政策 0 找真人", "menu.choice"),
        ("①岗位 ②课程 ③投诉欠薪 ④惠民政策", "menu.choice"),
        ("您还在原来的厂上班吗?", "check_in.status"),
        ("近况:\n一 还在原来地方\n二 换地方了\n三 待业", "check_in.status"),
        ("登记第3步:您今年多大?", "register.age"),
        ("帮您找活,先问一句:想去哪里上班?", "search.place"),
        ("一个月最少要多少钱?", "search.wage"),
        ("现在登记的地点是西安,您要换成哪里?", "change.place"),
        ("您要改哪一项?1 电话 2 工资 3 年龄", "change.choice"),
        ("找到2个岗位:1 包装工 4500元 什邡;2 保安 3200元 德阳", "offers.choice"),
        ("近期免费课程:1 面点 15天 2 养老护理 20天。想学哪个回数字。", "course.choice"),
        ("确定要删除您的全部资料吗?1确定 2不删", "delete.confirm"),
        ("还要继续每周收岗位提醒吗?继续回1,不用回2", "subscription.choice"),
        ("您可以发语音给我。", None),
        ("", None),
        (None, None),
    ],
)
def test_a_message_tells_what_it_asked(message: str | None, question: str | None) -> None:
    assert read_context(message).question == question


@pytest.mark.parametrize(
    ("message", "options"),
    [
        ("1. 在\n2. 换了\n3. 没做了", ((1, "在"), (2, "换了"), (3, "没做了"))),
        ("①在 ②换了", ((1, "在"), (2, "换了"))),
        ("[1]本县 [2]省内", ((1, "本县"), (2, "省内"))),
        ("壹、原单位\n贰、换单位", ((1, "原单位"), (2, "换单位"))),
        ("1⃣ 洗碗工 3000 2⃣ 服务员", ((1, "洗碗工 3000"), (2, "服务员"))),
        ("A在岗 B请假 C离职", ((1, "在岗"), (2, "请假"), (3, "离职"))),
        ("还在厂里请回Y,离开了请回N", ((1, "还在厂里"), (2, "离开了"))),
        ("同意回1,不同意回2", ((1, "同意"), (2, "不同意"))),
        ("工资4500元,8月30日前有效", ()),
        ("请回1", ()),
    ],
)
def test_choices_are_read_however_they_are_numbered(
    message: str, options: tuple[tuple[int, str], ...]
) -> None:
    assert read_options(message.lower()) == options


@pytest.mark.parametrize(
    ("asked", "typed", "intent"),
    [
        ("①岗位 ②课程 ③投诉欠薪 ④惠民政策", "④", "policy_question"),
        ("①岗位 ②课程 ③投诉欠薪 ④惠民政策", "3", "complain_wages"),
        ("状态?A在岗 B请假 C离职", "C", "report_unemployed"),
        ("状态?A在岗 B请假 C离职", "b", "checkin_reply"),
        ("还在厂里请回Y,离开了请回N", "N", "report_unemployed"),
        ("壹、原单位\n贰、换单位\n叁、没有工作", "叁", "report_unemployed"),
        ("您离开那家厂了没有?没离回1,离了回2", "2", "report_unemployed"),
        ("确定要删除您的全部资料吗?1确定 2不删", "1", "delete_my_data"),
        ("确定要删除您的全部资料吗?1确定 2不删", "2", "other"),
        ("还要继续每周收岗位提醒吗?继续回1,不用回2", "2", "unsubscribe"),
        ("找到2个岗位:1 包装工 4500元;2 保安 3200元", "回复2", "apply"),
        ("找到2个岗位:1 包装工 4500元;2 保安 3200元", "7", "other"),
        ("找到2个岗位:1 包装工 4500元;2 保安 3200元", "0", "talk_to_human"),
        ("还在上班吗?1在 2没有 3工资没发够", "3", "complain_wages"),
    ],
)
def test_a_choice_means_what_was_offered(
    reader: TextReader, asked: str, typed: str, intent: str
) -> None:
    assert reader.read_worker_text(typed, read_context(asked)).intent == intent


@given(st.text(max_size=120))
def test_no_message_of_the_bot_makes_reading_it_fail(message: str) -> None:
    context = read_context(message)

    assert len(context.options) != 1
