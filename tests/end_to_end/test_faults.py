"""Outage, throttling, cut connections, a kill: nothing lost, pushes once at most, all counted."""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from bot.clock import FixedClock, SystemClock
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import Delivery
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.telegram_town import FIRST_CHAT, Town
from tests.databases import SqliteDatabases, secrets_in
from tests.end_to_end.fault_world import PUSH, FaultWorld, counted, queue_pushes
from tests.end_to_end.telegram_city import TelegramCity, telegram_on_loopback
from tests.stand_ins.telegram import Chat, Fault, FaultKind, Phone, TelegramStandIn

PEOPLE = 60
WRITERS = range(30)
REST = range(30, PEOPLE)
OUTAGE_MINUTES = 20
AFTER_OUTAGE = 45  # the last pause between two tries is half an hour


@pytest.fixture
def world(sqlite_database: Database, catalogue: Catalogue, clock: FixedClock) -> FaultWorld:
    return FaultWorld(sqlite_database, catalogue, clock)


async def everybody_writes(world: FaultWorld, text: str) -> None:
    await asyncio.gather(*(world.says(person, text) for person in WRITERS))


def attempts(world: FaultWorld) -> set[int]:
    """Return how often rows were tried, over all rows."""

    def read(uow: UnitOfWork) -> set[int]:
        rows = uow.session.query(Delivery.attempts).filter_by(account_id=world.account_id)
        return {count for (count,) in rows}

    return world.database.read(read)


async def test_twenty_minutes_without_telegram_lose_nothing(world: FaultWorld) -> None:
    async with world.open(PEOPLE):
        await everybody_writes(world, "你好")
        await world.settle()
        world.telegram.faults.add(Fault(FaultKind.OUTAGE))
        await asyncio.sleep(0.1)
        await everybody_writes(world, "我的信息")
        world.push_to(range(PEOPLE))
        await world.let_pass(OUTAGE_MINUTES // 2)
        await everybody_writes(world, "你好")
        await world.let_pass(OUTAGE_MINUTES // 2)
        world.telegram.faults.clear()
        await asyncio.sleep(0.1)
        await world.let_pass(AFTER_OUTAGE)
        result = world.count().tell("20 minutes of outage")
    assert result.unanswered == result.lost == result.silent == result.stale == 0
    assert result.pushes_twice == result.replies_twice == 0
    assert result.states["vacancy accepted"] == PEOPLE


async def test_a_storm_of_refusals_costs_no_attempt_and_loses_nothing(world: FaultWorld) -> None:
    storm = Fault(FaultKind.THROTTLED, every=25, times=4, retry_after=1)
    async with world.open(PEOPLE):
        world.telegram.faults.add(storm)
        world.push_to(range(PEOPLE))
        await everybody_writes(world, "我的信息")
        await world.settle()
        result = world.count().tell(f"{world.telegram.faults.struck()} times 429")
        struck = world.telegram.faults.struck()
    assert struck == storm.times
    assert result.unanswered == result.lost == result.silent == result.stale == 0
    assert result.pushes_twice == result.replies_twice == 0
    assert result.states["vacancy accepted"] == PEOPLE
    assert attempts(world) == {1}


async def test_cut_connections_send_pushes_once_at_most_and_replies_once_at_least(
    world: FaultWorld,
) -> None:
    async with world.open(PEOPLE):
        world.telegram.faults.add(Fault(FaultKind.CUT_AFTER, every=5, times=20))
        world.push_to(REST)
        await everybody_writes(world, "我的信息")
        await world.settle()
        await world.let_pass(3)
        cut = world.telegram.faults.struck()
        result = world.count().tell(f"{cut} connections cut after the request was taken")
    assert cut
    assert result.unanswered == result.lost == result.silent == result.stale == 0
    assert result.pushes_twice == 0
    assert result.states["vacancy accepted"] + result.states["vacancy unknown"] == len(REST)
    assert 0 < result.replies_twice + result.states["vacancy unknown"] <= cut


def test_killed_twice_in_the_middle_a_process_loses_nothing(tmp_path: Path) -> None:
    pushed, writers = range(150), range(150, 170)
    with telegram_on_loopback() as telegram:
        city = TelegramCity(tmp_path, telegram, telegram.bot())
        _seed(tmp_path, city, people=170, pushed=pushed)
        telegram.faults.add(Fault(FaultKind.SLOW, seconds=0.4))
        phones = [_phone(telegram, city, person) for person in writers]
        try:
            _run_and_kill(city, phones, pushed=pushed)
            texts = {
                chat: Counter(it.text for it in every.shown if it.from_bot)
                for chat, every in city.account.chats.items()
            }
            result = city.database.read(partial(counted, texts=texts)).tell("kill -9, twice")
        finally:
            city.close()
    assert result.unanswered == result.lost == result.silent == result.stale == 0
    assert result.pushes_twice == 0
    assert result.states["vacancy accepted"] + result.states["vacancy unknown"] == len(pushed)


def _seed(folder: Path, city: TelegramCity, *, people: int, pushed: range) -> None:
    """Register people, and queue a push for some of them, before anything serves."""
    SqliteDatabases(folder, secrets_in(folder)).create(folder)
    town = Town(city.database, SystemClock().now())
    town.settle(people)
    city.database.run(partial(queue_pushes, town=town, people=pushed))
    for person in pushed:
        city.account.chats[FIRST_CHAT + person] = Chat(FIRST_CHAT + person)


def _phone(telegram: TelegramStandIn, city: TelegramCity, person: int) -> Phone:
    return telegram.phone(city.account, chat_id=FIRST_CHAT + person)


def _run_and_kill(city: TelegramCity, phones: list[Phone], *, pushed: range) -> None:
    """Serve until all is done, with two kills; people write before and after each."""
    for share in (1, 2):
        city.start()
        for phone in phones:
            phone.starts()
            phone.types("我的信息")
        city.until(partial(_shows, city, pushes=share * len(pushed) // 3))
        city.kill()
    city.start()
    for phone in phones:
        phone.types("你好")
    city.settle()


def _shows(city: TelegramCity, *, pushes: int) -> bool:
    chats = list(city.account.chats.values())
    return sum(it.text.startswith(PUSH) for chat in chats for it in chat.shown) >= pushes
