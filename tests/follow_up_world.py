"""Workers who applied or who work, for tests of what is asked after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bot.services.follow_up import applications
from bot.services.follow_up.employments import open_spell
from storage.models import Case, CheckIn, Employment, Worker
from storage.states import CheckInKind, CheckInStatus, Source
from storage.unit_of_work import UnitOfWork
from tests.chat import City, Person
from tests.services import job_world
from tests.worker_world import address_of, registered

FIRM = "中江县宏达制衣有限公司"


@dataclass(frozen=True)
class Applied:
    """A worker who applied at a firm."""

    application_id: UUID
    vacancy_id: UUID
    enterprise_id: UUID
    worker_id: UUID


def has_applied(city: City, worker: Person, firm: Person | None = None) -> Applied:
    """Register `worker`, and let an application go out to a firm for which `firm` speaks."""
    stored = registered(worker)

    def apply(uow: UnitOfWork) -> Applied:
        now = city.clock.now()
        speaker = address_of(uow, firm) if firm is not None else None
        enterprise = job_world.add_firm(uow, now, name=FIRM, address=speaker)
        vacancy = job_world.add_vacancy(uow, now, enterprise)
        row = applications.apply(
            uow, city.deployment, uow.workers.need(stored.id), vacancy, address_of(uow, worker)
        )
        return Applied(row.id, vacancy.id, enterprise.id, stored.id)

    applied = city.run(apply)
    city.app.refresh_board()
    worker.listens()
    return applied


def works(
    city: City,
    worker: Person,
    *,
    days_ago: int = 0,
    source: Source = Source.WORKER,
    at_firm: bool = True,
) -> Employment:
    """Register `worker` if need be, with a spell that began some days ago."""
    known = worker_of(city, worker)
    stored = known or registered(worker)
    started_on = city.clock.today() - timedelta(days=days_ago)

    def start(uow: UnitOfWork) -> Employment:
        enterprise = job_world.add_firm(uow, city.clock.now(), name=FIRM) if at_firm else None
        return open_spell(
            uow,
            city.deployment,
            worker=uow.workers.need(stored.id),
            started_on=started_on,
            source=source,
            enterprise_id=enterprise.id if enterprise is not None else None,
        )

    return city.run(start)


def offers(city: City, count: int) -> None:
    """Publish vacancies that suit a seamstress."""

    def add(uow: UnitOfWork) -> None:
        now = city.clock.now()
        for number in range(count):
            enterprise = job_world.add_firm(uow, now, name=f"第{number}厂")
            job_world.add_vacancy(uow, now, enterprise)

    city.run(add)
    city.app.refresh_board()


def worker_of(city: City, person: Person) -> Worker | None:
    """Return the first worker at this person's address, or None."""

    def read(uow: UnitOfWork) -> Worker | None:
        address = uow.addresses.find(city.account_id, person.address)
        people = uow.addresses.workers_at(address.id) if address is not None else []
        return people[0] if people else None

    return city.run(read)


def spells_of(city: City, worker_id: UUID) -> list[Employment]:
    """Return a worker's spells that count, oldest first."""
    return city.run(lambda uow: uow.employments.of_worker(worker_id))


def check_ins_of(city: City, spell: Employment) -> dict[int, CheckIn]:
    """Return the check-ins of a spell by day."""
    rows = city.run(lambda uow: uow.check_ins.of_employment(spell.id))
    return {row.day: row for row in rows}


def questions_of(city: City, applied: Applied) -> dict[tuple[CheckInKind, int], CheckInStatus]:
    """Return how far each question about an application has come, by kind and day."""
    rows = city.run(lambda uow: uow.check_ins.of_application(applied.application_id))
    return {(row.kind, row.day): row.status for row in rows}


def case_of(city: City, person: Person) -> Case | None:
    """Return the open case of this person, or None."""
    address_id = person.row().id
    worker = worker_of(city, person)
    return city.run(
        lambda uow: uow.cases.find_open(
            worker_id=worker.id if worker else None, address_id=address_id
        )
    )


def next_morning(city: City, days: int = 1) -> None:
    """Let days pass one by one, each to five past ten, with everything due in between."""
    from bot.clock import at_local

    for _ in range(days):
        tomorrow = city.clock.today() + timedelta(days=1)
        stop = at_local(tomorrow, 10, 5, timezone=city.clock.timezone)
        city.pass_time(seconds=(stop - city.clock.now()).total_seconds())


def monday(city: City) -> date:
    """Return the day on which every test begins."""
    return city.clock.today()
