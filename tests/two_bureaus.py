"""One process that serves two bureaus, each with a bot of its own."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from bot.app import build
from bot.channels.receiver import Receiver
from bot.clock import FixedClock
from bot.conversations.engine import Engine
from bot.messages import Inbound
from bot.scheduler.run_due import run_due
from bot.services.deployment import Deployment
from bot.services.people import consents, officers, workers
from bot.services.people.workers import ProfileDraft
from bot.services.sending.deliveries import body_of
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import ContactAddress, Delivery
from storage.states import Decision, Purpose
from storage.unit_of_work import UnitOfWork
from tests.chat import SETTINGS
from tests.worker_world import GUIFANG

DEYANG, SHIZHU = "510600", "500240"
DEYANG_TOWN, SHIZHU_TOWN = "510623101", "500240101"
TOKEN = "1000001:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
OTHER_TOKEN = "1000002:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
FILE = f"""
[[bureau]]
adcode = "{SHIZHU}"
name = "石柱县人社局"
phone = "023-73330000"
telegram_token = "{OTHER_TOKEN}"
"""


class TwoBureaus:
    """One process that serves Deyang and Shizhu, each on a bot of its own."""

    def __init__(
        self, database: Database, catalogue: Catalogue, clock: FixedClock, file: Path
    ) -> None:
        settings = SETTINGS.model_copy(update={"bureaus": file, "telegram_token": TOKEN})
        self.clock, self.database = clock, database
        self.app = build(
            settings, catalogue=catalogue, clock=clock, database=database, is_demo=False
        )
        self.accounts = {
            bureau: self.app.account_id("telegram", bureau=bureau) for bureau in (DEYANG, SHIZHU)
        }
        self._next = 0

    def engine(self, bureau: str) -> Engine:
        return self.app.engine_of(self.accounts[bureau])

    def deployment(self, bureau: str) -> Deployment:
        return self.engine(bureau).deployment

    def address(self, uow: UnitOfWork, bureau: str, chat: str) -> ContactAddress:
        return uow.addresses.find_or_add(
            self.accounts[bureau], chat, language="zh", now=self.clock.now()
        )

    def officer(self, bureau: str, name: str) -> UUID:
        def join(uow: UnitOfWork) -> UUID:
            deployment = self.deployment(bureau)
            address = self.address(uow, bureau, f"officer {name}")
            token = officers.invite(uow, deployment, scope=bureau, name=name)
            uow.session.flush()
            return officers.accept(uow, deployment, token, address).id

        return self.database.run(join)

    def worker(self, bureau: str, chat: str, home: str) -> UUID:
        def register(uow: UnitOfWork) -> UUID:
            deployment = self.deployment(bureau)
            address = self.address(uow, bureau, chat)
            draft: ProfileDraft = replace(GUIFANG, home=home, locations=(home[:6],))
            worker = workers.register(uow, deployment, address, draft)
            consents.record(
                uow,
                deployment,
                address.id,
                Purpose.REGISTER_AND_MATCH,
                Decision.GRANTED,
                worker_id=worker.id,
            )
            return worker.id

        return self.database.run(register)

    def says(self, bureau: str, chat: str, text: str, *, button: str | None = None) -> list[str]:
        """Write at a bot of a bureau; return the texts that were queued since."""
        self._next += 1
        inbound = Inbound(f"m{self._next}", chat, text=text, button=button, sequence=self._next)
        before = len(self.heard(bureau, chat))

        async def receive() -> None:
            receiver = Receiver(
                self.database,
                self.app.engine,
                wake=lambda _account, _address: None,
                engine_of=self.app.engine_of,
            )
            try:
                await receiver.answer(self.accounts[bureau], inbound)
            finally:
                await receiver.close()

        asyncio.run(receive())
        return self.heard(bureau, chat)[before:]

    def heard(self, bureau: str, chat: str) -> list[str]:
        def read(uow: UnitOfWork) -> list[str]:
            address = self.address(uow, bureau, chat)
            rows = uow.session.query(Delivery).filter_by(address_id=address.id)
            return [body_of(row).text for row in rows.order_by(Delivery.stream, Delivery.seq)]

        return self.database.run(read)

    def tick(self, **passed: float) -> None:
        self.clock.advance(timedelta(**passed))
        run_due(self.database, self.app.engine, account_ids=[*self.accounts.values()])
