"""A platform that does what a test tells it, and a sender that talks to it."""

from __future__ import annotations

import asyncio
import functools
import random
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid4

from bot.channels.base import Capabilities, SendError
from bot.channels.sender import Sender
from bot.messages import Body, Outbound, SendErrorKind, SendFailure
from bot.services.deployment import Deployment
from bot.services.sending import outbox
from bot.services.sending.deliveries import Draft, body_of, push, queue_dialogue
from bot.services.sending.outbox import Claimed, Claims
from bot.services.sending.outbox_fates import Fate, settle
from bot.services.sending.stale_questions import Wanted
from storage.database import Database
from storage.models import ChannelAccount, ContactAddress, Delivery
from storage.states import DeliveryKind, DeliveryStatus, Role
from storage.unit_of_work import UnitOfWork
from tests.channels.small_town import SmallTown

T = TypeVar("T")
FAST = Capabilities(buttons=True, edit=True, max_text=4000, per_second=10_000.0, burst=1_000)


class Remote:
    """One account on a platform; fails as `failures` says, text by text."""

    name = "remote"
    capabilities = FAST

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.failures: dict[str, list[SendErrorKind]] = {}
        self.retry_after = 0.0
        self.most_at_once = 0
        self._on_the_wire: dict[str, int] = {}

    async def send(self, message: Outbound) -> str:
        """Accept the message, or fail as the test wants it."""
        count = self._on_the_wire.get(message.address, 0) + 1
        self._on_the_wire[message.address] = count
        self.most_at_once = max(self.most_at_once, count)
        await asyncio.sleep(0.001)
        self._on_the_wire[message.address] -= 1
        waiting = self.failures.get(message.body.text, [])
        if waiting:
            raise SendError(SendFailure(waiting.pop(0), self.retry_after, "E1"))
        self.sent.append((message.address, message.body.text))
        return str(len(self.sent))

    def published(self, addresses: Collection[UUID]) -> None:
        """Nothing reads the outbox here."""

    def texts(self) -> list[str]:
        """Return the accepted texts in their order."""
        return [text for _address, text in self.sent]


