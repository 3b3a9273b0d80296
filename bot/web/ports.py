"""What the pages ask of the rest of the service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.messages import Body, Inbound


@dataclass(frozen=True, slots=True)
class PageMessage:
    """One message of an address, as its page shows it.

    Attributes:
        cursor: Place in the address's history; grows with every message and edit, from 1.
        id: Id of this message, under which a later one may replace it.
        body: What is said.
        edits: Id of the message that this one replaces on the page, or None.
        at: When it was said, business time in UTC.
    """

    cursor: int
    id: str
    body: Body
    edits: str | None
    at: datetime


class TokenUnknownError(Exception):
    """A cookie from another database, such as a demo that was reset; the link must be reopened."""


class ChatSite(Protocol):
    """The spine behind the pages. `path` is `/chat` or `/demo/ROLE`."""

    async def receive(self, inbound: Inbound, *, path: str) -> None:
        """Store one message; it is durable when this returns.

        Raises:
            StorageUnavailableError: The database is down or full; nothing was stored.
        """

    async def messages_after(
        self, address: str, cursor: int, *, wait_seconds: float
    ) -> Sequence[PageMessage]:
        """Return at most 50 messages of `address` behind `cursor`, oldest first.

        Waits up to `wait_seconds` where there is nothing new; then the answer is empty.

        Raises:
            StorageUnavailableError: The database is down.
        """

    async def open_address(self, token: str | None, *, path: str, language: str) -> str:
        """Return the opaque address of a cookie's token; called with every request.

        Raises:
            StorageUnavailableError: The database is down or full.
            TokenUnknownError: A demo token that this database never gave out.
        """

    async def demo_link(self, role: str, key: str) -> str | None:
        """Return the cookie token of a demo role when `key` is right; demo only."""

    async def advance_clock(self, days: int) -> None:
        """Begin to let days pass; a long jump goes on after this returns. Demo only."""

    def days_to_pass(self) -> int:
        """Return how many days of a jump are still to come; demo only."""

    async def readiness(self) -> Mapping[str, str]:
        """Return a word for each part: `ok`, or a short code of what is wrong."""

    async def metrics(self) -> str:
        """Return Prometheus text; counts only."""
