"""A city whose people write over Telegram: the real line, receiver and sender, on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from bot.channels.receiver import Receiver
from bot.channels.sender import Sender
from bot.channels.telegram.line import Telegram, TelegramOptions
from bot.channels.telegram.polling import Pace
from bot.messages import Inbound
from bot.services.deployment import Deployment
from storage.models import ContactAddress
from tests.chat import City
from tests.stand_ins.telegram import TelegramStandIn
from tests.stand_ins.telegram.account import Account

HASTE = Pace(wait=1.0, grace=1.0, lease=3.0, backoff=(0.02, 0.05), conflicts=2, conflict_window=5.0)


class Ear:
    """Keeps what it receives; fails as long as it is told to."""

    def __init__(self) -> None:
        self.heard: list[Inbound] = []
        self.troubles: list[Exception] = []

    async def receive(self, account_id: UUID, inbound: Inbound) -> None:
        """Keep the message, or fail."""
        del account_id
        await asyncio.sleep(0)
        if self.troubles:
            raise self.troubles.pop(0)
        self.heard.append(inbound)

    @property
    def texts(self) -> list[str]:
        """What was typed, in the order in which it became durable."""
        return [inbound.text for inbound in self.heard]


@dataclass
class Wire:
    """A running line.

    Attributes:
        city: Whose people write.
        bot: The platform's account.
        line: What is tested.
        deployment: As the bot's bureau has it.
    """

    city: City
    bot: Account
    line: Telegram
    account_id: UUID
    deployment: Deployment

    def row(self, chat_id: int) -> ContactAddress | None:
        """Return the address of a chat as it is stored, or None."""
        return self.city.database.read(
            lambda uow: uow.addresses.find(self.account_id, str(chat_id))
        )


def options(platform: TelegramStandIn, bot: Account, **changes: object) -> TelegramOptions:
    """Return settings that lead to the stand-in."""
    made = TelegramOptions(token=bot.token, api=platform.root, pace=HASTE)
    return replace(made, **changes)  # type: ignore[arg-type]  # named as the fields are


def make_wire(
    city: City,
    platform: TelegramStandIn,
    bot: Account,
    *,
    url: str = "",
    **changes: object,
) -> Wire:
    """Return a line that was not started."""
    deployment = replace(city.deployment, public_url=url or city.deployment.public_url)
    account_id = city.app.account_id("telegram")
    line = Telegram(
        options(platform, bot, **changes),
        deployment=deployment,
        database=city.database,
        account_id=account_id,
        replica=uuid4().hex,
    )
    return Wire(city, bot, line, account_id, deployment)


@contextlib.asynccontextmanager
async def talking(wire: Wire) -> AsyncIterator[Wire]:
    """Answer people as a serving process does, while the block lasts."""
    city = wire.city
    sender = Sender(
        city.database,
        city.deployment,
        wire.line.channel,
        wire.account_id,
        jitter=random.Random(4),  # noqa: S311 - the same retries in every run
        engine=city.app.engine,
    )
    receiver = Receiver(city.database, city.app.engine, wake=lambda *_ids: sender.wake())
    await wire.line.start(receiver)
    works = [asyncio.ensure_future(sender.run()), asyncio.ensure_future(wire.line.run())]
    try:
        yield wire
    finally:
        await wire.line.stop()
        await receiver.close()
        sender.close()
        await asyncio.gather(*works)
        await wire.line.close()


@contextlib.asynccontextmanager
async def listening(wire: Wire, ear: Ear) -> AsyncIterator[Wire]:
    """Take updates in without answering them, while the block lasts."""
    await wire.line.start(ear)
    work = asyncio.ensure_future(wire.line.run())
    try:
        yield wire
    finally:
        await wire.line.stop()
        await work
        await wire.line.close()


async def until(is_so: Callable[[], object], *, seconds: float = 5.0) -> None:
    """Wait until something is so.

    Raises:
        AssertionError: It does not become so in time.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not is_so():
        assert loop.time() < end, "it did not become so in time"
        await asyncio.sleep(0.01)
