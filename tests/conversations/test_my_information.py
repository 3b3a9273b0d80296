"""See, change, carry away, pause, stop and delete what is stored."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.conversations.worker.my_information import LONGEST_BUBBLE
from bot.services.people import privacy
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.worker_world import (
    address_of,
    count,
    everything_stored,
    registered,
    workers_of,
)


def test_my_information_shows_what_is_known_in_plain_lines(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    heard = "\n".join(person.says("我的信息"))
    for known in (
        "陈桂芳",
        "13900001234",
        "1974年生",
        "中江南华镇",
        "缝纫工",
        "就在中江",
        "4000元以上",
    ):
        assert known in heard


def test_a_stranger_sees_that_nothing_is_kept(city: City) -> None:
    person = city.person("stranger")
    person.says("你好")
    assert "还啥都没记。" in person.says("我的信息")


def test_me_is_a_command_too(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    assert "陈桂芳" in "\n".join(person.says("/me"))


def test_anything_shown_can_be_changed(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    person.says("我的信息")
    person.taps("改")
    person.taps("工资")
    assert "5000" in "\n".join(person.says("5000"))
    assert workers_of(person)[0].wage_min == 5000


def test_an_export_arrives_whole_in_bubbles_of_bearable_length(city: City) -> None:
    person = city.person("guifang")
    worker = registered(person)

    def write_much(uow: UnitOfWork) -> None:
        uow.workers.need(worker.id).name = "陈" * 4000

    city.run(write_much)
    bubbles = person.says("导出我的资料")[1:]
    assert len(bubbles) > 1
    assert max(map(len, bubbles)) <= LONGEST_BUBBLE

    def stored(uow: UnitOfWork) -> str:
        found = uow.workers.need(worker.id)
        return privacy.export(uow, address_of(uow, person), found)

    assert "".join(bubbles) == city.run(stored)
    assert json.loads("".join(bubbles))["worker"][0]["name"] == "陈" * 4000


def test_pushes_pause_for_a_week_and_can_be_resumed(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    person.says("暂停")
    assert "停到11月30日" in "\n".join(person.taps("7天"))
    assert workers_of(person)[0].paused_until == city.clock.today() + timedelta(days=7)
    person.says("接着发")
    assert workers_of(person)[0].paused_until is None


def test_unsubscribing_is_instant_and_repeating_it_is_harmless(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    heard = person.says("退订")
    assert len(heard) == 1
    assert person.row().unsubscribed_at == city.clock.now()
    assert person.says("退订") == ["已经不发了。"]


def test_answers_go_on_after_unsubscribing(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    person.says("莫发了")
    assert "陈桂芳" in "\n".join(person.says("我的信息"))


def test_whoever_looks_for_work_again_is_asked_once_about_pushes(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    person.says("退订")
    assert person.says("找活") == ["以后有新活，还发给你不？"]
    person.says("2")
    assert person.row().unsubscribed_at is not None
    assert "以后有新活，还发给你不？" not in person.says("找活")


def test_a_yes_brings_the_pushes_back_and_the_search_goes_on(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    person.says("退订")
    person.says("找活")
    heard = person.says("要得")
    assert heard
    assert person.row().unsubscribed_at is None


def test_deleting_is_confirmed_once_and_then_done(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    assert person.says("把我的资料删了") == ["删了找不回来，报的名也撤了。真的删？"]
    person.taps("删掉")
    assert person.heard_bodies[-1].link == "#erased"
    assert count(city, "worker") == 0
    stored = everything_stored(city)
    assert not [word for word in ("陈桂芳", "13900001234", "缝纫工") if word in stored]


def test_deleting_can_be_thought_over(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    person.says("把我的资料删了")
    assert person.says("2") == ["好，没删。"]
    assert count(city, "worker") == 1


def test_whoever_was_deleted_is_met_as_a_stranger(city: City) -> None:
    person = city.person("guifang")
    registered(person)
    person.says("把我的资料删了")
    person.says("1")
    assert "不收钱" in person.says("你好")[0]


def test_a_draft_is_deleted_too(city: City) -> None:
    person = city.person("passer-by")
    person.says("踩平车 只在中江 要四千")
    person.says("删掉我的信息")
    person.says("1")
    assert person.row().memory in (None, {})
    assert "缝纫工" not in everything_stored(city)
