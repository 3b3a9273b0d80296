"""A bureau whose people are all on Telegram, written in bulk, and what they write to its bot."""

from __future__ import annotations

import functools
import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import insert

from storage.database import Database
from storage.models import AddressLink, Consent, ContactAddress, Officer, Vacancy, Worker
from storage.models.base import Base
from storage.states import Decision, Purpose, Role, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.services.job_world import BUREAU, NANHUA, SEWING, add_firm, add_vacancy
from tests.stand_ins.telegram.stand_in import system_seconds

TOKEN = "4711:benchmark-AAAAAAAAAAAAAAAAAAAAAAAAAAA"
SECRET = "benchmark"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
FIRST_CHAT, FIRST_ELSEWHERE = 10_000_000, 20_000_000
OFFICER_CHAT = 9_999_999
BATCH = 1_000
Row = dict[str, object]


class Town:
    """The rows of one bureau on one database; its people have the chats `FIRST_CHAT` onwards."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database = database
        self.now = now
        self.account_id: uuid.UUID = database.run(
            lambda uow: uow.accounts.find_or_add("telegram", BUREAU).id
        )
        self.officer_id: uuid.UUID = database.run(self._add_officer)

    def settle(self, people: int, *, first: int = FIRST_CHAT, home: str = NANHUA) -> None:
        """Add registered workers who agreed to be written to, one chat each."""
        for begin in range(first, first + people, BATCH):
            chats = range(begin, min(begin + BATCH, first + people))
            self.database.run(functools.partial(self._add, chats=chats, home=home))

    def open_vacancy(self) -> Vacancy:
        """Return a published vacancy of a verified firm."""
        return self.database.run(
            lambda uow: add_vacancy(uow, self.now, add_firm(uow, self.now), headcount=10_000)
        )

    def _add_officer(self, uow: UnitOfWork) -> uuid.UUID:
        address = uow.addresses.find_or_add(
            self.account_id, str(OFFICER_CHAT), language="zh", now=self.now
        )
        address.role, address.roles = Role.OFFICER, [Role.WORKER.value, Role.OFFICER.value]
        uow.session.flush()
        officer = Officer(address_id=address.id, name="周明", scope=BUREAU[:4], created_at=self.now)
        return uow.officers.add(officer).id

    def _add(self, uow: UnitOfWork, chats: Sequence[int], home: str) -> None:
        people = [self._person(uow, chat, home) for chat in chats]
        for kind, rows in zip(
            (ContactAddress, Worker, AddressLink, Consent), zip(*people, strict=True), strict=True
        ):
            _insert(uow, kind, rows)

    def _person(self, uow: UnitOfWork, chat: int, home: str) -> tuple[Row, Row, Row, Row]:
        address_id, worker_id = uuid.uuid4(), uuid.uuid4()
        phone = f"139{chat:08d}"
        address: Row = {
            "id": address_id,
            "account_id": self.account_id,
            "address": str(chat),
            "address_index": uow.secrets.blind_index(str(chat), kind="address"),
            "created_at": self.now,
            "last_inbound_at": self.now,
            "acting_for": worker_id,
        }
        worker: Row = {
            "id": worker_id,
            "bureau_adcode": BUREAU,
            "name": "陈桂芳",
            "phone": phone,
            "phone_index": uow.secrets.blind_index(phone, kind="phone"),
            "birth_year": 1974,
            "home": home,
            "trades": [SEWING],
            "migration": "in_county",
            "wage_min": 4000,
            "status": WorkerStatus.SEEKING,
            "created_at": self.now,
            "changed_at": self.now,
        }
        link: Row = {"address_id": address_id, "worker_id": worker_id, "since": self.now}
        consent: Row = {
            "id": uuid.uuid4(),
            "address_id": address_id,
            "worker_id": worker_id,
            "purpose": Purpose.REGISTER_AND_MATCH,
            "text_version": "1",
            "decision": Decision.GRANTED,
            "decided_at": self.now,
        }
        return address, worker, link, consent


def _insert(uow: UnitOfWork, kind: type[Base], rows: Sequence[Row]) -> None:
    uow.session.connection().execute(insert(kind.__table__), list(rows))  # type: ignore[arg-type]


def greetings(chats: Sequence[int], text: str, *, numbers: Iterator[int]) -> list[bytes]:
    """Return an update a chat, in which somebody writes `text`; `numbers` are their ids."""
    return [_update(next(numbers), chat, text) for chat in chats]


def tap(number: int, chat: int, data: str) -> bytes:
    """Return an update in which somebody presses a button that carries `data`."""
    query = {
        "id": str(number),
        "from": _person(chat),
        "chat_instance": str(chat),
        "data": data,
        "message": {
            "message_id": 1,
            "date": _now(),
            "chat": _chat(chat),
            "from": {"id": int(TOKEN.partition(":")[0]), "is_bot": True, "first_name": "稳工"},
            "text": "?",
        },
    }
    return json.dumps({"update_id": number, "callback_query": query}).encode()


def _update(number: int, chat: int, text: str) -> bytes:
    message = {
        "message_id": number,
        "date": _now(),
        "chat": _chat(chat),
        "from": _person(chat),
        "text": text,
    }
    return json.dumps({"update_id": number, "message": message}).encode()


def _now() -> int:
    return int(system_seconds())


def _chat(chat: int) -> Row:
    return {"id": chat, "type": "private", "first_name": "芳"}


def _person(chat: int) -> Row:
    return {"id": chat, "is_bot": False, "first_name": "芳", "language_code": "zh-hans"}
