"""People with homes, work and categories, written straight into a city's database."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from uuid import UUID

from storage.models import Employment, Household, RegisterEntry, Worker, WorkerCategory
from storage.register_states import Category, CategoryState, EmploymentChannel
from storage.states import Source, WorkerStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City

ZHONGJIANG, GUANGHAN, SHIFANG, MIANYANG, SHENZHEN = (
    "510623", "510681", "510682", "510700", "440300",
)  # fmt: skip
STARTED = date(2026, 3, 1)
_NUMBERS = itertools.count(1)


def add_person(
    city: City,
    *,
    home: str | None = ZHONGJIANG,
    works_in: str | None = None,
    has_work: bool = True,
    channel: EmploymentChannel = EmploymentChannel.ENTERPRISE,
    categories: tuple[Category, ...] = (Category.OUT_OF_POVERTY,),
    state: CategoryState = CategoryState.VERIFIED,
    status: WorkerStatus = WorkerStatus.EMPLOYED,
) -> UUID:
    """Register somebody with a spell and categories."""

    def add(uow: UnitOfWork) -> UUID:
        now = city.clock.now()
        worker = uow.workers.add(
            Worker(
                bureau_adcode=city.deployment.bureau_adcode,
                name=f"王桂{'芳英兰'[next(_NUMBERS) % 3]}",
                home=home,
                status=status,
                birth_year=1985,
                created_at=now,
                changed_at=now,
            )
        )
        for category in categories:
            uow.register_entries.add_category(
                WorkerCategory(
                    worker_id=worker.id,
                    category=category.value,
                    state=state,
                    source=Source.WORKER if state is CategoryState.CLAIMED else Source.IMPORT,
                    since=now,
                )
            )
        return worker.id

    key = city.run(add)
    if has_work:
        add_spell(city, key, works_in=works_in, channel=channel)
    return key


def add_spell(
    city: City,
    worker_id: UUID,
    *,
    works_in: str | None = ZHONGJIANG,
    channel: EmploymentChannel = EmploymentChannel.ENTERPRISE,
    venue: str | None = None,
    started_on: date = STARTED,
    ended_on: date | None = None,
    abroad: bool = False,
) -> UUID:
    """Give somebody a spell of work, which is believed from now on."""

    def add(uow: UnitOfWork) -> UUID:
        now = city.clock.now()
        spell = Employment(
            worker_id=worker_id,
            workplace=works_in,
            channel=channel.value,
            venue=venue,
            abroad=abroad,
            started_on=started_on,
            ended_on=ended_on,
            source=Source.IMPORT,
            last_confirmed_on=started_on,
            recorded_at=now,
        )
        uow.employments.add(spell)
        uow.employments.record(spell, at=now)
        return spell.id

    return city.run(add)


def change_spell(city: City, spell_id: UUID, **values: object) -> None:
    """Change what is believed about a spell, now."""

    def change(uow: UnitOfWork) -> None:
        spell = uow.employments.need(spell_id)
        for name, value in values.items():
            setattr(spell, name, value)
        uow.employments.record(spell, at=city.clock.now())

    city.run(change)


def spell_of(city: City, worker_id: UUID) -> UUID:
    """Return the open spell of somebody who has one."""

    def read(uow: UnitOfWork) -> UUID:
        spell = uow.employments.open_of(worker_id)
        assert spell is not None
        return spell.id

    return city.run(read)


def add_household(
    city: City,
    members: dict[UUID, dict[str, object]],
    *,
    relocated: bool = True,
    home: str = ZHONGJIANG,
) -> UUID:
    """Put people into one household, each with what the register says of them."""

    def add(uow: UnitOfWork) -> UUID:
        now: datetime = city.clock.now()
        number = next(_NUMBERS)
        household = Household(
            bureau_adcode=city.deployment.bureau_adcode,
            number=f"{number:010d}",
            number_index=number.to_bytes(8, "big"),
            home=home,
            relocated=relocated,
            facts={},
            changed_at=now,
        )
        uow.session.add(household)
        uow.session.flush()
        for worker_id, facts in members.items():
            uow.session.add(
                RegisterEntry(
                    bureau_adcode=city.deployment.bureau_adcode,
                    worker_id=worker_id,
                    household_id=household.id,
                    facts=facts,
                    source=Source.IMPORT,
                    changed_at=now,
                )
            )
        return household.id

    return city.run(add)
