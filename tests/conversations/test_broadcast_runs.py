"""A broadcast under way: its officer sees it run, stops it, and phones whom it missed."""

from __future__ import annotations

import pytest

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.database import Database
from storage.states import BroadcastStatus, DeliveryStatus
from tests.broadcast_world import WideCity, composed

NEWS = "{姓}师傅，{县}{镇}周六上午十点有招聘会，带身份证。"
SEWERS = "中江 缝纫 找活的"


@pytest.fixture
def city(database: Database, catalogue: Catalogue, clock: FixedClock) -> WideCity:
    return WideCity(database, catalogue, clock)


def test_the_officer_sees_it_run_and_end(city: WideCity) -> None:
    for _ in range(3):
        city.reader()
    composed(city.boss, SEWERS, words=NEWS)
    city.boss.taps("发给3人")
    city.pass_time(seconds=5)
    city.send(limit=1)
    city.pass_time(seconds=5)
    city.boss.listens()
    assert "B-0001在发：已发1，等着2，没发成0，跳过0，要打电话0。还要1分钟。" in city.boss.heard
    city.send()
    city.pass_time(seconds=5)
    city.boss.listens()
    assert "B-0001：发到3，没发成0，跳过0，要打电话0，不发0。" in city.boss.heard
    assert city.boss.buttons() == ["看名单", "没到的放进电话单"]
    assert city.broadcast().status is BroadcastStatus.DONE
    before = city.boss.heard.count("B-0001：发到3")
    city.pass_time(seconds=60)
    city.boss.listens()
    assert city.boss.heard.count("B-0001：发到3") == before


def test_stopping_is_asked_with_numbers_and_can_be_gone_on_with(city: WideCity) -> None:
    for _ in range(3):
        city.reader()
    composed(city.boss, SEWERS, words=NEWS)
    city.boss.taps("发给3人")
    city.tick()
    city.send(limit=1)
    city.boss.listens()
    heard = city.boss.taps("停")
    assert heard == ["B-0001已发1条，收不回来。停下后2条不发。停吗？"]
    assert city.boss.taps("停下")[0] == "B-0001停了，2条没发。"
    stopped = [row for row in city.messages() if row.status is DeliveryStatus.SKIPPED]
    assert {row.reason for row in stopped} == {"stopped"}
    city.tick()
    assert "B-0001接着发，2条重新排队。" in city.boss.taps("继续")
    city.send()
    city.pass_time(seconds=5)
    assert [row.status for row in city.messages()] == [DeliveryStatus.ACCEPTED] * 3
    assert city.broadcast().status is BroadcastStatus.DONE


def test_a_stopped_one_can_be_ended_for_good(city: WideCity) -> None:
    city.reader()
    composed(city.boss, SEWERS, words=NEWS)
    city.boss.taps("发给1人")
    city.tick()
    city.boss.listens()
    city.boss.taps("停")
    city.boss.taps("停下")
    assert "B-0001到此为止。" in city.boss.taps("到此为止")
    assert "B-0001 不发了" in city.boss.says("/broadcast list")[-1]


def test_whom_it_did_not_reach_is_phoned_after_one_tap(city: WideCity) -> None:
    city.reader(has_phone=True)
    composed(city.boss, SEWERS, words=NEWS)
    city.boss.taps("发给1人")
    city.tick()
    city.send(fails=True)
    city.pass_time(seconds=5)
    city.boss.listens()
    assert city.boss.taps("没到的放进电话单") == ["放进电话单1人，放不下0人。"]
    assert city.boss.taps("没到的放进电话单") == ["没有要放进电话单的人。"]
    assert len(city.calls()) == 1


def test_the_sheet_has_a_fresh_address_each_time(city: WideCity) -> None:
    city.reader()
    composed(city.boss, SEWERS, words=NEWS)
    city.boss.taps("发给1人")
    city.tick()
    city.send()
    city.pass_time(seconds=5)
    city.boss.listens()
    city.boss.taps("看名单")
    first = city.boss.heard_bodies[-1].link
    city.boss.taps("看名单")
    second = city.boss.heard_bodies[-1].link
    assert first is not None
    assert second is not None
    assert first.startswith("/sheets/")
    assert first != second
