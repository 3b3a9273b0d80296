"""People to whom policies come to matter, in a county of Chongqing and in Deyang."""

from __future__ import annotations

import itertools
import uuid
from datetime import date

from sqlalchemy import select

from bot.services.people import consents
from bot.services.policies.noticing import notice
from bot.services.policies.occasions import Occasion, open_occasions
from bot.services.sending.deliveries import body_of
from bot.settings import Settings
from storage.models import (
    AddressLink,
    Delivery,
    Employment,
    Household,
    RegisterEntry,
    Worker,
    WorkerCategory,
)
from storage.register_states import CategoryState
from storage.states import (
    Decision,
    DeliveryKind,
    EndReason,
    Purpose,
    Source,
    WorkerStatus,
)
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.job_world import add_address

SHIZHU, WULONG, YUBEI, DONGGUAN = "500240", "500156", "500112", "441900"
ZHONGJIANG = "510623"
SHIZHU_BUREAU = Settings(
    bureau_adcode=SHIZHU, bureau_name="石柱县人社局", bureau_phone="", port=8000, nightly_at="off"
)
_numbers = itertools.count(1)


def add_person(
    city: City,
    *,
    born: date | None = date(1980, 5, 1),
    home: str = SHIZHU,
    status: WorkerStatus = WorkerStatus.SEEKING,
    education: str | None = None,
    categories: tuple[str, ...] = ("建档立卡",),
    household: uuid.UUID | None = None,
    cells: dict[str, object] | None = None,
    in_register: bool = True,
    agreed: bool = True,
    birth_year: int | None = None,
) -> uuid.UUID:
    """Store a worker with a page, who agreed, as the register lists them."""

    def work(uow: UnitOfWork) -> uuid.UUID:
        now, deployment = city.clock.now(), city.deployment
        worker = uow.workers.add(
            Worker(
                bureau_adcode=deployment.bureau_adcode,
                name="陈桂芳",
                birth_year=born.year if born else birth_year,
                home=home,
                education=education,
                status=status,
                created_at=now,
                changed_at=now,
            )
        )
        if in_register:
            facts = {**({"born": born.isoformat()} if born else {}), **(cells or {})}
            _enter(uow, city, worker, household=household, facts=facts)
        _verify(uow, city, worker, categories)
        if agreed:
            _agree(uow, city, worker)
        return worker.id

    return city.run(work)


def _enter(
    uow: UnitOfWork,
    city: City,
    worker: Worker,
    *,
    household: uuid.UUID | None,
    facts: dict[str, object],
) -> None:
    uow.session.add(
        RegisterEntry(
            bureau_adcode=city.deployment.bureau_adcode,
            worker_id=worker.id,
            household_id=household,
            facts=facts,
            source=Source.IMPORT,
            changed_at=city.clock.now(),
        )
    )


def _verify(uow: UnitOfWork, city: City, worker: Worker, categories: tuple[str, ...]) -> None:
    for category in categories:
        uow.register_entries.add_category(
            WorkerCategory(
                worker_id=worker.id,
                category=category,
                state=CategoryState.VERIFIED,
                source=Source.IMPORT,
                since=city.clock.now(),
            )
        )


def _agree(uow: UnitOfWork, city: City, worker: Worker) -> None:
    now = city.clock.now()
    address = add_address(uow, city.account_id, now, f"page {next(_numbers)}")
    uow.session.add(AddressLink(address_id=address.id, worker_id=worker.id, since=now))
    consents.record(
        uow,
        city.deployment,
        address.id,
        Purpose.REGISTER_AND_MATCH,
        Decision.GRANTED,
        worker_id=worker.id,
    )


def add_household(city: City) -> uuid.UUID:
    """Store a household of the register."""

    def work(uow: UnitOfWork) -> uuid.UUID:
        number = f"{next(_numbers):012d}"
        row = Household(
            bureau_adcode=city.deployment.bureau_adcode,
            number=number,
            number_index=number.encode(),
            changed_at=city.clock.now(),
        )
        uow.session.add(row)
        uow.session.flush()
        return row.id

    return city.run(work)


def starts_work(
    city: City, worker_id: uuid.UUID, workplace: str, *, days_ago: int = 3, abroad: bool = False
) -> None:
    """Store a spell of work that goes on."""
    _spell(city, worker_id, workplace, days_ago=days_ago, abroad=abroad)
    change(city, worker_id, status=WorkerStatus.EMPLOYED)


def loses_work(
    city: City, worker_id: uuid.UUID, *, reason: EndReason = EndReason.LOST, days_ago: int = 2
) -> None:
    """Store a spell that ended."""
    _spell(city, worker_id, SHIZHU, days_ago=90, ended_days_ago=days_ago, reason=reason)


def _spell(
    city: City,
    worker_id: uuid.UUID,
    workplace: str,
    *,
    days_ago: int,
    abroad: bool = False,
    ended_days_ago: int | None = None,
    reason: EndReason | None = None,
) -> None:
    today = city.clock.today().toordinal()
    ended = None if ended_days_ago is None else date.fromordinal(today - ended_days_ago)
    started = date.fromordinal(today - days_ago)

    def work(uow: UnitOfWork) -> None:
        uow.session.add(
            Employment(
                worker_id=worker_id,
                workplace=workplace,
                started_on=started,
                ended_on=ended,
                end_reason=reason,
                abroad=abroad,
                source=Source.WORKER,
                last_confirmed_on=started,
                recorded_at=city.clock.now(),
            )
        )

    city.run(work)


def change(city: City, worker_id: uuid.UUID, **values: object) -> None:
    """Set columns of a worker."""

    def work(uow: UnitOfWork) -> None:
        for name, value in values.items():
            setattr(uow.workers.need(worker_id), name, value)

    city.run(work)


def occasions(city: City) -> list[Occasion]:
    """Return what happened that nobody was told of yet."""
    return city.database.read(lambda uow: open_occasions(uow, city.deployment))


def tell_all(city: City) -> int:
    """Tell of everything that happened, as a tick does; return how many were told."""
    return sum(
        city.run(lambda uow, one=one: notice(uow, city.deployment, one))  # type: ignore[misc]
        for one in occasions(city)
    )


def pushed(city: City, worker_id: uuid.UUID) -> list[str]:
    """Return the words of the policies that a worker was told of."""

    def read(uow: UnitOfWork) -> list[str]:
        rows = uow.session.scalars(
            select(Delivery)
            .where(Delivery.worker_id == worker_id, Delivery.kind == DeliveryKind.POLICY)
            .order_by(Delivery.created_at, Delivery.id)
        )
        return [body_of(row).text for row in rows]

    return city.run(read)


def buttons(city: City, worker_id: uuid.UUID) -> list[tuple[str, str]]:
    """Return label and data of the buttons under what a worker was told."""

    def read(uow: UnitOfWork) -> list[tuple[str, str]]:
        rows = uow.session.scalars(
            select(Delivery).where(
                Delivery.worker_id == worker_id, Delivery.kind == DeliveryKind.POLICY
            )
        )
        return [(it.label, it.data) for row in rows for it in body_of(row).options]

    return city.run(read)
