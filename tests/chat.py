"""A chat-style harness: people talk, time passes, and what was heard is checked."""

from __future__ import annotations

import asyncio
import functools
import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from bot.app import App, build
from bot.channels.receiver import Receiver
from bot.clock import FixedClock
from bot.messages import Body, Inbound
from bot.services.people import officers
from bot.services.ranking.matching_views import knowledge_of
from bot.services.ranking.vacancy_board import VacancyBoard
from bot.services.sending import outbox
from bot.services.sending.deliveries import body_of
from bot.settings import Settings
from bot.understanding import TextReader
from content.catalogue import Catalogue
from matching.tables.knowledge import Knowledge
from storage.database import Database
from storage.models import ContactAddress, Officer
from storage.states import Role
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
# By the catalogue's identity; what is made of one takes longer than most tests.
_READ: dict[int, tuple[Catalogue, TextReader, Knowledge]] = {}
SETTINGS = Settings(
    bureau_adcode="510600",
    bureau_name="德阳市人社局",
    bureau_phone="0838-2500000",
    port=8000,
    nightly_at="off",  # tests that are about other things jump over nights
)


class City:
    """One deployment with its web site; nothing in it is a stand-in but the clock."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        clock: FixedClock,
        *,
        settings: Settings = SETTINGS,
    ) -> None:
        self.clock = clock
        reader, knowledge = read_already(catalogue)
        self.app: App = build(
            settings,
            catalogue=catalogue,
            clock=clock,
            database=database,
            is_demo=False,
            reader=reader,
            board=VacancyBoard(catalogue, knowledge),
        )
        self.database = database
        self.deployment = self.app.deployment
        self.account_id = self.app.account_id("web")
        self._ids = itertools.count(1)

    def person(self, name: str, *, language: str = "zh") -> Person:
        """Return somebody who has not written yet."""
        return Person(self, name, language=language)

    def officer(self, name: str = "周明", *, scope: str = "5106") -> Person:
        """Return an officer who has accepted an invitation."""
        person = self.person(f"officer {name}")

        def join(uow: UnitOfWork) -> None:
            address = uow.addresses.find_or_add(
                self.account_id, person.address, language="zh", now=self.clock.now()
            )
            token = officers.invite(uow, self.deployment, scope=scope, name=name)
            uow.session.flush()
            officers.accept(uow, self.deployment, token, address)

        self.run(join)
        return person

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in a transaction of its own."""
        return self.database.run(work)

    def publish(self) -> None:
        """Let everything that is due be read on its pages."""
        work = functools.partial(
            outbox.publish, deployment=self.deployment, account_id=self.account_id
        )
        while self.run(work):
            pass

    def pass_time(self, **parts: float) -> None:
        """Move business time, run what is due, and publish it."""
        self.clock.advance(timedelta(**parts))
        self.tick()

    def tick(self) -> None:
        """Run every scheduled job once for the present slot, then publish."""
        from bot.scheduler.run_due import run_due

        run_due(self.database, self.app.engine, account_ids=[self.account_id])
        self.publish()

    def next_id(self) -> str:
        """Return a message id that no platform has used."""
        return f"m{next(self._ids)}"


class Person:
    """Somebody with a phone: writes, taps, and remembers what was heard."""

    def __init__(self, city: City, name: str, *, language: str) -> None:
        self.city = city
        self.address = f"address of {name}"
        self.language = language
        self._cursor = 0
        self.heard_bodies: list[Body] = []

    def says(self, text: str, *, message_id: str | None = None) -> list[str]:
        """Write `text`; return what comes back, a text a bubble."""
        return self._send(text=text, button=None, message_id=message_id)

    def taps(self, label: str, *, message_id: str | None = None) -> list[str]:
        """Tap the newest button whose label holds `label`; return what comes back."""
        for body in reversed(self.heard_bodies):
            for option in body.options:
                if label in option.label:
                    return self._send(text="", button=option.data, message_id=message_id)
        raise AssertionError(f"no button {label!r}; the last ones: {self.buttons()}")

    def presses(self, data: str) -> list[str]:
        """Press a button by its data, however old it is."""
        return self._send(text="", button=data, message_id=None)

    def listens(self) -> list[str]:
        """Return what came in since the last time, a text a bubble."""
        self.city.publish()
        return [body.text for body in self._fetch()]

    def buttons(self) -> list[str]:
        """Return the labels under the newest message that has any."""
        for body in reversed(self.heard_bodies):
            if body.options:
                return [option.label for option in body.options]
        return []

    @property
    def heard(self) -> str:
        """Everything heard so far, a bubble a line."""
        return "\n".join(body.text for body in self.heard_bodies)

    def row(self) -> ContactAddress:
        """Return this address as it is stored."""
        found = self.city.run(lambda uow: uow.addresses.find(self.city.account_id, self.address))
        assert found is not None
        return found

    def as_officer(self) -> Officer:
        """Return the officer who speaks here."""
        address_id = self.row().id
        found = self.city.run(lambda uow: uow.officers.at(address_id))
        assert found is not None
        return found

    def takes_role(self, role: Role) -> None:
        """Speak in `role` from now on."""
        address_id = self.row().id

        def change(uow: UnitOfWork) -> None:
            uow.addresses.need(address_id).role = role

        self.city.run(change)

    def _send(self, *, text: str, button: str | None, message_id: str | None) -> list[str]:
        identity = message_id or self.city.next_id()
        inbound = Inbound(
            external_id=f"{self.address}:{identity}",
            address=self.address,
            text=text,
            button=button,
            sequence=int(identity.removeprefix("m")) if identity[1:].isdecimal() else 0,
            language=self.language,
        )
        deliver(self.city, inbound)
        return self.listens()

    def _fetch(self) -> list[Body]:
        def read(uow: UnitOfWork) -> list[tuple[int, Body]]:
            address = uow.addresses.find(self.city.account_id, self.address)
            if address is None:
                return []
            rows = uow.deliveries.on_page(address.id, after=self._cursor)
            return [(row.cursor or 0, body_of(row)) for row in rows]

        new = self.city.database.read(read)
        self._cursor = new[-1][0] if new else self._cursor
        bodies = [body for _cursor, body in new]
        self.heard_bodies += bodies
        return bodies


def deliver(city: City, inbound: Inbound) -> None:
    """Bring `inbound` in through the receiver and wait until it is answered."""

    city.app.refresh_board()

    async def receive() -> None:
        receiver = Receiver(city.database, city.app.engine, wake=_ignore)
        try:
            await receiver.answer(city.account_id, inbound)
        finally:
            await receiver.close()

    asyncio.run(receive())


def read_already(catalogue: Catalogue) -> tuple[TextReader, Knowledge]:
    """Return what is made of a catalogue alone; made once, for neither ever changes."""
    if id(catalogue) not in _READ:
        _READ[id(catalogue)] = catalogue, TextReader(catalogue), knowledge_of(catalogue)
    return _READ[id(catalogue)][1:]


def _ignore(_account_id: UUID, _address_id: UUID) -> None:
    """Publishing is called by the harness itself."""
