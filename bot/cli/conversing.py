"""One person's conversation in the terminal: what is typed goes in, what is due comes out."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from bot.app import App
from bot.channels.receiver import Receiver
from bot.channels.sender import Sender
from bot.channels.terminal import Terminal, lines_of
from bot.cli.keyboard import Keyboard
from bot.errors import StorageUnavailableError
from bot.log import describe, logger
from bot.messages import Inbound
from bot.services.sending.deliveries import body_of
from storage.unit_of_work import UnitOfWork

QUIT = "/quit"
LOOK_SECONDS = 0.5
BOARD_SECONDS = 2.0
SWEEP_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who talks here.

    Attributes:
        account_id: The account of this keyboard.
        address: The person's address on it.
        language: `zh` or `en`.
        opening: What is sent for somebody who has not written yet.
    """

    account_id: UUID
    address: str
    language: str
    opening: str


class Conversing:
    """Receiver, sender and keyboard of one person; made inside a running event loop."""

    def __init__(
        self,
        app: App,
        speaker: Speaker,
        keyboard: Keyboard,
        *,
        follow_clock: Callable[[], None] = lambda: None,
    ) -> None:
        """Make a conversation.

        Args:
            app: The process's parts.
            speaker: Who talks.
            keyboard: Where they type.
            follow_clock: Called now and then: another process may move the demo's clock.
        """
        self._follow_clock = follow_clock
        self._app = app
        self._speaker = speaker
        self._keyboard = keyboard
        self._receiver = Receiver(app.database, app.engine, wake=lambda _account, _address: None)
        self._sender = Sender(
            app.database,
            app.deployment,
            Terminal(keyboard.show),
            speaker.account_id,
            jitter=random.Random(),  # noqa: S311 - spreads retries
        )
        # Only one at a time takes what is due, so that an answer stands before the next prompt.
        self._printing = asyncio.Lock()

    async def run(self, *, before: str) -> None:
        """Talk until the input ends; `before` introduces what was said last time."""
        await asyncio.to_thread(self._app.refresh_board)
        await self._take_back()
        repeated = [
            asyncio.ensure_future(_every(LOOK_SECONDS, self._print_due)),
            asyncio.ensure_future(_every(BOARD_SECONDS, self._refresh_board)),
            asyncio.ensure_future(_every(SWEEP_SECONDS, self._sweep)),
        ]
        try:
            await self._begin(before)
            while (message := await self._keyboard.next_message()) is not None:
                if message.strip() == QUIT:
                    break
                await self._say(message)
        finally:
            for task in repeated:
                task.cancel()
            await asyncio.gather(*repeated, return_exceptions=True)
            await self._receiver.close()

    async def _take_back(self) -> None:
        """Take up what an earlier window left unanswered or unprinted when it was killed."""
        account_id = self._speaker.account_id

        def take_back(uow: UnitOfWork) -> None:
            uow.accounts.begin_anew(account_id)
            uow.deliveries.give_up_leases(account_id)

        await asyncio.wrap_future(self._app.database.submit(take_back))
        await self._sweep()

    async def _begin(self, before: str) -> None:
        """Print what stood last, or open the conversation of a newcomer."""
        last = await asyncio.wrap_future(self._app.database.submit_read(self._last_heard))
        if last is not None:
            self._keyboard.show_line(before)
            self._keyboard.show_line(last)
            await self._print_due()
        elif self._speaker.opening:
            await self._say(self._speaker.opening)

    def _last_heard(self, uow: UnitOfWork) -> str | None:
        address = uow.addresses.find(self._speaker.account_id, self._speaker.address)
        row = uow.deliveries.last_accepted(address.id) if address is not None else None
        if row is None:
            return None
        return lines_of(body_of(row))

    async def _say(self, message: str) -> None:
        now = self._app.deployment.now
        inbound = Inbound(
            external_id=uuid.uuid4().hex,
            address=self._speaker.address,
            text=message,
            sequence=int(now.timestamp() * 1_000_000),
            language=self._speaker.language,
        )
        try:
            await self._receiver.answer(self._speaker.account_id, inbound)
            await self._print_due()
        except StorageUnavailableError as error:
            logger().warning("chat.database_unavailable", error=describe(error))
            self._keyboard.show_line(
                self._app.deployment.text("common.apology.busy", self._speaker.language)
            )

    async def _print_due(self) -> None:
        async with self._printing:
            while await self._sender.send_due():
                pass

    async def _refresh_board(self) -> None:
        await asyncio.to_thread(self._follow_clock)
        await asyncio.to_thread(self._app.refresh_board)

    async def _sweep(self) -> None:
        await self._sender.recover()
        await self._receiver.sweep(self._speaker.account_id)


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    """Do `work` again and again; what fails is logged and tried the next time."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception as error:
            logger().warning("chat.failed", error=describe(error))
