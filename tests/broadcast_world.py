"""A city whose people are reached in every way, for tests of broadcasts."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update

from bot.app import App
from bot.clock import FixedClock
from bot.conversations.engine import Engine
from bot.conversations.scripts import SCRIPTS
from bot.services.broadcasts import broadcasts
from bot.services.broadcasts.audiences import Audience
from bot.services.broadcasts.broadcast_batches import Made, make_batch
from bot.services.broadcasts.broadcast_preview import Preview, preview
from bot.services.limits import Limits
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import (
    AddressLink,
    Broadcast,
    BroadcastLeftOut,
    ChannelAccount,
    ContactAddress,
    Delivery,
    PhoneTask,
    Vacancy,
    Worker,
)
from storage.states import DeliveryStatus, VacancyStatus, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.officer_world import add_firm, add_vacancy

ZHONGJIANG, NANHUA, GUANGHAN = "510623", "510623101", "510681"
EVERYBODY = Audience(places=("5106",), trades=(), standings=("everybody",))
NEWS = "周六上午十点县里有招聘会。"
SMALL = 5
ALL_CHANNELS = frozenset({"telegram", "sms"})
PUBLIC_URL = "https://wengong.test"


class WideCity(City):
    """One deployment with Telegram, text messages, pages and a phone list."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        clock: FixedClock,
        *,
        channels: frozenset[str] = ALL_CHANNELS,
        limits: Limits | None = None,
    ) -> None:
        super().__init__(database, catalogue, clock)
        self.deployment = replace(
            self.deployment,
            channels=channels,
            public_url=PUBLIC_URL,
            limits=limits or self.deployment.limits,
        )
        engine = Engine(self.deployment, SCRIPTS)
        self.app = App(self.app.settings, database, self.deployment, engine)
        self.boss = self.officer("周明", scope="5106")
        self._numbers = itertools.count(13_900_000_001)

    def reader(
        self,
        channel: str | None = "telegram",
        *,
        name: str | None = "陈桂芳",
        home: str | None = ZHONGJIANG,
        trades: Sequence[str] = ("缝纫工",),
        status: WorkerStatus = WorkerStatus.SEEKING,
        has_phone: bool = False,
        phone: str | None = None,
        seen: bool = True,
        paused_until: date | None = None,
        birth_year: int | None = None,
        at: UUID | None = None,
    ) -> UUID:
        """Register somebody who is reached on a channel, on none, or at an address there is."""
        number = phone or (str(next(self._numbers)) if has_phone else None)

        def add(uow: UnitOfWork) -> UUID:
            now = self.clock.now()
            worker = uow.workers.add(
                Worker(
                    bureau_adcode=self.deployment.bureau_adcode,
                    name=name,
                    phone=number,
                    phone_index=None
                    if number is None
                    else uow.secrets.blind_index(number, kind="phone"),
                    home=home,
                    trades=list(trades),
                    status=status,
                    paused_until=paused_until,
                    birth_year=birth_year,
                    created_at=now,
                    changed_at=now,
                )
            )
            address_id = at
            if channel is not None and at is None:
                account = uow.accounts.find_or_add(channel, self.deployment.bureau_adcode)
                row = uow.addresses.find_or_add(
                    account.id, f"{channel} of {worker.id}", language="zh", now=now
                )
                row.last_inbound_at = now if seen else now - timedelta(days=30)
                uow.session.flush()
                address_id = row.id
            if address_id is not None:
                uow.session.add(AddressLink(address_id=address_id, worker_id=worker.id, since=now))
            return worker.id

        return self.run(add)

    def vacancy(self, **changed: object) -> Vacancy:
        """Open a vacancy for sewers in 中江, 45 or 55 years old at most as `changed` says."""
        vacancy_id = add_vacancy(self, add_firm(self))

        def open_it(uow: UnitOfWork) -> Vacancy:
            row = uow.vacancies.need(vacancy_id)
            row.status, row.published_at = VacancyStatus.PUBLISHED, self.clock.now()
            for name, value in changed.items():
                setattr(row, name, value)
            return row

        row = self.run(open_it)
        self.boss.listens()
        return row

    def addresses_of(self, worker_id: UUID) -> list[ContactAddress]:
        """Return the addresses of a worker."""
        return self.run(lambda uow: uow.addresses.addresses_of(worker_id))

    def address_of(self, worker_id: UUID) -> ContactAddress:
        """Return the first address of a worker."""
        return self.run(lambda uow: uow.addresses.addresses_of(worker_id)[0])

    def change_address(self, worker_id: UUID, **changed: object) -> None:
        """Change the first address of a worker."""

        def change(uow: UnitOfWork) -> None:
            row = uow.addresses.addresses_of(worker_id)[0]
            for name, value in changed.items():
                setattr(row, name, value)

        self.run(change)

    def broadcast(self, number: int = 1) -> Broadcast:
        """Return a broadcast as it is stored."""
        bureau = self.deployment.bureau_adcode
        found = self.run(lambda uow: uow.broadcasts.of_number(bureau, number))
        assert found is not None
        return found

    def messages(self, number: int = 1) -> list[Delivery]:
        """Return a broadcast's messages by worker."""
        key = self.broadcast(number).id
        question = select(Delivery).where(Delivery.broadcast_id == key)
        return self.run(
            lambda uow: list(uow.session.scalars(question.order_by(Delivery.worker_id)))
        )

    def left_out(self, number: int = 1) -> dict[UUID, str]:
        """Return who was left out of a broadcast, with the reason."""
        key = self.broadcast(number).id
        question = select(BroadcastLeftOut.worker_id, BroadcastLeftOut.reason).where(
            BroadcastLeftOut.broadcast_id == key
        )
        return self.run(lambda uow: {row[0]: row[1] for row in uow.session.execute(question)})

    def channels_used(self, number: int = 1) -> dict[str, int]:
        """Return how many of a broadcast's messages go by each channel."""
        accounts = {row.account_id for row in self.messages(number)}
        question = select(ChannelAccount).where(ChannelAccount.id.in_(accounts))
        names = self.run(lambda uow: {row.id: row.channel for row in uow.session.scalars(question)})
        return dict(Counter(names[row.account_id] for row in self.messages(number)))

    def calls(self) -> list[PhoneTask]:
        """Return every call on a phone list."""
        return self.run(lambda uow: list(uow.session.scalars(select(PhoneTask))))

    def send(self, *, limit: int | None = None, fails: bool = False) -> None:
        """Let the platforms take waiting broadcast messages, as their senders would."""
        phones = select(ChannelAccount.id).where(ChannelAccount.channel == "phone")
        which = (
            select(Delivery.id)
            .where(
                Delivery.broadcast_id.is_not(None),
                Delivery.status == DeliveryStatus.QUEUED,
                Delivery.account_id.not_in(phones),
            )
            .order_by(Delivery.worker_id)
        )
        values: dict[str, object] = {
            "status": DeliveryStatus.FAILED if fails else DeliveryStatus.ACCEPTED,
            "reason": "blocked:403" if fails else None,
            "accepted_at": None if fails else self.clock.now(),
        }

        def settle(uow: UnitOfWork) -> None:
            ids = list(uow.session.scalars(which.limit(limit) if limit else which))
            uow.session.execute(update(Delivery).where(Delivery.id.in_(ids)).values(**values))

        self.run(settle)


