"""People who talk in the demo: their words go in by the receiver, the replies are read back."""

from __future__ import annotations

import asyncio
import functools
import itertools
from dataclasses import dataclass, field
from types import TracebackType
from uuid import UUID, uuid4

from bot.app.build import App
from bot.channels.receiver import Receiver
from bot.messages import Body, Inbound
from bot.scheduler.time_travel import MovableClock, advance_days
from bot.services.sending import outbox
from bot.services.sending.deliveries import body_of
from storage.models import ContactAddress, Delivery
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Heard:
    """One bubble: what was said, and the key of its text."""

    key: str
    body: Body


class Stage:
    """The web site's account without its pages; opened inside a running event loop."""

    def __init__(self, app: App, clock: MovableClock) -> None:
        self.app = app
        self.clock = clock
        self.account_id: UUID = app.account_id("web")
        self._receiver = Receiver(app.database, app.engine, wake=_ignore, pages=(self.account_id,))
        self._sequence = itertools.count(int(clock.now().timestamp() * 1000))

    async def __aenter__(self) -> Stage:
        """Begin."""
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Finish the turns under way."""
        await self._receiver.close()

    def person(self, address: str, *, language: str = "zh") -> Person:
        """Return somebody who speaks at an address."""
        return Person(self, address, language)

    async def deliver(self, inbound: Inbound) -> None:
        """Bring a message in and wait until it is answered."""
        await self._receiver.answer(self.account_id, inbound)

    async def publish(self) -> None:
        """Let everything that is due be read."""
        work = functools.partial(
            outbox.publish, deployment=self.app.deployment, account_id=self.account_id
        )
        while await asyncio.wrap_future(self.app.database.submit(work)):
            pass

    async def pass_day(self) -> None:
        """Let a day pass with all that falls due, and publish it."""
        await asyncio.to_thread(
            advance_days,
            self.clock,
            self.app.database,
            self.app.engine,
            1,
            account_ids=[self.account_id],
        )
        await self.publish()
        await asyncio.to_thread(self.app.refresh_board)

    def message(self, address: str, *, text: str, button: str | None, language: str) -> Inbound:
        """Return a message that has not been sent before, later than those before it."""
        return Inbound(
            external_id=uuid4().hex,
            address=address,
            text=text,
            button=button,
            sequence=next(self._sequence),
            language=language,
        )


@dataclass
class Person:
    """Somebody with a phone: says, taps, and remembers what was heard."""

    stage: Stage
    address: str
    language: str
    heard: list[Heard] = field(default_factory=list)
    _cursor: int = 0

    async def says(self, text: str) -> list[Heard]:
        """Write `text`; return what comes back."""
        return await self._send(text=text, button=None)

    async def presses(self, data: str) -> list[Heard]:
        """Press a button by its data."""
        return await self._send(text="", button=data)

    async def sends(self, *, text: str = "", button: str | None = None) -> None:
        """Write or press without reading what comes back."""
        await self.stage.deliver(
            self.stage.message(self.address, text=text, button=button, language=self.language)
        )

    async def taps(self, action: str) -> list[Heard]:
        """Press the newest button that does `action`.

        Raises:
            LookupError: No message has one.
        """
        for each in reversed(self.heard):
            for option in each.body.options:
                if option.data.startswith(f"a:{action}:"):
                    return await self.presses(option.data)
        raise LookupError(f"no button {action}")

    async def listens(self) -> list[Heard]:
        """Return what came in since the last time."""
        read = functools.partial(self._read, after=self._cursor)
        rows = await asyncio.wrap_future(self.stage.app.database.submit_read(read))
        new = [Heard(row.text_key, body_of(row)) for row in rows]
        self._cursor = max([self._cursor, *(row.cursor or 0 for row in rows)])
        self.heard += new
        return new

    async def skips(self) -> None:
        """Forget what came in so far; only what follows will be returned."""
        await self.stage.publish()
        while await self.listens():
            pass

    async def _send(self, *, text: str, button: str | None) -> list[Heard]:
        await self.sends(text=text, button=button)
        return await self.listens()

    def _read(self, uow: UnitOfWork, *, after: int) -> list[Delivery]:
        row = uow.addresses.find(self.stage.account_id, self.address)
        return uow.deliveries.on_page(row.id, after=after) if row is not None else []

    def row(self) -> ContactAddress:
        """Return the address as it is stored.

        Raises:
            LookupError: Nobody has written from here.
        """
        found = self.stage.app.database.read(
            lambda uow: uow.addresses.find(self.stage.account_id, self.address)
        )
        if found is None:
            raise LookupError("nobody has written from this address")
        return found


def _ignore(_account_id: UUID, _address_id: UUID) -> None:
    """Publishing is called by the stage itself."""
