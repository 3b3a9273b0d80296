"""The terminal as a channel: numbered lines instead of buttons."""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

from bot.channels.base import Capabilities
from bot.messages import Body, Outbound

CAPABILITIES = Capabilities(buttons=False, edit=False, max_text=4000, per_second=1000.0, burst=1000)


class Terminal:
    """One person at a keyboard; `show` prints a message."""

    name = "terminal"
    capabilities = CAPABILITIES

    def __init__(self, show: Callable[[Body], None]) -> None:
        self._show = show
        self._count = 0

    async def send(self, message: Outbound) -> str:
        """Print the message."""
        self._show(message.body)
        self._count += 1
        return str(self._count)

    def published(self, addresses: Collection[UUID]) -> None:
        """Nothing reads the outbox here."""


def lines_of(body: Body) -> str:
    """Return a message as plain text, its choices as one numbered line."""
    choices = "  ".join(f"{option.number} {option.label}" for option in body.options)
    return "\n".join(part for part in (body.text, choices, body.link or "") if part)
