"""Rows that officers deal with, written straight into a city's database."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from bot.messages import Body
from bot.services.cases import cases
from bot.services.sending.deliveries import body_of
from bot.services.vacancies import vacancies
from storage.models import (
    AddressLink,
    AuditEntry,
    Case,
    Delivery,
    Enterprise,
    EnterpriseAddress,
    Vacancy,
    Worker,
)
from storage.states import DeliveryKind, EnterpriseStatus, Matter, Role, VacancyStatus, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person

ZHONGJIANG, GUANGHAN = "510623", "510681"
CREDIT_CODE = "91350100M000100Y43"


def add_address(city: City, person: Person) -> UUID:
    """Let a person be known who has not written yet."""

    def add(uow: UnitOfWork) -> UUID:
        row = uow.addresses.find_or_add(
            city.account_id, person.address, language=person.language, now=city.clock.now()
        )
        uow.session.flush()
        return row.id

    return city.run(add)


def add_worker(
    city: City,
    person: Person,
    *,
    name: str | None = "陈桂芳",
    phone: str | None = "13900001234",
    home: str | None = ZHONGJIANG,
    status: WorkerStatus = WorkerStatus.SEEKING,
) -> UUID:
    """Register a worker at a person's address."""
    address_id = add_address(city, person)

    def add(uow: UnitOfWork) -> UUID:
        now = city.clock.now()
        worker = uow.workers.add(
            Worker(
                bureau_adcode=city.deployment.bureau_adcode,
                name=name,
                phone=phone,
                home=home,
                trades=["缝纫工"],
                status=status,
                created_at=now,
                changed_at=now,
            )
        )
        uow.session.add(AddressLink(address_id=address_id, worker_id=worker.id, since=now))
        return worker.id

    return city.run(add)


def add_firm(
    city: City,
    *,
    name: str = "宏达制衣",
    adcode: str = ZHONGJIANG,
    status: EnterpriseStatus = EnterpriseStatus.VERIFIED,
    speaker: Person | None = None,
    credit_code: str = CREDIT_CODE,
) -> UUID:
    """Register a firm, and who speaks for it."""
    address_id = add_address(city, speaker) if speaker is not None else None

    def add(uow: UnitOfWork) -> UUID:
        now = city.clock.now()
        firm = uow.enterprises.add(
            Enterprise(
                bureau_adcode=city.deployment.bureau_adcode,
                credit_code=credit_code,
                name=name,
                adcode=adcode,
                contact_name="李厂长",
                contact_phone="13900005678",
                status=status,
                verified_at=now if status is EnterpriseStatus.VERIFIED else None,
                created_at=now,
            )
        )
        if address_id is not None:
            uow.session.add(
                EnterpriseAddress(address_id=address_id, enterprise_id=firm.id, since=now)
            )
            row = uow.addresses.need(address_id)
            row.role, row.roles = Role.ENTERPRISE, [Role.ENTERPRISE.value]
        return firm.id

    return city.run(add)


def add_vacancy(
    city: City,
    firm_id: UUID,
    *,
    violations: Sequence[Sequence[str]] = (),
    appeal: str | None = None,
    headcount: int | None = 6,
) -> UUID:
    """Put a vacancy of a firm before its officers."""

    def add(uow: UnitOfWork) -> UUID:
        firm = uow.enterprises.need(firm_id)
        vacancy = uow.vacancies.add(
            Vacancy(
                bureau_adcode=firm.bureau_adcode,
                number=uow.records.next_number(f"V:{firm.bureau_adcode}"),
                enterprise_id=firm.id,
                post_text="招平车工6名,包吃住",
                trade="缝纫工",
                title="平车工",
                headcount=headcount,
                wage_min=4000,
                wage_max=5500,
                wage_unit="计件",
                adcode=ZHONGJIANG,
                board=True,
                violations=[list(one) for one in violations],
                appeal=appeal,
                status=VacancyStatus.DRAFT,
                created_at=city.clock.now(),
            )
        )
        vacancies.send_to_review(uow, city.deployment, vacancy)
        return vacancy.id

    vacancy_id = city.run(add)
    city.publish()
    return vacancy_id


def open_step(city: City, person: Person, step: str) -> list[str]:
    """Ask a person a step's question, as a menu does; return what is heard."""
    person.listens()

    def begin(uow: UnitOfWork) -> None:
        address = uow.addresses.find(city.account_id, person.address)
        assert address is not None
        origin = f"test:{city.next_id()}"
        city.app.engine.begin(uow, address, step, origin=origin, kind=DeliveryKind.REPLY)

    city.run(begin)
    return person.listens()


def open_case(
    city: City,
    person: Person,
    *matters: Matter,
    words: str = "没搞了 工资也没给",
    firm_id: UUID | None = None,
) -> UUID:
    """Open a case of a person who has an address, as the bot does."""

    def open_it(uow: UnitOfWork) -> UUID:
        address = uow.addresses.find(city.account_id, person.address)
        assert address is not None
        people = uow.addresses.workers_at(address.id)
        opened = cases.open_case(
            uow,
            city.deployment,
            address=address,
            worker=people[0] if people else None,
            matters=matters or (Matter.GRIEVANCE, Matter.UNEMPLOYMENT),
            words=words,
            enterprise_id=firm_id,
        )
        return opened.case.id

    case_id = city.run(open_it)
    city.publish()
    return case_id


def read_case(city: City, case_id: UUID) -> Case:
    """Return a case as it is stored."""
    return city.run(lambda uow: uow.cases.need(case_id))


def audited(city: City, action: str) -> int:
    """Return how often something was written into the audit."""
    question = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)
    return city.run(lambda uow: uow.session.scalar(question) or 0)


def queued(city: City, person: Person) -> list[Body]:
    """Return everything ever queued for a person, in no certain order."""

    def read(uow: UnitOfWork) -> list[Body]:
        address = uow.addresses.find(city.account_id, person.address)
        assert address is not None
        rows = uow.session.scalars(select(Delivery).where(Delivery.address_id == address.id))
        return [body_of(row) for row in rows]

    return city.run(read)
