"""A deployment with one small conversation, for what the spine promises whatever is said."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Sequence
from uuid import UUID

from bot.channels.receiver import Receiver
from bot.clock import FixedClock
from bot.conversations.engine import Engine
from bot.conversations.prompts import WORDS
from bot.conversations.script import Answer, Script
from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.messages import Inbound
from bot.services.deployment import Deployment
from bot.services.ranking.vacancy_board import VacancyBoard
from bot.services.sending import outbox
from bot.services.sending.deliveries import body_of
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import InboundReceipt
from storage.states import Role
from storage.unit_of_work import UnitOfWork
from tests.chat import read_already

script = Script("echo")


@script.intent("greeting", "other", "find_job", roles=tuple(Role))
def start(turn: Turn) -> None:
    """Repeat what was said, then ask for more."""
    turn.say_words(f"heard {turn.inbound.text}", key="echo")
    turn.go("echo.more")


@script.asks("more", WORDS)
def ask_more(turn: Turn) -> None:
    """Ask for more, with two choices beside the free words."""
    words = "more?"
    turn.ask_words(words, [turn.choice("yes", "common.choice.yes")], key="echo.more")


@script.answers("more")
def more(turn: Turn, answer: Answer) -> None:
    """Repeat, refuse or break, by the word that was said."""
    if answer.text == "refuse":
        turn.memory["kept"] = "by mistake"
        raise UserError("fallback.stale.button")
    if answer.text == "break":
        raise ZeroDivisionError("a bug")
    if answer.text.startswith("quote"):
        raise ValueError(answer.text)
    turn.memory["heard"] = [*_heard(turn), answer.choice or answer.text]
    turn.say_words(f"heard {answer.choice or answer.text}", key="echo")
    turn.go("echo.more")


def _heard(turn: Turn) -> list[str]:
    kept = turn.memory.get("heard")
    return list(kept) if isinstance(kept, list) else []


class SmallTown:
    """One deployment with the echoing conversation."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        clock: FixedClock,
        *,
        on_page: bool = False,
    ) -> None:
        self.database = database
        self.clock = clock
        reader, knowledge = read_already(catalogue)
        self.deployment = Deployment(
            catalogue=catalogue,
            clock=clock,
            reader=reader,
            board=VacancyBoard(catalogue, knowledge),
            bureau_adcode="510600",
            bureau_name="德阳市人社局",
            bureau_phone="",
            public_url="http://127.0.0.1:8000",
            is_demo=False,
        )
        self.engine = Engine(self.deployment, [script])
        self.account_id: UUID = database.run(
            lambda uow: uow.accounts.find_or_add("web", "510600").id
        )
        self.woken = threading.Event()
        self.pages = (self.account_id,) if on_page else ()

    def _wake(self, _account_id: UUID, _address_id: UUID) -> None:
        self.woken.set()

    def receive_all(self, *inbounds: Inbound) -> None:
        """Bring messages in at once and wait until all of them are answered."""

        async def receive() -> None:
            receiver = Receiver(self.database, self.engine, wake=self._wake, pages=self.pages)
            try:
                await asyncio.gather(
                    *(receiver.answer(self.account_id, inbound) for inbound in inbounds)
                )
            finally:
                await receiver.close()

        asyncio.run(receive())

    def sweep(self) -> None:
        """Run what a dead process left over."""

        async def sweep() -> None:
            receiver = Receiver(self.database, self.engine, wake=self._wake, pages=self.pages)
            await receiver.sweep(self.account_id)
            await receiver.close()

        asyncio.run(sweep())

    def store_only(self, inbound: Inbound) -> None:
        """Make a message durable and die before the turn."""
        receiver_class = Receiver

        async def store() -> None:
            receiver = receiver_class(self.database, self.engine, wake=self._wake, pages=self.pages)
            await receiver._accept(self.account_id, inbound)
            await receiver.close()

        asyncio.run(store())

    def publish(self) -> None:
        """Let what is due be read."""
        work = functools.partial(
            outbox.publish, deployment=self.deployment, account_id=self.account_id
        )
        while self.database.run(work):
            pass

    def page(self, address: str) -> list[str]:
        """Return what the page of `address` shows, oldest first."""
        self.publish()

        def read(uow: UnitOfWork) -> list[str]:
            row = uow.addresses.find(self.account_id, address)
            if row is None:
                return []
            return [body_of(item).text for item in uow.deliveries.on_page(row.id, after=0)]

        return self.database.read(read)

    def receipts(self) -> Sequence[InboundReceipt]:
        """Return every receipt, in the order of their sequence."""

        def read(uow: UnitOfWork) -> list[InboundReceipt]:
            rows = uow.session.query(InboundReceipt).order_by(InboundReceipt.sequence).all()
            return list(rows)

        return self.database.read(read)


def message(number: int, text: str, *, address: str = "a", button: str | None = None) -> Inbound:
    """Return one inbound message; its number is its id and its order."""
    return Inbound(f"{address}:{number}", address, text, button, sequence=number)
