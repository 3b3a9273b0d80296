"""People of Chongqing who apply for benefits, with what the register says of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bot.clock import FixedClock
from bot.messages import Inbound
from bot.services.benefits.identity import id_index
from bot.services.people import consents
from bot.settings import Settings
from content.catalogue import Catalogue
from storage.database import Database
from storage.models import (
    AddressLink,
    AuditEntry,
    BenefitApplication,
    RegisterEntry,
    Worker,
    WorkerCategory,
)
from storage.register_states import CategoryState
from storage.states import Decision, Purpose, Source, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person, deliver

CHONGQING, SHIZHU, YUZHONG, WANZHOU = "500000", "500240", "500103", "500101"
# Well-formed numbers of nobody: a woman born in 1974, a man of 1990, a child of 2015.
GUIFANG_ID = "500240197403050021"
OTHER_ID = "500240199001010018"
CHILD_ID = "500240201506010013"
POOR = ("建档立卡",)
SETTINGS = Settings(
    bureau_adcode=CHONGQING,
    bureau_name="重庆市人社局",
    bureau_phone="023-88000000",
    port=8000,
    nightly_at="off",
)


def chongqing(database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    """Return a deployment of Chongqing's bureau."""
    return City(database, catalogue, clock, settings=SETTINGS)


def add_worker(
    uow: UnitOfWork,
    city: City,
    *,
    address: str | None,
    name: str = "陈桂芳",
    home: str | None = SHIZHU,
    birth_year: int | None = 1974,
) -> Worker:
    """Store a registered worker, who agreed at `address` if given."""
    now = city.clock.now()
    worker = uow.workers.add(
        Worker(
            bureau_adcode=CHONGQING,
            name=name,
            phone="13900001111",
            phone_index=uow.secrets.blind_index("13900001111", kind="phone"),
            birth_year=birth_year,
            home=home,
            trades=[],
            status=WorkerStatus.SEEKING,
            created_at=now,
            changed_at=now,
        )
    )
    if address is not None:
        row = uow.addresses.find_or_add(city.account_id, address, language="zh", now=now)
        uow.session.flush()
        uow.session.add(AddressLink(address_id=row.id, worker_id=worker.id, since=now))
        row.acting_for = row.acting_for or worker.id
        row.last_inbound_at = now
        consents.record(
            uow,
            city.deployment,
            row.id,
            Purpose.REGISTER_AND_MATCH,
            Decision.GRANTED,
            worker_id=worker.id,
        )
        uow.session.flush()
    return worker


def enter(
    uow: UnitOfWork,
    worker: Worker,
    now: datetime,
    *,
    number: str | None = None,
    categories: Sequence[str] = POOR,
    **facts: object,
) -> RegisterEntry:
    """Let a sheet tell of a worker: a number, verified categories, and further columns."""
    told = {"id_number": number, **facts} if number else dict(facts)
    entry = uow.register_entries.add(
        RegisterEntry(
            bureau_adcode=worker.bureau_adcode,
            worker_id=worker.id,
            id_index=id_index(uow, number) if number else None,
            facts=told,
            source=Source.IMPORT,
            changed_at=now,
        )
    )
    for category in categories:
        uow.session.add(
            WorkerCategory(
                worker_id=worker.id,
                category=category,
                state=CategoryState.VERIFIED,
                source=Source.IMPORT,
                since=now,
            )
        )
    uow.session.flush()
    return entry


def registered(
    city: City,
    *,
    name: str = "陈桂芳",
    phone_of: str | None = None,
    number: str | None = None,
    categories: Sequence[str] | None = POOR,
    birth_year: int | None = 1974,
    home: str | None = SHIZHU,
) -> Person:
    """Return a worker of the register who writes; without categories no sheet tells of them."""
    person = city.person(phone_of or name)

    def work(uow: UnitOfWork) -> None:
        worker = add_worker(
            uow, city, address=person.address, name=name, home=home, birth_year=birth_year
        )
        if categories is not None:
            enter(uow, worker, city.clock.now(), number=number, categories=categories)

    city.run(work)
    return person


def officers(city: City) -> tuple[Person, Person]:
    """Return two officers of the whole city."""
    return city.officer("周明", scope="50"), city.officer("李红", scope="50")


def applications_in(city: City) -> list[BenefitApplication]:
    """Return every application, by number."""

    def work(uow: UnitOfWork) -> list[BenefitApplication]:
        return list(
            uow.session.scalars(select(BenefitApplication).order_by(BenefitApplication.number))
        )

    return city.run(work)


def entries_in(city: City) -> list[RegisterEntry]:
    """Return every entry of the register."""
    return city.run(lambda uow: list(uow.session.scalars(select(RegisterEntry))))


def audited(city: City) -> list[str]:
    """Return the actions in the audit, oldest first."""
    return city.run(lambda uow: list(uow.session.scalars(select(AuditEntry.action))))


def sends_photo(person: Person, file_id: str = "photo-1", *, caption: str = "") -> list[str]:
    """Send a photo as a platform would bring it; return what comes back."""
    identity = person.city.next_id()
    inbound = Inbound(
        external_id=f"{person.address}:{identity}",
        address=person.address,
        text=caption,
        sequence=int(identity[1:]),
        language=person.language,
        media="photo",
        media_id=file_id,
    )
    deliver(person.city, inbound)
    return person.listens()


JOURNEY = {
    "坐的哪种车": "3",
    "票上写的是多少钱": "198块5",
    "从哪个区县出发": "石柱",
    "去的是哪个区县": "渝中区",
    "去打工，还是": "1",
    "车票还在吗": "1",
    "票上有个号码": "E1234567890123",
    "别的部门给您报过": "2",
    "以前领过吗": "2",
}


def fill_in(person: Person, *, number: str | None = None, **changed: str) -> str:
    """Answer every question about a journey from 石柱 to 渝中; return the last thing heard.

    Without a number the question for it is declined. `changed` holds other answers, by the words
    of the question.
    """
    answers = {
        "要不要写身份证号": "1" if number else "2",
        "身份证号18位": number or "1",
        **JOURNEY,
        **changed,
    }
    person.says("我要报车票")
    return answer_all(person, person.says("1"), answers)


def answer_all(person: Person, heard: list[str], answers: dict[str, str]) -> str:
    """Answer while a question is known and its answer is not empty; return the last thing heard."""
    for _ in range(30):
        reply = next((said for words, said in answers.items() if words in heard[-1]), None)
        if not reply:
            break
        heard = person.says(reply)
    return heard[-1]


def handed_in(city: City, person: Person, *, number: str | None = None, **changed: str) -> UUID:
    """Fill in an application and hand it in; return its key."""
    known = {row.id for row in applications_in(city)}
    fill_in(person, number=number, **changed)
    person.says("1")
    (new,) = [row.id for row in applications_in(city) if row.id not in known]
    return new


def application_id(city: City) -> UUID:
    """Return the key of the one application."""
    (application,) = applications_in(city)
    return application.id
