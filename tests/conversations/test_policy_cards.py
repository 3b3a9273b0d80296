"""Officers read the cards of their city, review them, and release what they read themselves."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app.published_policies import published_policies
from bot.clock import FixedClock
from bot.conversations.officer.policy_cards import UNDO
from bot.services.policies import reviewing
from bot.services.sending.deliveries import action_data
from content.catalogue import Catalogue
from content.policies.cards import PolicyCard, ReviewStatus
from storage.database import Database
from storage.models import CardReview
from storage.states import Role
from tests.chat import City, Person
from tests.officer_world import audited
from tests.services.policies.policy_world import SHIZHU, SHIZHU_BUREAU

OLD, NEW = "CQ-TRANSPORT-2016", "CQ-TRANSPORT-2022"
NEEDS_ALL = "这是全局的，要管全局的干部来定。"


@pytest.fixture
def shizhu(database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    return City(database, catalogue, clock, settings=SHIZHU_BUREAU)


@pytest.fixture
def officer(shizhu: City) -> Person:
    return shizhu.officer("周明", scope=SHIZHU)


def card_of(city: City, card_id: str = OLD) -> PolicyCard:
    card = city.deployment.catalogue.policies.card(card_id)
    assert card is not None
    return city.run(lambda uow: reviewing.reviewed_cards(uow, city.deployment, (card,)))[0].card


def is_released(city: City) -> bool:
    return NEW in city.run(lambda uow: reviewing.released(uow, city.deployment))


def test_the_cards_of_the_citys_own_documents_are_listed_by_status(
    shizhu: City, officer: Person
) -> None:
    (heard,) = officer.says("/cards")
    count = sum(it.jurisdiction == "CQ" for it in shizhu.deployment.catalogue.policies.cards())
    assert heard == f"本市的政策卡共{count}张，看哪些？"
    assert officer.buttons() == [f"待核{count}张", "等着放出来的新规定（1）", "算了"]
    (page,) = officer.taps("待核")
    assert page.startswith(f"待核的共{count}张：\n1. ")
    assert len(page.splitlines()) == 7
    titles = officer.buttons()[:6]
    officer.taps("下一页")
    assert not set(titles) & set(officer.buttons()[:6])


def test_one_card_is_read_whole_with_its_source(shizhu: City, officer: Person) -> None:
    (heard,) = officer.says(f"/政策卡 {OLD}")
    card = card_of(shizhu)
    assert [part for part in (card.title, *card.full(), *card.chat) if part not in heard] == []
    assert "状态：待核，还没人照文件核对。" in heard
    assert "渝人社发〔2016〕295号" in heard
    assert "原文在。" in heard
    assert "条款：3（读过原文）。2016-12-28起，到没写。" in heard
    assert officer.buttons() == ["标有效", "标历史", "等着放出来的新规定（1）", "算了"]


def test_a_review_is_asked_once_more_written_down_and_can_be_undone(
    shizhu: City, officer: Person
) -> None:
    officer.says(f"/cards {OLD}")
    (asked,) = officer.taps("标有效")
    assert asked.endswith("照文件核对过没有？")
    assert card_of(shizhu).status is ReviewStatus.UNREVIEWED
    assert officer.taps("我照文件核对过") == ["“跨区县、跨省打工，报一次车票”标成有效了。"]
    assert card_of(shizhu).status is ReviewStatus.VALID
    assert "状态：有效，周明2026-11-23核的。" in officer.says(f"/cards {OLD}")[0]
    assert "撤回了" in officer.taps("撤回")[0]
    assert card_of(shizhu).status is ReviewStatus.UNREVIEWED
    assert officer.taps("撤回") == ["这个按过了，或者过时了。"]
    assert audited(shizhu, "card_valid") == audited(shizhu, "card_unreviewed") == 1


def test_saying_no_changes_nothing(shizhu: City, officer: Person) -> None:
    officer.says(f"/cards {OLD}")
    officer.taps("标历史")
    officer.taps("不改")
    assert card_of(shizhu).status is ReviewStatus.UNREVIEWED


def test_the_undo_of_a_second_review_brings_the_first_back(shizhu: City, officer: Person) -> None:
    for status, yes in (("标有效", "我照文件核对过"), ("标历史", "标历史")):
        officer.says(f"/cards {OLD}")
        officer.taps(status)
        officer.taps(yes)
    assert card_of(shizhu).status is ReviewStatus.HISTORIC
    assert officer.taps("撤回") == ["撤回了，“跨区县、跨省打工，报一次车票”现在是有效。"]
    assert card_of(shizhu).status is ReviewStatus.VALID


def test_a_review_of_other_words_is_shown_as_outdated(shizhu: City, officer: Person) -> None:
    person = officer.as_officer()
    reworded = replace(card_of(shizhu), who="别的话")
    shizhu.run(
        lambda uow: reviewing.review(uow, shizhu.deployment, person, reworded, ReviewStatus.VALID)
    )
    assert "其中1张核过以后字又改了，要重看" in officer.says("/cards")[0]
    (heard,) = officer.says(f"/cards {OLD}")
    assert "状态：待核。周明2026-11-23核成有效，后来字改了，要照新的再核。" in heard
    assert officer.buttons()[:3] == ["标待核", "标有效", "标历史"]


def test_the_new_rule_stands_beside_the_old_one_with_what_differs(
    shizhu: City, officer: Person
) -> None:
    officer.says("/cards")
    officer.taps("等着放出来")
    (heard,) = officer.taps(NEW)
    assert heard.startswith(f"{NEW}，2022-01-01起【只见摘录】【没放出来】\n旧的：")
    for card in (card_of(shizhu), card_of(shizhu, NEW)):
        assert [part for part in (card.who, card.how_much) if part not in heard] == []
    lines = heard.splitlines()
    assert "只有旧的要问：这笔路费您以前领过吗？" in lines
    assert any("坐的哪种车" in line for line in lines if line.startswith("两个都要问："))
    (only_new,) = [line for line in lines if line.startswith("只有新的要问：")]
    assert "您现在身体能干活吗？" in only_new
    assert "今年您领过这笔路费吗？" in only_new


def test_a_rule_is_released_after_its_text_was_read_and_can_be_withdrawn(
    shizhu: City, officer: Person
) -> None:
    officer.says("/cards")
    officer.taps("等着放出来")
    officer.taps(NEW)
    (asked,) = officer.taps("放出来")
    assert asked.endswith("原文核对过没有？")
    assert not is_released(shizhu)
    assert officer.taps("我核对过原文") == [f"放出来了，2022-01-01起的事照{NEW}答。"]
    assert is_released(shizhu)
    assert officer.taps("撤回") == [f"{NEW}收回了，照旧的规定答。"]
    assert not is_released(shizhu)
    officer.taps("撤回")
    assert is_released(shizhu)
    officer.says("/cards")
    officer.taps("等着放出来")
    assert "【周明2026-11-23放出来的】" in officer.heard
    officer.taps(NEW)
    officer.taps("收回")
    officer.taps("收回")
    assert not is_released(shizhu)
    assert audited(shizhu, "rule_released") == audited(shizhu, "rule_withdrawn") == 2


def test_the_public_pages_show_what_officers_decided(shizhu: City, officer: Person) -> None:
    pages = published_policies(shizhu.database, shizhu.deployment)
    person, rule = officer.as_officer(), shizhu.deployment.catalogue.benefits.rule(NEW)
    assert rule is not None

    async def seen() -> tuple[bool, ReviewStatus]:
        released, reviewed = await pages.released(), await pages.reviewed()
        return NEW in released, reviewed[OLD].status

    assert asyncio.run(seen()) == (False, ReviewStatus.UNREVIEWED)
    shizhu.run(lambda uow: reviewing.release(uow, shizhu.deployment, person, rule))
    card = card_of(shizhu)
    shizhu.run(
        lambda uow: reviewing.review(uow, shizhu.deployment, person, card, ReviewStatus.VALID)
    )
    assert asyncio.run(seen()) == (True, ReviewStatus.VALID)


def test_an_officer_of_a_town_reads_but_decides_nothing(shizhu: City, officer: Person) -> None:
    town = shizhu.officer("李强", scope=f"{SHIZHU}101")
    town.says(f"/cards {OLD}")
    assert town.buttons() == ["等着放出来的新规定（1）", "算了"]
    town.taps("等着放出来")
    town.taps(NEW)
    assert town.buttons() == ["算了"]
    officer.says(f"/cards {OLD}")
    officer.taps("标有效")
    officer.taps("我照文件核对过")
    row = shizhu.run(lambda uow: uow.session.query(CardReview).one())
    assert town.presses(action_data(UNDO, row.id.hex)) == [NEEDS_ALL]
    assert card_of(shizhu).status is ReviewStatus.VALID


def test_a_worker_and_a_wrong_button_get_nothing(shizhu: City, officer: Person) -> None:
    worker = shizhu.person("桂芳")
    worker.says("/cards")
    worker.takes_role(Role.WORKER)
    assert "政策卡" not in worker.heard
    for data in (action_data(UNDO, "x"), action_data("policy_rule_off", "x" * 32)):
        assert officer.presses(data) == ["这个按过了，或者过时了。"]


def test_the_old_button_of_a_release_does_not_withdraw_a_later_one(
    shizhu: City, officer: Person
) -> None:
    for _ in range(2):
        officer.says("/cards")
        officer.taps("等着放出来")
        officer.taps(NEW)
        officer.taps("放出来")
        officer.taps("我核对过原文")
        old = [it.data for body in officer.heard_bodies for it in body.options][-1]
        officer.presses(old)
        shizhu.clock.advance(timedelta(minutes=1))
    assert not is_released(shizhu)
    officer.says("/cards")
    officer.taps("等着放出来")
    officer.taps(NEW)
    officer.taps("放出来")
    officer.taps("我核对过原文")
    assert officer.presses(old) == ["这个按过了，或者过时了。"]
    assert is_released(shizhu)


def test_it_is_read_in_english_too(shizhu: City) -> None:
    officer = shizhu.officer("Zhou", scope=SHIZHU)
    row = officer.row().id
    shizhu.run(lambda uow: setattr(uow.addresses.need(row), "language", "en"))
    assert officer.says("/cards")[0].startswith("Policy cards of this city: ")
    assert "Not reviewed" in officer.says(f"/cards {OLD}")[0]
    officer.taps("Mark in force")
    assert officer.taps("I compared it")[0].endswith("is marked in force.")
