"""People and places for tests of the worker's side."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import text

from bot.services.people import consents, workers
from bot.services.people.workers import ProfileDraft
from storage.models import Base, ContactAddress, Worker
from storage.states import Decision, DeliveryKind, Purpose
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person

T = TypeVar("T")
ZHONGJIANG, NANHUA = "510623", "510623101"
GUIFANG = ProfileDraft(
    trades=("缝纫工",),
    migration="near_home",
    locations=(ZHONGJIANG,),
    wage_min=4000,
    birth_year=1974,
    home=NANHUA,
    name="陈桂芳",
    phone="13900001234",
)
_occasions = itertools.count(1)


def address_of(uow: UnitOfWork, person: Person) -> ContactAddress:
    """Return the row of this person's address, made when there is none."""
    return uow.addresses.find_or_add(
        person.city.account_id, person.address, language="zh", now=person.city.clock.now()
    )


def registered(person: Person, draft: ProfileDraft = GUIFANG, *, relation: str = "self") -> Worker:
    """Register somebody at this person's address, with consent."""

    def register(uow: UnitOfWork) -> Worker:
        address = address_of(uow, person)
        deployment = person.city.deployment
        worker = workers.register(uow, deployment, address, draft, relation=relation)
        consents.record(
            uow,
            deployment,
            address.id,
            Purpose.REGISTER_AND_MATCH,
            Decision.GRANTED,
            worker_id=worker.id,
        )
        address.acting_for = None
        return worker

    return person.city.run(register)


def is_asked(person: Person, step: str, **answers: object) -> list[str]:
    """Put a question to this person as another conversation would; return what is heard."""

    def begin(uow: UnitOfWork) -> None:
        person.city.app.engine.begin(
            uow,
            address_of(uow, person),
            step,
            origin=f"test:{next(_occasions)}",
            kind=DeliveryKind.REPLY,
            subject_id=None,
            **answers,
        )

    person.city.run(begin)
    return person.listens()


def workers_of(person: Person) -> list[Worker]:
    """Return who is reached at this person's address."""
    address_id = person.row().id
    return person.city.run(lambda uow: uow.addresses.workers_at(address_id))


def draft_at(person: Person) -> ProfileDraft:
    """Return what is known at this address: of the first worker, else the draft."""
    found = workers_of(person)
    return workers.draft_of(found[0] if found else None, person.row().memory or {})


def in_transaction(city: City, work: Callable[[UnitOfWork], T]) -> T:
    """Run `work` in a transaction of its own."""
    return city.run(work)


def everything_stored(city: City) -> str:
    """Return every readable value of every table, encrypted ones decrypted."""

    def read(uow: UnitOfWork) -> str:
        found: list[object] = []
        for mapper in Base.registry.mappers:
            for row in uow.session.query(mapper.class_):
                found += [getattr(row, column.key) for column in mapper.column_attrs]
        return "\n".join(repr(value) for value in found)

    return city.run(read)


def count(city: City, table: str) -> int:
    """Return how many rows a table of this schema holds."""
    query = text(f"select count(*) from {table}")  # noqa: S608 - a name of our own schema
    return city.run(lambda uow: int(uow.session.execute(query).scalar_one()))
