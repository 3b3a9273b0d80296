"""Shutting down: who was heard is answered, now or by the next process."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Coroutine
from datetime import timedelta

import pytest

from bot.channels.receiver import Receiver
from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.database import Database
from storage.states import ReceiptStatus
from tests.channels.small_town import SmallTown, message

PATIENCE = 10.0


@pytest.fixture
def town(sqlite_database: Database, catalogue: Catalogue, clock: FixedClock) -> SmallTown:
    return SmallTown(sqlite_database, catalogue, clock)


def troubles_of(work: Coroutine[None, None, None]) -> list[str]:
    """Do `work`; return what the loop complains of, then and when its tasks are forgotten."""
    troubles: list[str] = []

    async def run() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, about: troubles.append(str(about["message"])))
        await work
        await asyncio.sleep(0)
        gc.collect()

    asyncio.run(run())
    return troubles


def receiver_of(town: SmallTown) -> Receiver:
    return Receiver(town.database, town.engine, wake=lambda _one, _two: None)


def test_a_message_that_is_being_stored_at_shutdown_is_still_answered(town: SmallTown) -> None:
    async def shut() -> None:
        receiver, gate = receiver_of(town), threading.Event()
        held = town.database.submit(lambda _uow: gate.wait(PATIENCE))
        receiving = asyncio.ensure_future(receiver.receive(town.account_id, message(1, "你好")))
        await asyncio.sleep(0.05)
        closing = asyncio.ensure_future(receiver.close())
        await asyncio.sleep(0.05)
        gate.set()
        await asyncio.gather(receiving, closing, asyncio.wrap_future(held))

    assert troubles_of(shut()) == []
    assert town.page("a") == ["heard 你好", "more?"]


def test_a_message_that_comes_after_the_shutdown_is_kept_for_the_next_process(
    town: SmallTown,
) -> None:
    async def shut() -> None:
        receiver = receiver_of(town)
        await receiver.close()
        await receiver.receive(town.account_id, message(1, "你好"))
        await receiver.answer(town.account_id, message(2, "还在吗"))

    assert troubles_of(shut()) == []
    assert {row.status for row in town.receipts()} == {ReceiptStatus.RECEIVED}


def test_a_sweep_that_is_under_way_at_shutdown_leaves_the_rest_alone(town: SmallTown) -> None:
    for number in range(1, 6):
        town.store_only(message(number, "你好", address=f"p{number}"))

    async def shut() -> None:
        receiver = receiver_of(town)
        sweeping = asyncio.ensure_future(
            receiver.sweep(town.account_id, older_than=-timedelta(seconds=1))
        )
        closing = asyncio.ensure_future(receiver.close())
        await asyncio.gather(sweeping, closing)

    assert troubles_of(shut()) == []
