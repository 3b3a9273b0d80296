"""People on Telegram, a platform that fails on a schedule, and a count of what came of it."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from bot.channels.receiver import Receiver
from bot.channels.sender import Sender
from bot.channels.telegram.api import connect
from bot.channels.telegram.channel import TelegramChannel
from bot.clock import FixedClock
from bot.messages import Body, Inbound
from bot.scheduler.run_due import run_due
from bot.services.sending.deliveries import Draft, body_of, push
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import ContactAddress, Delivery, InboundReceipt
from storage.models.outbox import BULK_PRIORITY, REPLY_PRIORITY
from storage.states import DeliveryKind, DeliveryStatus, ReceiptStatus
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.telegram_town import FIRST_CHAT, TOKEN, Town
from tests.chat import City
from tests.stand_ins.telegram import Limits, TelegramStandIn

PER_SECOND, BURST = 500.0, 50
PATIENCE, GLANCE = 60.0, 0.02
PUSH = "【急招】"
UNDER_WAY = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY, DeliveryStatus.SENDING)


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of everything.

    Attributes:
        states: Rows by kind and state, such as `vacancy accepted`.
        unanswered: Messages of people that no turn has answered.
        silent: Rows that should have been shown and were not: accepted, and nobody got them.
        lost: Rows that were given up, or wait for ever.
        pushes_twice: Pushes that somebody got more than once.
        replies_twice: Other messages that somebody got more than once.
        stale: People whose newest question is not the one that they see.
    """

    states: Counter[str]
    unanswered: int
    silent: int
    lost: int
    pushes_twice: int
    replies_twice: int
    stale: int

    def tell(self, title: str) -> Counted:
        """Print the counts."""
        states = ", ".join(f"{count} {name}" for name, count in sorted(self.states.items()))
        sys.stdout.write(
            f"\n{title}: {states}; lost {self.lost}, accepted but never shown {self.silent}, "
            f"pushes twice {self.pushes_twice}, replies twice {self.replies_twice}, "
            f"unanswered {self.unanswered}, without the open question {self.stale}\n"
        )
        return self


