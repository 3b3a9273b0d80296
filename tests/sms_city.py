"""A city whose bureau has a gateway: phones without pages, the channel, callbacks and sender."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

import httpx
from starlette.applications import Starlette

from bot.app import App
from bot.channels.receiver import Receiver
from bot.channels.sender import Sender
from bot.channels.sms import Sms, SmsOptions
from bot.channels.sms.loopback import GatewayCalls
from bot.clock import FixedClock
from bot.conversations.engine import Engine
from bot.conversations.scripts import SCRIPTS
from bot.services.follow_up.employments import open_spell
from bot.services.sending.sms_addresses import sms_address
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import ContactAddress, Delivery, Employment, Worker
from storage.states import Source
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services import job_world
from tests.stand_ins.sms_gateway import ACCOUNT, SECRET, SmsGateway

T = TypeVar("T")
PUBLIC_URL = "https://wengong.test"
OPTIONS = SmsOptions(
    url="http://gateway.test", account=ACCOUNT, secret=SECRET, per_second=10_000.0, burst=1_000
)
Act = Callable[[GatewayCalls, httpx.AsyncClient], Awaitable[T]]


class SmsCity(City):
    """One deployment with a web site and a gateway; nothing of ours in it is a stand-in."""

    def __init__(self, database: Database, catalogue: Catalogue, clock: FixedClock) -> None:
        super().__init__(database, catalogue, clock)
        self.deployment = replace(
            self.deployment, channels=frozenset({"sms"}), public_url=PUBLIC_URL
        )
        engine = Engine(self.deployment, SCRIPTS)
        self.app = App(self.app.settings, database, self.deployment, engine)
        self.sms_account = self.app.account_id("sms")
        self.gateway = SmsGateway(clock)

    def phone(self, number: str = "13900001234") -> SmsPhone:
        """Return a phone that only reads and writes text messages."""
        return SmsPhone(self, number)

    def sms_address_of(self, worker: Worker) -> ContactAddress:
        """Return where a worker gets text messages, made if need be."""

        def find(uow: UnitOfWork) -> ContactAddress:
            found = sms_address(uow, self.deployment, uow.workers.need(worker.id))
            assert found is not None
            return found

        return self.run(find)

    def sms_rows(self) -> list[Delivery]:
        """Return every message on the gateway's account, the oldest first."""

        def read(uow: UnitOfWork) -> list[Delivery]:
            rows = uow.session.query(Delivery).filter_by(account_id=self.sms_account)
            return sorted(rows, key=lambda row: (row.created_at, row.seq))

        return self.database.read(read)

    def exchange(self, act: Act[T]) -> T:
        """Let the gateway call the product, finish the turns, and send what is due."""

        async def run() -> T:
            line = Sms(
                OPTIONS,
                deployment=self.deployment,
                database=self.database,
                account_id=self.sms_account,
                transport=httpx.ASGITransport(app=self.gateway.app()),
            )
            receiver = Receiver(self.database, self.app.engine, wake=lambda _one, _two: None)
            await line.start(receiver)
            product = httpx.ASGITransport(app=Starlette(routes=line.routes()))
            async with httpx.AsyncClient(transport=product, base_url="http://product") as client:
                calls = GatewayCalls(client, secret=SECRET, clock=self.clock)
                answer = await act(calls, client)
            await receiver.close()
            await self._send(line)
            await line.close()
            return answer

        self.app.refresh_board()
        return asyncio.run(run())

    def send_texts(self) -> None:
        """Send what is due by text message."""

        async def nothing(_calls: GatewayCalls, _client: httpx.AsyncClient) -> None:
            return None

        self.exchange(nothing)

    async def _send(self, line: Sms) -> None:
        sender = Sender(
            self.database,
            self.deployment,
            line.channel,
            self.sms_account,
            jitter=random.Random(1),  # noqa: S311 - spreads retries, guards nothing
            engine=self.app.engine,
        )
        while await sender.send_due():
            pass


class SmsPhone:
    """Somebody with a phone that shows text messages."""

    def __init__(self, city: SmsCity, number: str) -> None:
        self.city = city
        self.number = number
        self._read = 0

    def writes(self, words: str, *, id: str | None = None) -> list[str]:  # noqa: A002
        """Write a text; return the texts that come back."""

        async def text(calls: GatewayCalls, _client: httpx.AsyncClient) -> int:
            return await calls.text(self.number, words, id=id)

        assert self.city.exchange(text) == 200
        return self.reads()

    def reads(self) -> list[str]:
        """Return the texts that came since the last time."""
        self.city.send_texts()
        texts = self.city.gateway.texts_to(self.number)
        new, self._read = texts[self._read :], len(texts)
        return new

    def row(self) -> ContactAddress:
        """Return this number's address as it is stored."""
        found = self.city.run(lambda uow: uow.addresses.find(self.city.sms_account, self.number))
        assert found is not None
        return found


def token_in(text: str) -> str:
    """Return the token of the link at the end of a text message."""
    before, _, token = text.rpartition("/r/")
    assert before.endswith(PUBLIC_URL), text
    return token


def hired(city: SmsCity, *, number: str = "13900001234", name: str = "陈桂芳") -> Employment:
    """Register somebody who has only a telephone, with work that began today."""

    def start(uow: UnitOfWork) -> Employment:
        now = city.clock.now()
        worker = job_world.add_worker(uow, now, name=name, phone=number)
        firm = job_world.add_firm(uow, now, name="中江县宏达制衣有限公司")
        return open_spell(
            uow,
            city.deployment,
            worker=worker,
            started_on=city.clock.today(),
            source=Source.OFFICER,
            enterprise_id=firm.id,
        )

    return city.run(start)


def asked_on_day_three(city: SmsCity) -> None:
    """Let three days pass, and ask everybody who has started by text message."""
    city.pass_time(days=3, hours=2)
    city.send_texts()
