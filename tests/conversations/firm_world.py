"""A firm that talks: registered, verified, with a vacancy in whatever state a test needs."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from bot.services.follow_up import applications
from storage.models import AddressLink, Application, Vacancy, Worker
from storage.states import EnterpriseStatus, VacancyStatus, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.officer_world import add_address, add_firm

DEMO_POST = "中江南华镇招平车工6名,计件4000-5500,中午管饭,限女,55岁以下,押金200"
LAWFUL_POST = "中江南华镇招平车工6名,计件4000-5500,中午管饭,55岁以下"
CODE = "91510623MA6234567C"


@dataclass(frozen=True)
class Firm:
    """Somebody who speaks for a firm."""

    boss: Person
    id: uuid.UUID


def firm_in(
    city: City,
    *,
    name: str = "宏达制衣",
    status: EnterpriseStatus = EnterpriseStatus.VERIFIED,
    credit_code: str = CODE,
) -> Firm:
    """Return a registered firm, its officer being there already."""
    boss = city.person(f"boss of {name}")
    firm_id = add_firm(city, name=name, status=status, speaker=boss, credit_code=credit_code)
    return Firm(boss, firm_id)


def vacancies_of(city: City, firm: Firm) -> list[Vacancy]:
    """Return the firm's vacancies as stored, the oldest first."""
    return city.run(
        lambda uow: uow.vacancies.created_since(firm.id, city.clock.now() - timedelta(days=400))
    )[::-1]


def only_vacancy(city: City, firm: Firm) -> Vacancy:
    """Return the one vacancy the firm has."""
    (vacancy,) = vacancies_of(city, firm)
    return vacancy


def published(city: City, firm: Firm) -> Vacancy:
    """Return the firm's one vacancy, opened to workers without the officer's words."""

    posted = only_vacancy(city, firm)
    assert posted.status is VacancyStatus.IN_REVIEW

    def open_it(uow: UnitOfWork) -> None:
        vacancy = uow.vacancies.need(posted.id)
        vacancy.status = VacancyStatus.PUBLISHED
        vacancy.published_at = city.clock.now()
        uow.vacancies.note_change(vacancy, at=city.clock.now())

    city.run(open_it)
    return only_vacancy(city, firm)


def applicant(
    city: City, vacancy: Vacancy, *, name: str = "陈桂芳", phone: str = "13900001111"
) -> Person:
    """Return a worker who agreed and applied."""
    person = city.person(f"worker {name}")
    address_id = add_address(city, person)

    def apply(uow: UnitOfWork) -> None:
        now = city.clock.now()
        worker = uow.workers.add(
            Worker(
                bureau_adcode="510600",
                name=name,
                phone=phone,
                home="510623",
                status=WorkerStatus.SEEKING,
                created_at=now,
                changed_at=now,
            )
        )
        uow.session.add(AddressLink(address_id=address_id, worker_id=worker.id, since=now))
        row = uow.vacancies.need(vacancy.id)
        applications.apply(uow, city.deployment, worker, row, uow.addresses.need(address_id))

    city.run(apply)
    return person


def application_of(city: City, vacancy: Vacancy) -> Application:
    """Return the one application to a vacancy."""

    def find(uow: UnitOfWork) -> Application:
        ((application, _worker),) = uow.vacancies.applicants(vacancy.id)
        return application

    return city.run(find)
