"""Troubles on a schedule strike when and whom they should."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.stand_ins.conftest import Ticker
from tests.stand_ins.raw_bot import RawBot
from tests.stand_ins.telegram import Fault, FaultKind, Phone, TelegramStandIn


@pytest.fixture
def chat_id(phone: Phone) -> int:
    return phone.person.person_id


async def test_every_third_request_fails(
    telegram: TelegramStandIn, bot: RawBot, chat_id: int, phone: Phone
) -> None:
    telegram.faults.add(Fault(FaultKind.ERROR, every=3, status=502))
    statuses = [(await bot.say(chat_id)).status for _ in range(6)]
    assert statuses == [200, 200, 502, 200, 200, 502]
    assert len(phone.messages) == 4


async def test_a_storm_of_429_lasts_from_one_instant_to_another(
    telegram: TelegramStandIn, bot: RawBot, chat_id: int, ticker: Ticker
) -> None:
    begins = ticker.seconds + 10
    storm = Fault(FaultKind.THROTTLED, begins=begins, ends=begins + 10, retry_after=7)
    telegram.faults.add(storm)
    assert (await bot.say(chat_id)).status == 200
    ticker.seconds += 19
    assert (await bot.say(chat_id)).retry_after == 7
    ticker.seconds += 6
    assert (await bot.say(chat_id)).retry_after == 1
    ticker.seconds += 1
    assert (await bot.say(chat_id)).status == 200


async def test_a_line_cut_before_leaves_nothing_in_the_chat(
    telegram: TelegramStandIn, bot: RawBot, chat_id: int, phone: Phone
) -> None:
    telegram.faults.add(Fault(FaultKind.CUT_BEFORE, times=1))
    with pytest.raises(httpx.TransportError):
        await bot.say(chat_id, "第一")
    await bot.say(chat_id, "第二")
    assert phone.texts == ["第二"]
    assert [it.taken for it in telegram.received] == [False, True]


async def test_a_line_cut_after_leaves_the_message_in_the_chat(
    telegram: TelegramStandIn, bot: RawBot, chat_id: int, phone: Phone
) -> None:
    telegram.faults.add(Fault(FaultKind.CUT_AFTER, times=1))
    with pytest.raises(httpx.TransportError):
        await bot.say(chat_id, "第一")
    assert phone.texts == ["第一"]
    assert [(it.status, it.taken) for it in telegram.received] == [(0, True)]


async def test_a_slow_answer_comes_after_the_message(
    telegram: TelegramStandIn, bot: RawBot, chat_id: int, phone: Phone
) -> None:
    telegram.faults.add(Fault(FaultKind.SLOW, times=1, seconds=0.2))
    call = asyncio.create_task(bot.say(chat_id, "慢"))
    await phone.sees("慢")
    assert not call.done()
    assert (await call).status == 200


async def test_in_an_outage_nothing_listens_and_afterwards_all_is_as_before(
    telegram: TelegramStandIn, bot: RawBot, chat_id: int, ticker: Ticker
) -> None:
    outage = Fault(FaultKind.OUTAGE, begins=ticker.seconds + 1, ends=ticker.seconds + 1_201)
    telegram.faults.add(outage)
    assert (await bot.say(chat_id)).status == 200
    ticker.seconds += 600
    await telegram.line.until(is_open=False)
    with pytest.raises(httpx.NetworkError):
        await bot.say(chat_id)  # over the connection that was open, if its end was not seen yet
    with pytest.raises(httpx.ConnectError):
        await bot.say(chat_id)
    ticker.seconds += 601
    await telegram.line.until(is_open=True)
    assert (await bot.say(chat_id)).status == 200


async def test_a_fault_may_strike_one_chat_only(
    telegram: TelegramStandIn, bot: RawBot, chat_id: int
) -> None:
    other = telegram.phone(bot.account, "李强")
    other.starts()
    telegram.faults.add(Fault(FaultKind.ERROR, chat_id=chat_id))
    assert (await bot.say(other.person.person_id)).status == 200
    assert (await bot.say(chat_id)).status == 500


async def test_polling_is_struck_only_when_it_is_named(
    telegram: TelegramStandIn, bot: RawBot
) -> None:
    telegram.faults.add(Fault(FaultKind.ERROR))
    assert (await bot.call("getUpdates")).status == 200
    telegram.faults.add(Fault(FaultKind.ERROR, methods=frozenset({"getUpdates"})))
    assert (await bot.call("getUpdates")).status == 500
