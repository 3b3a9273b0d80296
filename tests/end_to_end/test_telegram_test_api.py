"""A worker in somebody else's Telegram: registered, told of a vacancy, and applied.

The platform is npm's telegram-test-api, which nobody here wrote. The talk must read as in
`transcript_telegram.txt`, which the README shows.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.channels.receiver import Receiver
from bot.channels.sender import Sender
from bot.channels.telegram.api import connect
from bot.channels.telegram.line import Telegram, TelegramOptions
from bot.channels.telegram.polling import Pace
from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.database import Database
from tests.chat import SETTINGS, City
from tests.stand_ins import telegram_test_api
from tests.stand_ins.repaired_request import RepairedRequest
from tests.stand_ins.telegram_test_api import Visitor
from tests.whole_loop import Loop

TRANSCRIPT = Path(__file__).with_name("transcript_telegram.txt")
TOKEN = "7100000001:AAH-somebody-elses-telegram-on-loopback"
PACE = Pace(wait=1.0, grace=4.0, lease=20.0, backoff=(0.1,))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of the running package."""
    with telegram_test_api.running() as found:
        yield found


@pytest.fixture
async def visitor(address: str) -> AsyncIterator[Visitor]:
    found = Visitor(address, TOKEN, "陈桂芳")
    yield found
    await found.close()


@pytest.fixture
def city(sqlite_database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    """A deployment whose bureau has a bot."""
    settings = SETTINGS.model_copy(update={"telegram_token": TOKEN})
    return City(sqlite_database, catalogue, clock, settings=settings)


@contextlib.asynccontextmanager
async def answering(city: City, address: str) -> AsyncIterator[None]:
    """Let the product's own line, receiver and sender answer there while the block lasts."""
    account_id = city.app.account_id("telegram")
    line = Telegram(
        TelegramOptions(token=TOKEN, api=address, pace=PACE),
        deployment=city.deployment,
        database=city.database,
        account_id=account_id,
        replica="one",
        bot=connect(TOKEN, api=address, request=RepairedRequest),
    )
    sender = Sender(
        city.database,
        city.deployment,
        line.channel,
        account_id,
        jitter=random.Random(4),  # noqa: S311 - the same retries in every run
        engine=city.app.engine,
    )
    receiver = Receiver(city.database, city.app.engine, wake=lambda *_ids: sender.wake())
    await line.start(receiver)
    works = [asyncio.ensure_future(sender.run()), asyncio.ensure_future(line.run())]
    try:
        yield
    finally:
        await line.stop()
        await receiver.close()
        sender.close()
        await asyncio.gather(*works)
        await line.close()


async def register(visitor: Visitor) -> None:
    """Scan the county's poster, say two things, and agree to be remembered."""
    await visitor.types("/start t_510623")
    await visitor.hears("你会做啥")
    await visitor.types("踩平车 只在中江 要四千")
    await visitor.hears("听懂")
    await visitor.taps("对")
    await visitor.hears("有合适的就告诉你")
    await visitor.taps("要")
    await visitor.hears("帮你记着")
    await visitor.taps("同意")
    await visitor.hears("有合适的就告诉你")


async def apply(visitor: Visitor) -> None:
    """Press the button below the vacancy that came, and say what the firm has to know."""
    await visitor.hears("新活")
    await visitor.taps("报名")
    await visitor.hears("哪年生的")
    await visitor.types("74年")
    await visitor.hears("名字叫啥")
    await visitor.types("陈桂芳")
    await visitor.hears("厂里打哪个电话")
    await visitor.types("13900001234")
    await visitor.hears("名字电话给鸿蒙制衣厂")
    await visitor.taps("给")
    await visitor.hears("报好了")


async def test_a_worker_registers_is_told_of_a_vacancy_and_applies(
    city: City, visitor: Visitor, address: str, pytestconfig: pytest.Config
) -> None:
    loop = Loop(city)
    async with answering(city, address):
        await register(visitor)
        await asyncio.to_thread(loop.firm_posts)
        await apply(visitor)
    told = await asyncio.to_thread(loop.boss.listens)
    assert "陈桂芳" in told[-1]
    transcript = await visitor.transcript()
    cache = pytestconfig.cache
    assert cache is not None
    now = cache.mkdir("wengong") / TRANSCRIPT.name
    now.write_text(transcript, "utf-8")
    assert transcript == TRANSCRIPT.read_text("utf-8"), f"the talk reads otherwise now: {now}"
