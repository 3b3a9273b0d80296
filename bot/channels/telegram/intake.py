"""From an update to a durable receipt, and the small courtesies after it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Protocol
from uuid import UUID

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.channels.telegram.api import Raw
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.updates import Arrival, read
from bot.log import describe, logger
from bot.messages import Inbound

REFUSED_AGAIN_AFTER = 3600.0
MOST_GROUPS = 1_000
MOST_COURTESIES = 200


class Receives(Protocol):
    """What makes a message durable; `bot.channels.receiver.Receiver` does."""

    async def receive(self, account_id: UUID, inbound: Inbound) -> None:
        """Store `inbound` and start its turn."""


class Intake:
    """Takes updates in for one bot."""

    def __init__(
        self,
        bot: Bot,
        channel: TelegramChannel,
        receiver: Receives,
        *,
        account_id: UUID,
        refusal: str,
        monotonic: Callable[[], float],
    ) -> None:
        """Make one.

        Args:
            bot: Acknowledges presses and answers groups.
            channel: Sends for the same bot.
            receiver: Makes messages durable.
            account_id: The bot's account.
            refusal: What a group is told, once an hour.
            monotonic: Seconds since some instant.
        """
        self._bot = bot
        self._channel = channel
        self._receiver = receiver
        self._account_id = account_id
        self._refusal = refusal
        self._monotonic = monotonic
        self._refused_at: dict[int, float] = {}
        self._courtesies: set[asyncio.Task[None]] = set()

    @staticmethod
    def read(raw: Raw) -> Arrival:
        """Return what an update asks for; a shape that nobody knows asks for nothing."""
        number = raw.get("update_id")
        update_id = number if isinstance(number, int) else 0
        try:
            return read(Update.de_json(raw, None))
        except Exception as error:  # what a later Bot API sends must not stop the others
            code = f"update:{update_id}"
            logger().warning("telegram.unreadable", code=code, error=describe(error))
            return Arrival(update_id, "ignored")

    async def take(self, arrival: Arrival) -> None:
        """Make what came durable; only then may it be acknowledged to the platform.

        Raises:
            StorageUnavailableError: It could not be stored; it has to come again.
        """
        if arrival.inbound is not None:
            if arrival.inbound.phone or arrival.inbound.position:
                self._channel.keyboard_was_used(arrival.inbound.address)
            await self._receiver.receive(self._account_id, arrival.inbound)
        elif arrival.group is None:
            logger().info(
                "telegram.ignored",
                account=self._account_id.hex,
                kind=arrival.kind,
                code=f"update:{arrival.update_id}",
            )
        if arrival.callback_id is not None:
            self._later(self._acknowledge(arrival.callback_id))
        if arrival.group is not None:
            self._refuse_group(arrival.group)

    async def close(self) -> None:
        """Let go of the courtesies that are under way."""
        for task in self._courtesies:
            task.cancel()
        await asyncio.gather(*self._courtesies, return_exceptions=True)

    def _later(self, courtesy: Coroutine[object, object, None]) -> None:
        """Do it beside the next updates; where too many wait already, leave it."""
        if len(self._courtesies) >= MOST_COURTESIES:
            courtesy.close()
            return
        task = asyncio.ensure_future(courtesy)
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)

    async def _acknowledge(self, callback_id: str) -> None:
        """Stop the clock on the button; a late or repeated one is refused, which is no harm."""
        try:
            await self._bot.answer_callback_query(callback_id)
        except TelegramError as error:
            logger().debug("telegram.not_acknowledged", error=describe(error))

    def _refuse_group(self, group: int) -> None:
        now = self._monotonic()
        before = self._refused_at.get(group)
        if before is not None and now - before < REFUSED_AGAIN_AFTER:
            return
        if len(self._refused_at) >= MOST_GROUPS:
            self._refused_at.clear()
        self._refused_at[group] = now
        self._later(self._say_to_group(group))

    async def _say_to_group(self, group: int) -> None:
        try:
            await self._bot.send_message(group, self._refusal)
        except TelegramError as error:
            logger().info("telegram.group_not_told", error=describe(error))
