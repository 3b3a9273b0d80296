"""The browser chat: its pages read the outbox and are woken when something is new."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection, Iterator
from uuid import UUID

from bot.channels.base import Capabilities
from bot.messages import Outbound

CAPABILITIES = Capabilities(
    buttons=True, edit=True, max_text=4000, per_second=1000.0, burst=1000, reads_outbox=True
)


class WebChat:
    """The web site of one bureau."""

    name = "web"
    capabilities = CAPABILITIES

    def __init__(self) -> None:
        self._waiting: dict[UUID, set[asyncio.Event]] = {}

    async def send(self, message: Outbound) -> str:
        """Nothing is sent: pages read the outbox.

        Raises:
            RuntimeError: Always; the sender publishes for this channel.
        """
        raise RuntimeError(f"delivery {message.delivery_id} is read by its page")

    def published(self, addresses: Collection[UUID]) -> None:
        """Wake the pages of these addresses."""
        for address in addresses:
            for event in self._waiting.get(address, ()):
                event.set()

    def tell_everybody(self) -> None:
        """Wake every page that waits: a tick asked somebody, and does not say whom."""
        self.published(tuple(self._waiting))

    @contextlib.contextmanager
    def listening(self, address_id: UUID) -> Iterator[asyncio.Event]:
        """Yield an event that is set once something is published for this address."""
        event = asyncio.Event()
        self._waiting.setdefault(address_id, set()).add(event)
        try:
            yield event
        finally:
            waiting = self._waiting[address_id]
            waiting.discard(event)
            if not waiting:
                del self._waiting[address_id]
