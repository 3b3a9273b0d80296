"""Firms, vacancies and workers for tests about work: rows as their own parts would store them."""

from __future__ import annotations

import itertools
import uuid
from datetime import date, datetime, timedelta

from bot.services.deployment import Deployment
from bot.services.vacancies import publishing, vacancies
from bot.services.vacancies.publishing import Published
from storage.models import (
    AddressLink,
    ContactAddress,
    Enterprise,
    EnterpriseAddress,
    Vacancy,
    Worker,
)
from storage.states import EnterpriseStatus, Role, VacancyStatus, WorkerStatus
from storage.unit_of_work import UnitOfWork

BUREAU = "510600"
ZHONGJIANG, NANHUA, CANGSHAN = "510623", "510623101", "510623103"
JINGYANG, GUANGHAN, SHUANGLIU, DONGGUAN = "510603", "510681", "510116", "441900"
SEWING, WELDING, LABOUR = "缝纫工", "电焊工", "普工"
# What no test of this room is about; the rest of a vacancy is an argument of `add_vacancy`.
AS_ALWAYS = {"bureau_adcode": BUREAU, "wage_unit": "计件", "payday": "15号", "hours": "8点到6点"}
_numbers = itertools.count(1)


def add_firm(
    uow: UnitOfWork,
    now: datetime,
    *,
    name: str = "宏达制衣",
    address: ContactAddress | None = None,
) -> Enterprise:
    """Store a verified firm, spoken for by `address` if given."""
    firm = uow.enterprises.add(
        Enterprise(
            bureau_adcode=BUREAU,
            credit_code=f"91510600{next(_numbers):010d}",
            name=name,
            adcode=ZHONGJIANG,
            status=EnterpriseStatus.VERIFIED,
            verified_at=now,
            created_at=now,
        )
    )
    if address is not None:
        address.role = Role.ENTERPRISE
        uow.session.add(EnterpriseAddress(address_id=address.id, enterprise_id=firm.id, since=now))
        uow.session.flush()
    return firm


def add_vacancy(
    uow: UnitOfWork,
    now: datetime,
    firm: Enterprise,
    *,
    status: VacancyStatus = VacancyStatus.PUBLISHED,
    trade: str = SEWING,
    title: str = "平车工",
    town: str | None = NANHUA,
    adcode: str | None = ZHONGJIANG,
    wage: tuple[int | None, int | None] = (4000, 5500),
    headcount: int | None = 6,
    board: bool | None = True,
    lodging: bool | None = None,
    age_max: int | None = None,
    valid_for_days: int = 30,
) -> Vacancy:
    """Store a vacancy and note its change."""
    vacancy = uow.vacancies.add(
        Vacancy(
            **AS_ALWAYS,
            number=next(_numbers),
            enterprise_id=firm.id,
            trade=trade,
            title=title,
            headcount=headcount,
            wage_min=wage[0],
            wage_max=wage[1],
            adcode=adcode,
            town=town,
            board=board,
            lodging=lodging,
            age_max=age_max,
            valid_until=now.date() + timedelta(days=valid_for_days),
            status=status,
            created_at=now,
            published_at=now if status is VacancyStatus.PUBLISHED else None,
        )
    )
    uow.vacancies.note_change(vacancy, at=now)
    return vacancy


def add_worker(
    uow: UnitOfWork,
    now: datetime,
    *,
    name: str = "陈桂芳",
    phone: str = "13900001111",
    address: ContactAddress | None = None,
    trades: tuple[str, ...] = (SEWING,),
    home: str | None = NANHUA,
    migration: str | None = "in_county",
    wage_min: int | None = 4000,
    birth_year: int | None = 1974,
    status: WorkerStatus = WorkerStatus.SEEKING,
    paused_until: date | None = None,
    nights: bool = False,
) -> Worker:
    """Store a registered worker, reached at `address` if given."""
    worker = uow.workers.add(
        Worker(
            id=uuid.uuid4(),
            bureau_adcode=BUREAU,
            name=name,
            phone=phone,
            phone_index=uow.secrets.blind_index(phone, kind="phone"),
            birth_year=birth_year,
            home=home,
            trades=list(trades),
            migration=migration,
            wage_min=wage_min,
            status=status,
            paused_until=paused_until,
            night_shift_worker=nights,
            created_at=now,
            changed_at=now,
        )
    )
    if address is not None:
        uow.session.add(AddressLink(address_id=address.id, worker_id=worker.id, since=now))
        address.acting_for = worker.id
        uow.session.flush()
    return worker


def add_address(uow: UnitOfWork, account_id: uuid.UUID, now: datetime, name: str) -> ContactAddress:
    """Store an address from which somebody wrote just now."""
    address = uow.addresses.find_or_add(account_id, name, language="zh", now=now)
    address.last_inbound_at = now
    uow.session.flush()
    return address


def publish_new(
    uow: UnitOfWork, deployment: Deployment, firm: Enterprise, *, headcount: int | None = 6
) -> tuple[Vacancy, Published]:
    """Publish a vacancy that was in review."""
    vacancy = add_vacancy(
        uow, deployment.now, firm, status=VacancyStatus.IN_REVIEW, headcount=headcount
    )
    return vacancy, publishing.publish(uow, deployment, vacancy)


def close(uow: UnitOfWork, deployment: Deployment, vacancy_id: uuid.UUID) -> None:
    """Close a vacancy as filled."""
    vacancies.close(uow, deployment, uow.vacancies.need(vacancy_id), VacancyStatus.FILLED)
