"""Invented people, firms and vacancies as rows."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.app.demo.openings import InventedFirm, InventedVacancy
from bot.app.demo.population import InventedWorker
from bot.services.deployment import Deployment
from storage.models import Enterprise, Vacancy, Worker
from storage.states import EnterpriseStatus, VacancyStatus, WorkerStatus
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:  # the city is made of these rows
    from bot.app.demo.city import Written

DEMO_WORKER, DEMO_ENTERPRISE, DEMO_OFFICER = "demo:worker", "demo:enterprise", "demo:officer"
WORKER_ADDRESS, FIRM_ADDRESS = "demo:crowd:{:04d}", "demo:firm:{:03d}"
TOWN_DIGITS = 9
VERIFIED_DAYS_AGO = 60
MORNING = time(10, 0)
PAUSED_FOR = (5, 40)
STATUS_OF = {"employed": WorkerStatus.EMPLOYED, "unreachable": WorkerStatus.UNREACHABLE}
STATES = {
    "open": VacancyStatus.PUBLISHED,
    "hungry": VacancyStatus.PUBLISHED,
    "filled": VacancyStatus.FILLED,
    "expired": VacancyStatus.EXPIRED,
}


def morning_of(deployment: Deployment, now: datetime, days_ago: int) -> datetime:
    """Return ten in the morning, `days_ago` days before `now`, but never after `now`."""
    timezone = deployment.clock.timezone
    day = now.astimezone(timezone).date() - timedelta(days=days_ago)
    return min(now, datetime.combine(day, MORNING, timezone))


def new_key(city: Written) -> uuid.UUID:
    """Return a key drawn from the city's seed, so that equal scores tie the same way again."""
    return uuid.UUID(int=city.chance.getrandbits(128), version=4)


def enterprise_row(
    deployment: Deployment, firm: InventedFirm, *, now: datetime, officer_id: uuid.UUID
) -> Enterprise:
    """Return a firm that the officer has verified."""
    verified_at = now - timedelta(days=VERIFIED_DAYS_AGO)
    return Enterprise(
        id=uuid.uuid5(officer_id, firm.credit_code),
        bureau_adcode=deployment.bureau_adcode,
        credit_code=firm.credit_code,
        name=firm.name,
        adcode=firm.seat,
        contact_name=firm.contact,
        contact_phone=firm.phone,
        status=EnterpriseStatus.VERIFIED,
        verified_at=verified_at,
        verified_by=officer_id,
        created_at=verified_at,
    )


def worker_row(
    uow: UnitOfWork, deployment: Deployment, city: Written, person: InventedWorker
) -> Worker:
    """Return a registered worker."""
    today = deployment.today
    registered_at = city.now - timedelta(days=person.registered_days_ago)
    is_paused = person.standing == "paused"
    return Worker(
        id=new_key(city),
        bureau_adcode=deployment.bureau_adcode,
        name=person.name,
        phone=person.phone,
        phone_index=uow.secrets.blind_index(person.phone, kind="phone"),
        birth_year=today.year - person.age,
        home=person.home,
        trades=list(person.trades),
        refused_trades=[],
        certificates=[],
        migration=person.migration.value,
        locations=[],
        excluded_locations=[],
        wage_min=person.wage_min,
        wants_room_board=person.wants_room_board,
        night_shift_worker=person.works_nights,
        status=STATUS_OF.get(person.standing, WorkerStatus.SEEKING),
        paused_until=today + timedelta(days=city.chance.randint(*PAUSED_FOR))
        if is_paused
        else None,
        version=1,
        created_at=registered_at,
        changed_at=registered_at,
    )


def vacancy_row(
    deployment: Deployment,
    city: Written,
    plan: InventedVacancy,
    *,
    firm: Enterprise,
    number: int,
) -> Vacancy:
    """Return a vacancy in the state it has come to."""
    published_at = morning_of(deployment, city.now, plan.days_ago)
    valid_days = city.figures.population["vacancies"].number("valid_days")
    is_open = plan.state in {"open", "hungry"}
    return Vacancy(
        id=new_key(city),
        bureau_adcode=deployment.bureau_adcode,
        number=number,
        enterprise_id=firm.id,
        trade=plan.trade,
        title=plan.trade,
        headcount=plan.headcount,
        wage_min=plan.wage_min,
        wage_max=plan.wage_max,
        wage_unit="元/月",
        adcode=firm.adcode[:6],
        town=firm.adcode if len(firm.adcode) == TOWN_DIGITS else None,
        board=plan.board,
        lodging=plan.lodging,
        age_max=plan.age_max,
        hours=plan.hours,
        payday=plan.payday,
        valid_until=published_at.date() + timedelta(days=valid_days) if is_open else None,
        status=STATES[plan.state],
        version=1,
        created_at=published_at,
        published_at=published_at,
        closed_at=None if is_open else min(city.now, published_at + timedelta(days=15)),
    )