class FaultWorld:
    """A city whose people are on one bot; business time is moved by the test."""

    def __init__(self, database: Database, catalogue: Catalogue, clock: FixedClock) -> None:
        self.city = City(database, catalogue, clock)
        self.database, self.clock = database, clock
        self.town = Town(database, clock.now())
        self.account_id: UUID = self.town.account_id
        self.telegram = TelegramStandIn(limits=Limits().lifted())
        self._numbers = itertools.count(1)
        self.sender: Sender
        self.receiver: Receiver

    @contextlib.asynccontextmanager
    async def open(self, people: int) -> AsyncIterator[FaultWorld]:
        """Settle people and run sender and receiver while the block lasts."""
        self.town.settle(people)
        async with self.telegram:
            self.telegram.bot(TOKEN)
            bot = connect(TOKEN, api=self.telegram.root)
            await bot.initialize()
            self.sender = Sender(
                self.database,
                self.city.deployment,
                TelegramChannel(bot, public_url="", per_second=PER_SECOND, burst=BURST),
                self.account_id,
                jitter=random.Random(1),  # noqa: S311 - spreads retries, hides nothing
                engine=self.city.app.engine,
            )
            self.receiver = Receiver(self.database, self.city.app.engine, wake=self._wake)
            sending = asyncio.ensure_future(self.sender.run())
            try:
                yield self
            finally:
                await self.receiver.close()
                self.sender.close()
                await sending
                await bot.shutdown()

    async def says(self, person: int, text: str) -> None:
        """Bring a person's words in, and wait until a turn has answered them."""
        number, chat = next(self._numbers), str(FIRST_CHAT + person)
        inbound = Inbound(f"update:{number}", chat, text, sequence=number)
        await self.receiver.answer(self.account_id, inbound)

    def push_to(self, people: Sequence[int]) -> None:
        """Queue a push for each of these people."""
        self.database.run(functools.partial(queue_pushes, town=self.town, people=people))
        self.sender.wake()

    async def let_pass(self, minutes: int) -> None:
        """Let minutes pass, with everything that falls due in each."""
        for _minute in range(minutes):
            self.clock.advance(timedelta(minutes=1))
            await asyncio.to_thread(
                run_due, self.database, self.city.app.engine, account_ids=[self.account_id]
            )
            self.sender.wake()
            await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is due any more at the present instant.

        Raises:
            AssertionError: The sender does not come to an end.
        """
        until = asyncio.get_running_loop().time() + PATIENCE
        while await asyncio.to_thread(self.database.read, self._due):
            assert asyncio.get_running_loop().time() < until, "still sending"
            await asyncio.sleep(GLANCE)

    def count(self) -> Counted:
        """Return what came of everything."""
        shown = {chat: it.shown for chat, it in self.telegram.accounts[TOKEN].chats.items()}
        texts = {chat: Counter(it.text for it in every) for chat, every in shown.items()}
        return self.database.read(functools.partial(counted, texts=texts))

    def _wake(self, _account_id: UUID, _address_id: UUID) -> None:
        self.sender.wake()

    def _due(self, uow: UnitOfWork) -> bool:
        """Return whether something is on the wire, or may go there now."""
        on_wire = select(func.count()).where(
            Delivery.account_id == self.account_id, Delivery.status == DeliveryStatus.SENDING
        )
        now = self.clock.now()
        return bool(uow.session.scalar(on_wire)) or any(
            uow.deliveries.due(self.account_id, priority=priority, now=now, limit=1)
            for priority in (REPLY_PRIORITY, BULK_PRIORITY)
        )


def queue_pushes(uow: UnitOfWork, *, town: Town, people: Sequence[int]) -> None:
    """Queue a push for each of these people, in one transaction."""
    for person in people:
        address = uow.addresses.find(town.account_id, str(FIRST_CHAT + person))
        assert address is not None
        words = f"{PUSH}{person}"
        draft = Draft(
            "test.push.new",
            Body(words),
            f"push:{person}",
            DeliveryKind.VACANCY,
            worker_id=address.acting_for,
        )
        push(uow, address, draft, now=town.now)


def counted(uow: UnitOfWork, *, texts: dict[int, Counter[str]]) -> Counted:
    """Compare the rows of the outbox with the texts that each chat shows."""
    rows = list(_rows(uow))
    expected = Counter(
        (chat, body_of(row).text)
        for chat, row in rows
        if row.status in {DeliveryStatus.ACCEPTED, DeliveryStatus.UNKNOWN}
    )
    got = Counter({(chat, text): n for chat, all_ in texts.items() for text, n in all_.items()})
    accepted = Counter(
        (chat, body_of(row).text) for chat, row in rows if row.status is DeliveryStatus.ACCEPTED
    )
    twice = got - expected
    waiting = select(func.count()).where(InboundReceipt.status != ReceiptStatus.DONE)
    return Counted(
        Counter(f"{row.kind.value} {row.status.value}" for _chat, row in rows),
        unanswered=uow.session.scalar(waiting) or 0,
        silent=(accepted - got).total(),
        lost=sum(row.status in {*UNDER_WAY, DeliveryStatus.FAILED} for _chat, row in rows),
        pushes_twice=sum(n for (_chat, text), n in twice.items() if text.startswith(PUSH)),
        replies_twice=sum(n for (_chat, text), n in twice.items() if not text.startswith(PUSH)),
        stale=sum(not _sees_its_question(chat, row, texts) for chat, row in _newest(rows)),
    )


def _rows(uow: UnitOfWork) -> Iterator[tuple[int, Delivery]]:
    question = select(Delivery, ContactAddress.address).join(
        ContactAddress, ContactAddress.id == Delivery.address_id
    )
    for row, chat in uow.session.execute(question.order_by(Delivery.seq)):
        if chat.isdecimal():
            yield int(chat), row


def _newest(rows: Sequence[tuple[int, Delivery]]) -> Iterator[tuple[int, Delivery]]:
    """Yield the newest question of each chat."""
    questions = [(chat, row) for chat, row in rows if body_of(row).options]
    yield from dict(questions).items()


def _sees_its_question(chat: int, row: Delivery, texts: dict[int, Counter[str]]) -> bool:
    return (
        row.status is DeliveryStatus.ACCEPTED and texts.get(chat, Counter())[body_of(row).text] > 0
    )
