"""Writes the invented county into a fresh database: whole tables at a time, not by talking."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.app.build import App
from bot.app.demo.behaviour import days_since_visit
from bot.app.demo.classes import write_courses
from bot.app.demo.figures import Figures
from bot.app.demo.history import write_history
from bot.app.demo.openings import InventedFirm, InventedVacancy, invent_openings
from bot.app.demo.population import InventedWorker, Names, invent_workers
from bot.app.demo.register import write_register
from bot.app.demo.rows import (
    DEMO_ENTERPRISE,
    DEMO_OFFICER,
    FIRM_ADDRESS,
    WORKER_ADDRESS,
    enterprise_row,
    vacancy_row,
    worker_row,
)
from bot.errors import SettingsError
from bot.services.deployment import Deployment
from bot.services.people import officers
from storage.models import (
    AddressLink,
    Consent,
    ContactAddress,
    Enterprise,
    EnterpriseAddress,
    Vacancy,
    VacancyChange,
    Worker,
)
from storage.states import Decision, Purpose, Role
from storage.unit_of_work import UnitOfWork

BUILT = "demo.built"


@dataclass(frozen=True)
class Invented:
    """Everything that is written, still without a database."""

    workers: tuple[InventedWorker, ...]
    firms: tuple[InventedFirm, ...]
    vacancies: tuple[InventedVacancy, ...]


@dataclass
class Written:
    """The rows of the city, in the order in which they were invented."""

    figures: Figures
    chance: random.Random
    now: datetime
    officer_id: uuid.UUID
    invented: Invented
    workers: list[Worker] = field(default_factory=list)
    addresses: dict[uuid.UUID, ContactAddress] = field(default_factory=dict)
    firms: list[Enterprise] = field(default_factory=list)
    vacancies: list[Vacancy] = field(default_factory=list)


def invent(figures: Figures) -> Invented:
    """Draw the whole county from its seed."""
    chance = random.Random(figures.city.number("seed"))  # noqa: S311 - invented, not secret
    names = Names(figures, chance)
    workers = invent_workers(figures, chance, names)
    firms, vacancies = invent_openings(figures, chance, names)
    return Invented(workers, firms, vacancies)


def is_built(app: App) -> bool:
    """Tell whether the database holds the city."""
    return app.database.read(lambda uow: uow.records.setting(BUILT)) is not None


def build_city(
    app: App,
    figures: Figures,
    *,
    language: str = "zh",
    progress: Callable[[int], None] = lambda _percent: None,
) -> None:
    """Write the county, its officer and its past weeks, in one transaction.

    Args:
        app: The demo's process.
        figures: What is drawn from.
        language: In which language the demo's own officer and firm are written to.
        progress: Called with percent done.

    Raises:
        SettingsError: The bureau that is set is not the one the county belongs to.
    """
    _check_bureau(app, figures)
    invented = invent(figures)
    progress(10)
    account_id = app.account_id("web")

    def write(uow: UnitOfWork) -> None:
        officer_id = _add_officer(uow, app.deployment, figures, account_id, language=language)
        seed = figures.city.number("seed")
        chance = random.Random(seed + 1)  # noqa: S311
        city = Written(figures, chance, app.deployment.now, officer_id, invented)
        _add_firms(uow, app.deployment, city, account_id, language=language)
        progress(30)
        _add_workers(uow, app.deployment, city, account_id)
        progress(60)
        _add_vacancies(uow, app.deployment, city)
        progress(80)
        for write_more in (write_history, write_register, write_courses):
            write_more(uow, app.deployment, city)
        uow.records.store_setting(BUILT, str(seed))

    app.database.run(write)
    progress(100)


def _check_bureau(app: App, figures: Figures) -> None:
    bureau = figures.city.word("bureau")
    if app.deployment.bureau_adcode != bureau:
        raise SettingsError([f"WENGONG_BUREAU_ADCODE: the demo plays in {bureau}; leave it unset"])


def _add_officer(
    uow: UnitOfWork,
    deployment: Deployment,
    figures: Figures,
    account_id: uuid.UUID,
    *,
    language: str,
) -> uuid.UUID:
    address = uow.addresses.find_or_add(
        account_id, DEMO_OFFICER, language=language, now=deployment.now
    )
    city = figures.city
    token = officers.invite(
        uow, deployment, scope=city.word("officer_scope"), name=city.word("officer")
    )
    uow.session.flush()
    return officers.accept(uow, deployment, token, address).id


def _add_firms(
    uow: UnitOfWork, deployment: Deployment, city: Written, account_id: uuid.UUID, *, language: str
) -> None:
    for number, firm in enumerate(city.invented.firms):
        name = FIRM_ADDRESS.format(number) if number else DEMO_ENTERPRISE
        address = _address(uow, city, account_id, name)
        address.language = "zh" if number else language
        address.role, address.roles = Role.ENTERPRISE, [Role.WORKER, Role.ENTERPRISE]
        row = enterprise_row(deployment, firm, now=city.now, officer_id=city.officer_id)
        uow.session.add_all([address, row])
        city.firms.append(row)
        city.addresses[row.id] = address
    uow.session.flush()
    uow.session.add_all(
        EnterpriseAddress(
            address_id=city.addresses[firm.id].id,
            enterprise_id=firm.id,
            since=city.now,
            awaits_officer=False,
        )
        for firm in city.firms
    )
    uow.session.flush()


def _add_workers(
    uow: UnitOfWork, deployment: Deployment, city: Written, account_id: uuid.UUID
) -> None:
    for number, person in enumerate(city.invented.workers, start=1):
        row = worker_row(uow, deployment, city, person)
        city.workers.append(row)
        if person.standing == "no_address":
            continue
        address = _address(uow, city, account_id, WORKER_ADDRESS.format(number))
        address.acting_for = row.id
        address.last_inbound_at = city.now - timedelta(days=_days_unseen(city, person, number))
        if person.standing == "unsubscribed":
            address.unsubscribed_at = address.last_inbound_at
        if person.standing == "unreachable":
            address.unreachable_since = address.last_inbound_at
        city.addresses[row.id] = address
    addresses = [city.addresses[row.id] for row in city.workers if row.id in city.addresses]
    uow.session.add_all([*city.workers, *addresses])
    uow.session.flush()
    links, consents = [], []
    for row in city.workers:
        if row.id in city.addresses:
            key = city.addresses[row.id].id
            links.append(AddressLink(address_id=key, worker_id=row.id, since=row.created_at))
            consents.append(_consent(deployment, key, row))
    uow.session.add_all([*links, *consents])
    uow.session.flush()


def _days_unseen(city: Written, person: InventedWorker, number: int) -> int:
    if person.standing != "looking":
        return person.seen_days_ago
    every = city.figures.behaviour["visits"].number("every_days")
    day = city.now.toordinal()
    return days_since_visit(WORKER_ADDRESS.format(number), day, every=every)


def _consent(deployment: Deployment, address_id: uuid.UUID, worker: Worker) -> Consent:
    return Consent(
        address_id=address_id,
        worker_id=worker.id,
        purpose=Purpose.REGISTER_AND_MATCH,
        subject_id=None,
        text_version=deployment.catalogue.content_hash,
        decision=Decision.GRANTED,
        decided_at=worker.created_at,
    )


def _address(uow: UnitOfWork, city: Written, account_id: uuid.UUID, name: str) -> ContactAddress:
    return ContactAddress(
        id=uuid.UUID(int=city.chance.getrandbits(128), version=4),
        account_id=account_id,
        address=name,
        address_index=uow.secrets.blind_index(name, kind="address"),
        role=Role.WORKER,
        roles=[Role.WORKER],
        language="zh",
        created_at=city.now,
        next_seq=1,
        last_cursor=0,
    )


def _add_vacancies(uow: UnitOfWork, deployment: Deployment, city: Written) -> None:
    for plan in city.invented.vacancies:
        number = uow.records.next_number(f"V:{deployment.bureau_adcode}")
        firm = city.firms[plan.firm]
        city.vacancies.append(vacancy_row(deployment, city, plan, firm=firm, number=number))
    uow.session.add_all(city.vacancies)
    uow.session.flush()
    uow.session.add_all(
        VacancyChange(vacancy_id=row.id, version=1, at=row.created_at) for row in city.vacancies
    )
    uow.session.flush()