class Post:
    """An outbox with one remote account: what is queued, what is sent, what became of it."""

    def __init__(self, town: SmallTown) -> None:
        self.town = town
        self.database = town.database
        self.clock = town.clock
        self.remote = Remote()
        self.jitter = random.Random(1)  # noqa: S311 - spreads retries, hides nothing
        self.account_id = self.run(lambda uow: uow.accounts.find_or_add("remote", "510600").id)

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in a transaction of its own."""
        return self.database.run(work)

    def reply(self, text: str, *, to: str = "a", kind: DeliveryKind = DeliveryKind.REPLY) -> None:
        """Queue one message of a dialogue."""
        draft = Draft("test", Body(text), dedupe_key=f"turn:{uuid4()}", kind=kind)

        def queue(uow: UnitOfWork) -> None:
            queue_dialogue(uow, self._address(uow, to), [draft], now=self.clock.now())

        self.run(queue)

    def push(
        self,
        text: str,
        *,
        to: str = "a",
        kind: DeliveryKind = DeliveryKind.VACANCY,
        subject_id: UUID | None = None,
        expires_at: datetime | None = None,
        worker_id: UUID | None = None,
    ) -> None:
        """Queue one message that nobody waits for."""
        draft = Draft(
            "test",
            Body(text),
            dedupe_key=f"push:{uuid4()}",
            kind=kind,
            subject_id=subject_id,
            expires_at=expires_at,
            worker_id=worker_id,
        )
        self.run(lambda uow: push(uow, self._address(uow, to), draft, now=self.clock.now()))

    def push_many(self, count: int) -> None:
        """Queue one push for each of `count` addresses, in one transaction."""

        def queue(uow: UnitOfWork) -> None:
            for number in range(count):
                draft = Draft("test", Body("x"), f"m:{number}", DeliveryKind.VACANCY)
                address = self._address(uow, f"many{number}")
                push(uow, address, draft, now=self.clock.now())

        self.run(queue)

    def change_address(self, change: Callable[[ContactAddress], None], *, of: str = "a") -> None:
        """Change the row of an address."""
        self.run(lambda uow: change(self._address(uow, of)))

    def address(self, name: str = "a") -> ContactAddress:
        """Return the row of an address as it is stored."""
        return self.run(lambda uow: self._address(uow, name))

    def serial_of(self, address_id: UUID) -> int:
        """Return the number of the question asked last at an address."""
        return self.database.read(lambda uow: uow.addresses.need(address_id).question_serial)

    def claim(self, *, limit: int, per_second: float = 1e6) -> list[Claimed]:
        """Take what may be sent now, as one sender of several would."""
        return list(self.look(limit=limit, per_second=per_second).items)

    def look(self, *, limit: int, per_second: float = 1e6) -> Claims:
        """Look into the queue as one sender of several would; `limit` is the burst as well."""
        return self.database.run_here(lambda uow: self._claim(uow, limit, per_second))

    def settle(self, *fates: Fate) -> None:
        """Write down what became of claimed rows."""
        work = functools.partial(
            settle,
            deployment=self.town.deployment,
            account_id=self.account_id,
            fates=fates,
            jitter=self.jitter,
        )
        self.run(work)

    def send_once(self, *, senders: int = 1) -> int:
        """Let each of `senders` look for work once; return how much was dealt with."""

        async def send() -> int:
            each = [self.sender() for _ in range(senders)]
            return sum(await asyncio.gather(*(sender.send_due() for sender in each)))

        return asyncio.run(send())

    def send_all(self) -> None:
        """Send until nothing is due."""
        while self.send_once():
            pass

    def recover(self) -> int:
        """Take back what a dead sender had on the wire."""

        async def recover() -> int:
            return await self.sender().recover()

        return asyncio.run(recover())

    def let_leases_run_out(self) -> None:
        """Pretend that half a minute passed on the database's clock."""

        def expire(uow: UnitOfWork) -> None:
            for row in uow.session.query(Delivery).filter_by(status=DeliveryStatus.SENDING):
                row.lease_until = (row.lease_until or 0.0) - 31.0

        self.run(expire)

    def let_allowance_refill(self, seconds: float) -> None:
        """Pretend that `seconds` passed on the database's clock since the last claim."""

        def shift(uow: UnitOfWork) -> None:
            account = uow.session.get_one(ChannelAccount, self.account_id)
            account.refilled_at -= seconds
            account.paused_until -= seconds

        self.run(shift)

    def rows(self) -> Sequence[Delivery]:
        """Return every row of this account, in the order of their text."""

        def read(uow: UnitOfWork) -> list[Delivery]:
            rows = uow.session.query(Delivery).filter_by(account_id=self.account_id)
            return sorted(rows, key=lambda row: body_of(row).text)

        return self.database.read(read)

    def row(self, text: str) -> Delivery:
        """Return the one row that says `text`."""
        (found,) = [row for row in self.rows() if body_of(row).text == text]
        return found

    def sender(self) -> Sender:
        """Return a sender of this account; made inside a running event loop."""
        return Sender(
            self.database,
            self.town.deployment,
            self.remote,
            self.account_id,
            jitter=self.jitter,
            engine=self.town.engine,
        )

    def _renew(self, uow: UnitOfWork, address: ContactAddress, wanted: Wanted) -> None:
        self.town.engine.renew(uow, address, wanted.origin, kind=wanted.kind)

    def _claim(self, uow: UnitOfWork, limit: int, per_second: float) -> Claims:
        return outbox.claim(
            uow,
            deployment=self.town.deployment,
            account_id=self.account_id,
            per_second=per_second,
            burst=limit,
            renew=self._renew,
        )

    def _address(self, uow: UnitOfWork, name: str) -> ContactAddress:
        address = uow.addresses.find_or_add(
            self.account_id, name, language="zh", now=self.clock.now()
        )
        address.role = Role.WORKER
        return address


def claim_all(database: Database, deployment: Deployment, account_id: UUID) -> list[Claimed]:
    """Take everything that may be sent on an account now, without a limit of rate."""
    work = functools.partial(
        outbox.claim,
        deployment=deployment,
        account_id=account_id,
        per_second=1e6,
        burst=10_000,
    )
    return list(database.run_here(work).items)