def composed(boss: Person, line: str, *, words: str) -> list[str]:
    """Compose a text broadcast up to its preview; return the preview's bubbles."""
    boss.says("/broadcast")
    boss.taps("发一段话")
    boss.says(words)
    return boss.says(line)


def approved(
    city: WideCity, *, vacancy: Vacancy | None = None, audience: Audience = EVERYBODY
) -> tuple[UUID, Preview]:
    """Draft and approve a broadcast; return its key and what its preview said."""
    officer = city.boss.as_officer()

    def do(uow: UnitOfWork) -> tuple[UUID, Preview]:
        words = None if vacancy is not None else NEWS
        made = broadcasts.draft(uow, city.deployment, officer, vacancy=vacancy, words=words)
        broadcasts.change_audience(made, audience)
        uow.session.flush()
        shown = preview(uow, city.deployment, made)
        broadcasts.approve(uow, city.deployment, officer, made.id)
        return made.id, shown

    return city.run(do)


def make(city: WideCity, key: UUID, *, limit: int = SMALL) -> Made:
    """Make one stretch."""
    return city.run(functools.partial(make_batch, deployment=city.deployment, key=key, limit=limit))


def make_all(city: WideCity, key: UUID, *, limit: int = SMALL) -> None:
    """Make every stretch."""
    while make(city, key, limit=limit).is_more:
        pass
