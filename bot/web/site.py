"""The spine behind the pages: cookies to addresses, messages in, the outbox out."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from bot.channels.receiver import Receiver
from bot.channels.web_chat import WebChat
from bot.errors import StorageUnavailableError
from bot.messages import Inbound
from bot.services.deployment import Deployment
from bot.services.sending.deliveries import body_of
from bot.web.metrics import metrics_text
from bot.web.ports import PageMessage, TokenUnknownError
from bot.web.seen_pages import SeenPages
from storage.database import Database
from storage.models import Delivery
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
LineCounts = Callable[[], Mapping[str, Mapping[str, int]]]
MOST_REMEMBERED = 20_000
REPLICA_SECONDS = 1.0
METRICS_SECONDS = 10.0


class Walk(Protocol):
    """Lets days pass in the demo, beside the pages."""

    days_left: int

    async def begin(self, days: int, *, passed: Callable[[], None]) -> None:
        """Let `days` more days pass; return once they have, or after a moment."""


@dataclass(frozen=True)
class DemoDoors:
    """The demo's three people and the key that opens their pages.

    Attributes:
        key: Stands in the links that are printed at the start.
        tokens: Cookie token of each role.
        addresses: Platform address of each token.
        walk: Lets days pass.
    """

    key: str
    tokens: Mapping[str, str]
    addresses: Mapping[str, str]
    walk: Walk


class Site:
    """One bureau's web site; see `bot.web.ports.ChatSite` for what each part promises."""

    def __init__(
        self,
        *,
        database: Database,
        deployment: Deployment,
        receiver: Receiver,
        web_chat: WebChat,
        account_id: UUID,
        demo: DemoDoors | None = None,
        states: Callable[[], Mapping[str, str]] = dict,
        line_counts: LineCounts = dict,
    ) -> None:
        self._states = states
        self._line_counts = line_counts
        self._database = database
        self._deployment = deployment
        self._receiver = receiver
        self._web_chat = web_chat
        self._account_id = account_id
        self._demo = demo
        self._closing = asyncio.Event()
        # On PostgreSQL another replica may have answered, and nobody here is woken by it.
        self._longest_rest = 3600.0 if database.is_sqlite else REPLICA_SECONDS
        self._seen = SeenPages(database, deployment)
        self._address_ids: dict[str, UUID] = {}
        self._counts: dict[str, int] = {}
        self._counted_at = -METRICS_SECONDS

    def close(self) -> None:
        """Let every waiting page go, so that the server can stop."""
        self._closing.set()

    async def receive(self, inbound: Inbound, *, path: str) -> None:
        """Store one message; it is durable when this returns."""
        del path
        await self._receiver.receive(self._account_id, inbound)

    async def messages_after(
        self, address: str, cursor: int, *, wait_seconds: float
    ) -> Sequence[PageMessage]:
        """Return at most 50 messages behind `cursor`, waiting where there is nothing new."""
        address_id = await self._address_id(address)
        if address_id is None:
            # Nobody has written from here yet; the poll after a message finds the row.
            await self._rest(asyncio.Event(), min(wait_seconds, 1.0))
            return []
        await self._seen.note(address_id)
        with self._web_chat.listening(address_id) as news:
            until = time.monotonic() + wait_seconds
            while True:
                found = await self._read(address_id, cursor)
                left = until - time.monotonic()
                if found or left <= 0 or self._closing.is_set():
                    return found
                await self._rest(news, min(left, self._longest_rest))
                news.clear()

    async def open_address(self, token: str | None, *, path: str, language: str) -> str:
        """Return the address of a cookie's token; only its hash is ever stored."""
        del language
        if token is None:
            raise TokenUnknownError
        if path.startswith("/demo/"):
            known = self._demo.addresses.get(token) if self._demo else None
            if known is None:
                raise TokenUnknownError
            return known
        return hashlib.sha256(token.encode()).hexdigest()

    async def demo_link(self, role: str, key: str) -> str | None:
        """Return the cookie token of a demo role when `key` is right."""
        if self._demo is None or not hmac.compare_digest(key.encode(), self._demo.key.encode()):
            return None
        return self._demo.tokens.get(role)

    async def advance_clock(self, days: int) -> None:
        """Let `days` pass, one after the other; demo only."""
        if self._demo is None:
            raise TokenUnknownError
        # What falls due is published without the sender, which wakes pages otherwise.
        await self._demo.walk.begin(days, passed=self._web_chat.tell_everybody)

    def days_to_pass(self) -> int:
        """Return how many days of a jump are still to come; demo only."""
        return self._demo.walk.days_left if self._demo else 0

    async def readiness(self) -> Mapping[str, str]:
        """Return a word for each part."""
        try:
            await self._submit(lambda uow: uow.accounts.get(self._account_id))
        except StorageUnavailableError:
            return {"database": "unavailable", "web": "ok", **self._states()}
        return {"database": "ok", "web": "ok", "content": "ok", **self._states()}

    async def metrics(self) -> str:
        """Return counts of messages by state, and of what lines were told; nothing else."""
        if time.monotonic() > self._counted_at + METRICS_SECONDS:
            self._counts = await self._submit(lambda uow: uow.deliveries.counts_by_status())
            self._counted_at = time.monotonic()
        return metrics_text(deliveries=self._counts, lines=self._line_counts())

    async def _submit(self, work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.wrap_future(self._database.submit_read(work))

    async def _address_id(self, address: str) -> UUID | None:
        known = self._address_ids.get(address)
        if known is None:
            row = await self._submit(lambda uow: uow.addresses.find(self._account_id, address))
            if row is None:
                return None
            if len(self._address_ids) >= MOST_REMEMBERED:
                self._address_ids.clear()
            known = self._address_ids[address] = row.id
        return known

    async def _read(self, address_id: UUID, cursor: int) -> list[PageMessage]:
        def read(uow: UnitOfWork) -> list[PageMessage]:
            return [_on_page(item) for item in uow.deliveries.on_page(address_id, after=cursor)]

        return await self._submit(read)

    async def _rest(self, news: asyncio.Event, seconds: float) -> None:
        """Wait for news, for the end of the wait or of the server, whatever comes first."""
        waits = [asyncio.ensure_future(event.wait()) for event in (news, self._closing)]
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)


def _on_page(row: Delivery) -> PageMessage:
    return PageMessage(
        cursor=row.cursor or 0,
        id=row.id.hex,
        body=body_of(row),
        edits=row.target_id.hex if row.target_id else None,
        at=row.accepted_at or row.created_at,
    )
