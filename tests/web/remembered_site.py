"""A stand-in for the spine: what it is told it remembers, what it should say it is given."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from bot.clock import FixedClock
from bot.messages import Body, Inbound
from bot.web.ports import PageMessage

KEY = "right-key"
Answers = Callable[[Inbound], Sequence[Body]]


def no_answers(_inbound: Inbound) -> Sequence[Body]:
    return ()


class RememberedSite:
    def __init__(self, clock: FixedClock, *, answers: Answers = no_answers) -> None:
        self.clock = clock
        self.answers = answers
        self.received: list[Inbound] = []
        self.opened: list[tuple[str | None, str, str]] = []
        self.closes = False
        self.days_left = 0
        self.fails_with: Exception | None = None
        self.parts: dict[str, str] = {"database": "ok", "content": "ok"}
        self._messages: dict[str, list[PageMessage]] = {}

    def address_of(self, token: str, *, path: str = "/chat") -> str:
        return hashlib.sha256(f"{path} {token}".encode()).hexdigest()[:16]

    def say(self, address: str, body: Body, *, edits: str | None = None) -> str:
        messages = self._messages.setdefault(address, [])
        cursor = len(messages) + 1
        message = PageMessage(cursor, f"m{cursor}", body, edits, self.clock.now())
        messages.append(message)
        return message.id

    async def receive(self, inbound: Inbound, *, path: str) -> None:
        self._fail_if_told(path)
        again = any(one.external_id == inbound.external_id for one in self.received)
        self.received.append(inbound)
        if not again:
            for body in self.answers(inbound):
                self.say(inbound.address, body)

    async def messages_after(
        self, address: str, cursor: int, *, wait_seconds: float
    ) -> Sequence[PageMessage]:
        self._fail_if_told(address)
        left = wait_seconds
        while left > 0 and not self.closes and len(self._messages.get(address, ())) <= cursor:
            await asyncio.sleep(0.02)
            left -= 0.02
        return [one for one in self._messages.get(address, ()) if one.cursor > cursor][:50]

    async def open_address(self, token: str | None, *, path: str, language: str) -> str:
        self._fail_if_told(path)
        self.opened.append((token, path, language))
        return self.address_of(token or "", path=path)

    async def demo_link(self, role: str, key: str) -> str | None:
        return f"{role}-token-of-this-demo-db" if key == KEY else None

    async def advance_clock(self, days: int) -> None:
        self.clock.advance(timedelta(days=days - self.days_left))

    def days_to_pass(self) -> int:
        return self.days_left

    async def readiness(self) -> Mapping[str, str]:
        return self.parts

    async def metrics(self) -> str:
        return "wengong_receipts 0\n"

    def _fail_if_told(self, _where: str) -> None:
        if self.fails_with is not None:
            raise self.fails_with
