"""The sending loop: nobody waits for a slow chat, nothing spins, the dead are succeeded."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.channels.sender import Sender
from bot.clock import FixedClock
from bot.messages import Outbound
from content.catalogue import Catalogue
from storage.database import Database
from storage.states import DeliveryStatus
from tests.channels.remote import FAST, Post, Remote
from tests.channels.small_town import SmallTown


class Slow(Remote):
    """A platform on which some chats hang until a test lets them go."""

    def __init__(self) -> None:
        super().__init__()
        self.hanging: set[str] = set()
        self.released = asyncio.Event()
        self.at: list[float] = []

    async def send(self, message: Outbound) -> str:
        """Accept the message at once, or once the test says so."""
        if message.address in self.hanging:
            await self.released.wait()
        self.at.append(time.monotonic())
        self.sent.append((message.address, message.body.text))
        return str(len(self.sent))


@pytest.fixture
def post(database: Database, catalogue: Catalogue, clock: FixedClock) -> Post:
    return Post(SmallTown(database, catalogue, clock))


@contextlib.asynccontextmanager
async def running(post: Post, platform: Slow) -> AsyncIterator[Sender]:
    """Run a sender while the block lasts; hanging chats are let go in the end."""
    post.remote = platform
    sender = post.sender()
    task = asyncio.ensure_future(sender.run())
    try:
        yield sender
    finally:
        platform.released.set()
        sender.close()
        await task


async def until(is_so: Callable[[], bool], *, seconds: float = 20.0) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: It is not, after that many seconds.
    """
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110 - what is waited for is in the database
            await asyncio.sleep(0.01)


def statuses(post: Post) -> list[DeliveryStatus]:
    return [row.status for row in post.rows()]


def test_a_chat_that_hangs_holds_up_nobody_else(post: Post) -> None:
    async def work() -> None:
        platform = Slow()
        platform.hanging = {"slow"}
        post.reply("slow", to="slow")
        for number in range(20):
            post.reply("x", to=f"p{number}")
        async with running(post, platform):
            await until(lambda: statuses(post).count(DeliveryStatus.ACCEPTED) == 20)
            assert post.row("slow").status is DeliveryStatus.SENDING
        assert post.row("slow").status is DeliveryStatus.ACCEPTED

    asyncio.run(work())


def test_two_bubbles_of_one_chat_follow_each_other_without_a_rest(post: Post) -> None:
    async def work() -> None:
        platform = Slow()
        async with running(post, platform) as sender:
            await asyncio.sleep(0.1)
            post.reply("first")
            post.reply("second")
            sender.wake()
            await until(lambda: len(platform.sent) == 2)
        assert platform.texts() == ["first", "second"]
        assert platform.at[1] - platform.at[0] < 0.9  # a sender with nothing to do rests a second

    asyncio.run(work())


def test_a_sender_with_nothing_to_do_hardly_asks(post: Post) -> None:
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    async def work() -> None:
        async with running(post, Slow()):
            await asyncio.sleep(0.3)
            event.listen(post.database.engine, "before_cursor_execute", note)
            await asyncio.sleep(1.5)
            event.remove(post.database.engine, "before_cursor_execute", note)

    asyncio.run(work())
    assert sum("SELECT delivery.id" in statement for statement in asked) <= 6


def test_a_sender_that_lacks_tokens_sleeps_until_there_are_some(post: Post) -> None:
    looks: list[str] = []

    def note(*arguments: object) -> None:
        if "SELECT delivery.id" in str(arguments[2]):
            looks.append("look")

    async def work() -> None:
        platform = Slow()
        platform.capabilities = replace(FAST, per_second=20.0, burst=5)
        event.listen(post.database.engine, "before_cursor_execute", note)
        async with running(post, platform):
            await until(lambda: len(platform.sent) >= 24)
        event.remove(post.database.engine, "before_cursor_execute", note)
        assert platform.at[-1] - platform.at[3] >= 0.8
        assert len(looks) <= 2 * len(platform.sent)

    post.push_many(60)
    asyncio.run(work())


def test_what_hangs_for_long_keeps_its_lease(post: Post) -> None:
    async def work() -> None:
        platform = Slow()
        platform.hanging = {"a"}
        post.reply("slow")
        async with running(post, platform):
            await until(lambda: statuses(post) == [DeliveryStatus.SENDING])
            before = post.row("slow").lease_until or 0.0
            await until(lambda: (post.row("slow").lease_until or 0.0) > before)
        assert platform.texts() == ["slow"]

    asyncio.run(work())


def test_a_sender_takes_over_what_a_dead_one_left(post: Post) -> None:
    post.reply("orphan")
    post.claim(limit=5)
    post.let_leases_run_out()

    async def work() -> None:
        platform = Slow()
        async with running(post, platform):
            await until(lambda: platform.texts() == ["orphan"])

    asyncio.run(work())
    assert statuses(post) == [DeliveryStatus.ACCEPTED]


def test_closing_finishes_what_is_on_the_wire_and_stores_it(post: Post) -> None:
    async def work() -> None:
        platform = Slow()
        platform.hanging = {"a"}
        post.reply("last")
        async with running(post, platform) as sender:
            await until(lambda: statuses(post) == [DeliveryStatus.SENDING])
            sender.close()

    asyncio.run(work())
    assert statuses(post) == [DeliveryStatus.ACCEPTED]
