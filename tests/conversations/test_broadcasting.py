"""An officer composes, previews, sends, stops and reads a broadcast, in the chat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import FixedClock
from bot.services.broadcasts import broadcasts
from content.catalogue import Catalogue
from storage.database import Database
from storage.states import WorkerStatus
from tests.benchmarks.telegram_town import Town
from tests.broadcast_world import GUANGHAN, NANHUA, WideCity, composed

NEWS = "{姓}师傅，{县}{镇}周六上午十点有招聘会，带身份证。"
SEWERS = "中江 缝纫 找活的"


@pytest.fixture
def city(database: Database, catalogue: Catalogue, clock: FixedClock) -> WideCity:
    return WideCity(database, catalogue, clock)


def test_a_vacancy_goes_out_from_one_line(city: WideCity) -> None:
    city.reader()
    number = f"V-{city.vacancy().number:04d}"
    heard = city.boss.says(f"/broadcast {number} {SEWERS}")
    assert "一共1人：发1人，不发0人。" in heard[-1]
    assert "中江 · 缝纫工 · 找活的" in heard[-1]
    assert "4000—5500元" in heard[0]
    assert (
        city.boss.taps("发给1人") == ["B-0001开始发了。"] or "B-0001开始发了。" in city.boss.heard
    )
    city.tick()
    (row,) = city.messages()
    assert row.kind == "vacancy"
    assert row.subject_id is not None


def test_a_vacancy_is_chosen_from_the_open_ones(city: WideCity) -> None:
    city.reader()
    city.vacancy()
    city.boss.says("/broadcast")
    heard = city.boss.taps("发一条招工")
    assert "V-0001 4000—5500元" in heard[-1]
    assert "发给谁" in city.boss.taps("V-0001")[-1]
    assert "发1人" in city.boss.says(SEWERS)[-1]


def test_what_one_line_does_not_say_is_asked_for(city: WideCity) -> None:
    city.reader()
    assert "哪些人" in composed(city.boss, "中江 平车", words=NEWS)[-1]
    assert "中江 · 缝纫工 · 找活的" in city.boss.says("找活的")[-1]


def test_place_trade_and_standing_are_asked_one_by_one(city: WideCity) -> None:
    city.reader(home=NANHUA)
    city.boss.says("/broadcast")
    city.boss.taps("发一段话")
    city.boss.says(NEWS)
    assert "哪里的人" in city.boss.taps("一样一样问")[-1]
    assert "做哪行" in city.boss.says("中江南华镇")[-1]
    assert "哪些人" in city.boss.taps("所有工种")[-1]
    assert "南华镇 · 所有工种 · 全部" in city.boss.taps("全部")[-1]


def test_everybody_in_scope_is_one_word(city: WideCity) -> None:
    city.reader(home=GUANGHAN, trades=())
    city.reader(home=None, status=WorkerStatus.EMPLOYED)
    assert "德阳 · 所有工种 · 全部\n一共2人：发2人" in composed(city.boss, "全部", words=NEWS)[-1]


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("成都 缝纫 找活的", "“成都”不归你管。"),
        ("中江 飞天术 找活的", "没看懂“飞天术”。写地方、工种，或找活、在岗、没活、全部。"),
    ],
)
def test_a_line_that_cannot_be_read_names_the_word(city: WideCity, line: str, refusal: str) -> None:
    assert composed(city.boss, line, words=NEWS)[-1] == refusal
    city.reader()
    assert "发1人" in city.boss.says(SEWERS)[-1]


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (
            "{名字}你好，周六有招聘会。",
            "没有{名字}这个空。能用的是：{姓} {县} {镇} {手艺} {干部} {局} {电话}。",
        ),
        ("{姓师傅，周六有招聘会。", "花括号没有配成对。"),
        ("看这里 https://evil.example/x 有好活", "不能放别处的链接：https://evil.example/x。"),
        ("加我 t.me/abcd 进群", "不能放别处的链接：t.me/abcd。"),
        ("字" * 301, "写了301字，最多300字。删短一点再发。"),
    ],
)
def test_words_that_cannot_be_sent_are_refused_exactly(
    city: WideCity, words: str, refusal: str
) -> None:
    city.boss.says("/broadcast")
    city.boss.taps("发一段话")
    assert city.boss.says(words) == [refusal]
    assert "发给谁" in city.boss.says("周六招聘会 https://wengong.test/chat")[-1]


def test_words_that_read_as_fraud_are_shown_before_anything_is_sent(city: WideCity) -> None:
    city.reader()
    city.boss.says("/broadcast")
    city.boss.taps("发一段话")
    heard = city.boss.says("出国高薪刷单，先交200元报名费。")
    assert "先交200元报名费" in heard[-1]
    city.boss.taps("我负责")
    assert "注意，这些话看着违法" in city.boss.says(SEWERS)[-1]


def test_the_preview_closes_and_says_why_each_is_left_out(city: WideCity) -> None:
    city.reader()
    city.reader("sms", has_phone=True, name="王大富")
    city.reader(None, phone="0838-7202456")
    city.reader(None)
    city.reader(paused_until=city.clock.today() + timedelta(days=5))
    gone = city.reader()
    city.change_address(gone, unsubscribed_at=city.clock.now())
    heard = composed(city.boss, SEWERS, words=NEWS)
    assert "一共6人：发3人，不发3人。" in heard[-1]
    for reason in ("先不找了1", "退订了1", "没有联系办法1"):
        assert reason in heard[-1]
    assert "怎么到：Telegram1、短信1、电话1。" in heard[-1]
    assert "现在就发，大约1分钟发完。" in heard[-1]


def test_three_real_messages_are_shown_as_they_will_be_read(city: WideCity) -> None:
    city.reader(name="陈桂芳", home=NANHUA)
    city.reader("sms", has_phone=True, name="欧阳小红")
    city.reader("web", name="李四")
    heard = composed(city.boss, SEWERS, words=NEWS)
    assert len(heard) == 4
    assert (
        heard[0]
        == "【样子】陈*芳 南华镇（Telegram）\n陈师傅，中江南华镇周六上午十点有招聘会，带身份证。"
    )
    assert heard[1] == "【样子】李* 中江（网页）\n李师傅，中江周六上午十点有招聘会，带身份证。"
    assert "欧*红" in heard[2]
    assert "欧阳师傅" in heard[2]
    assert f"{city.deployment.public_url}/r/" in heard[2]


def test_at_night_it_says_when_it_begins(city: WideCity) -> None:
    city.reader()
    city.clock.advance(timedelta(hours=13))
    assert "现在是晚上，明天8点开始发" in composed(city.boss, SEWERS, words=NEWS)[-1]
    city.boss.taps("发给1人")
    city.tick()
    (row,) = city.messages()
    assert row.not_before.astimezone(city.clock.timezone).hour == 8


def test_a_change_comes_back_to_the_preview(city: WideCity) -> None:
    city.reader(trades=("电工",))
    assert "发0人" in composed(city.boss, "广汉 电工 找活的", words=NEWS)[-1]
    assert city.boss.buttons() == ["改一改", "不发"]
    city.boss.taps("改一改")
    city.boss.taps("改地方")
    assert "中江 · 电工 · 找活的\n一共1人：发1人" in city.boss.says("中江")[-1]


def test_a_draft_that_was_left_is_gone_on_with(city: WideCity) -> None:
    city.reader()
    composed(city.boss, SEWERS, words=NEWS)
    city.boss.says("菜单")
    city.boss.says("/broadcast")
    assert "发1人" in city.boss.taps("接着弄B-0001")[-1]


def test_a_draft_that_is_dropped_is_never_sent(city: WideCity) -> None:
    city.reader()
    composed(city.boss, SEWERS, words=NEWS)
    assert city.boss.taps("不发") == ["B-0001不发了。"]
    city.tick()
    assert city.messages() == []
    assert city.boss.says("/broadcast list") == ["还没有群发过。"]


def test_tapping_send_twice_sends_once(city: WideCity) -> None:
    city.reader()
    composed(city.boss, SEWERS, words=NEWS)
    city.boss.taps("发给1人")
    send = next(
        option.data
        for body in reversed(city.boss.heard_bodies)
        for option in body.options
        if "发给1人" in option.label
    )
    assert city.boss.presses(send) == ["已经办了，不用再点。"]
    city.tick()
    city.tick()
    assert len(city.messages()) == 1


def test_two_officers_send_at_once_without_mixing(city: WideCity) -> None:
    other = city.officer("李芳", scope="510681")
    city.reader()
    city.reader(home=GUANGHAN)
    composed(city.boss, SEWERS, words=NEWS)
    composed(other, "广汉 缝纫 找活的", words="广汉周日有培训。")
    city.boss.taps("发给1人")
    other.taps("发给1人")
    city.tick()
    (first,), (second,) = city.messages(1), city.messages(2)
    assert first.worker_id != second.worker_id
    assert other.says("/broadcast B-0001")[-1] == "没有这一条群发。"


def test_many_people_are_counted_beside_the_conversation(city: WideCity) -> None:
    Town(city.database, city.clock.now()).settle(broadcasts.MOST_AT_ONCE + 1)
    heard = composed(city.boss, SEWERS, words=NEWS)
    assert heard[-1] == "B-0001的人多，正在数，几秒钟后给你看。"
    assert "没看懂" not in city.boss.heard
    city.tick()
    heard = city.boss.listens()
    assert len(heard) == 4
    assert "一共2001人：发2001人，不发0人。" in heard[-1]
    assert "B-0001开始发了。" in city.boss.taps("发给2001人")
    city.pass_time(seconds=5)
    assert len(city.messages()) == broadcasts.MOST_AT_ONCE + 1


def test_only_officers_send(city: WideCity) -> None:
    stranger = city.person("stranger")
    stranger.says("/broadcast")
    assert "群发什么" not in stranger.heard
