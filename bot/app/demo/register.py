"""What the register says of the invented county: who is listed, as what, in which household."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.app.demo.figures import Table
from bot.app.demo.population import deal
from bot.services.deployment import Deployment
from bot.services.register.sheet_reading import HOUSEHOLD_KIND
from storage.models import Household, RegisterEntry, Worker, WorkerCategory
from storage.register_states import Category, CategoryState
from storage.states import Source, WorkerStatus
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:  # the city is made of these rows
    from bot.app.demo.city import Written

WHOLE = 100
# Beside the seeds of people and of their keys, so that these draws change neither.
OWN_DRAWS = 2
AT_WORK = frozenset({WorkerStatus.EMPLOYED, WorkerStatus.FLEXIBLE, WorkerStatus.PUBLIC_POST})
# Nobody this close to sixty makes a household idle, whatever the day of birth is.
OLDEST = 58
LONGEST_YEAR = 364


@dataclass
class _Listed:
    """Somebody whom the register lists."""

    worker: Worker
    is_man: bool
    labour: str
    categories: set[Category] = field(default_factory=set)


def write_register(uow: UnitOfWork, deployment: Deployment, city: Written) -> None:
    """Write entries, households and verified categories, as the officer has confirmed them.

    Comes after the history: whether anybody of a household works is asked of the rows.
    """
    tables = city.figures.register
    seed = city.figures.city.number("seed") + OWN_DRAWS
    chance = random.Random(seed)  # noqa: S311 - invented, not secret
    groups = _grouped(_listed(tables["register"], chance, city.workers), tables, chance)
    moved = _moved(tables["households"], groups, deployment.today)
    entries: list[RegisterEntry] = []
    for number, group in enumerate(groups):
        household = _household(uow, deployment, city, group, number=number, chance=chance)
        household.relocated = number in moved
        uow.session.add(household)
        for one in group:
            if household.relocated:
                one.categories.add(Category.RELOCATED)
            entries.append(_entry(deployment, chance, one, household, is_head=one is group[0]))
    uow.session.flush()
    uow.session.add_all(entries)
    uow.session.add_all(_categories(city, [one for group in groups for one in group]))
    uow.session.flush()


def _listed(table: Table, chance: random.Random, workers: Sequence[Worker]) -> list[_Listed]:
    """Deal everything that the register says in the shares of the figures, so that they close."""
    share = table.number("listed")
    dealt = deal(chance, len(workers), [(True, share), (False, WHOLE - share)])
    chosen = [worker for worker, is_listed in zip(workers, dealt, strict=True) if is_listed]
    count, men = len(chosen), table.number("men")
    sexes = deal(chance, count, [(True, men), (False, WHOLE - men)])
    labour = deal(chance, count, table.shares("labour"))
    found = [_Listed(*one) for one in zip(chosen, sexes, labour, strict=True)]
    for one, word in zip(found, deal(chance, count, table.shares("standing")), strict=True):
        if word:
            one.categories.add(Category(word))
    for word, percent in table.shares("also"):
        drawn = deal(chance, count, [(True, percent), (False, WHOLE - percent)])
        for one, holds in zip(found, drawn, strict=True):
            if holds:
                one.categories.add(Category(word))
    for one in found:
        if Category.DISABLED in one.categories:
            one.labour = table.word("weak_labour")
    return found


def _grouped(
    listed: Sequence[_Listed], tables: dict[str, Table], chance: random.Random
) -> list[list[_Listed]]:
    """Put people of one town into households, the oldest of each first."""
    at_home = sorted(listed, key=lambda one: one.worker.home or "")  # else as they were drawn
    rows = tables["households"].rows("sizes", int, int)
    sizes = deal(chance, len(listed), [(int(str(size)), int(str(share))) for size, share in rows])
    groups: list[list[_Listed]] = []
    room = 0
    for one in at_home:
        if room == 0 or groups[-1][0].worker.home != one.worker.home:
            groups.append([])
            room = sizes[len(groups) - 1]
        groups[-1].append(one)
        room -= 1
    for group in groups:
        group.sort(key=lambda one: one.worker.birth_year or 0)
    return groups


def _moved(table: Table, groups: Sequence[Sequence[_Listed]], today: date) -> set[int]:
    """Return which households were relocated: some idle ones, and others where somebody works."""
    idle, others = table.number("idle"), table.number("relocated") - table.number("idle")
    without = [place for place, group in enumerate(groups) if _is_idle(group, today)]
    working = [
        place
        for place, group in enumerate(groups)
        if any(one.worker.status in AT_WORK for one in group)
    ]
    return {*without[:idle], *working[: max(0, others)]}


def _is_idle(group: Sequence[_Listed], today: date) -> bool:
    young = today.year - OLDEST
    return all(one.worker.status is WorkerStatus.SEEKING for one in group) and any(
        (one.worker.birth_year or 0) >= young for one in group
    )


def _household(
    uow: UnitOfWork,
    deployment: Deployment,
    city: Written,
    group: Sequence[_Listed],
    *,
    number: int,
    chance: random.Random,
) -> Household:
    home = group[0].worker.home
    code = f"{home}{number + 1:05d}"
    return Household(
        id=_key(chance),
        bureau_adcode=deployment.bureau_adcode,
        number=code,
        number_index=uow.secrets.blind_index(code, kind=HOUSEHOLD_KIND),
        home=home,
        facts={"household_number": code},
        changed_at=city.now,
    )


def _entry(
    deployment: Deployment,
    chance: random.Random,
    one: _Listed,
    household: Household,
    *,
    is_head: bool,
) -> RegisterEntry:
    """Return an entry without an ID number: an invented one might be somebody's."""
    year = one.worker.birth_year or deployment.today.year
    born = date(year, 1, 1) + timedelta(days=chance.randint(0, LONGEST_YEAR))
    return RegisterEntry(
        id=_key(chance),
        bureau_adcode=deployment.bureau_adcode,
        worker_id=one.worker.id,
        household_id=household.id,
        facts={
            "household_number": household.number,
            "sex": "男" if one.is_man else "女",
            "born": born.isoformat(),
            "relation": "户主" if is_head else "其他",
            "hukou": "农业",
            "labour": one.labour,
        },
        source=Source.OFFICER,
        changed_at=one.worker.created_at,
    )


def _categories(city: Written, listed: Sequence[_Listed]) -> Iterator[WorkerCategory]:
    for one in listed:
        words = sorted(category.value for category in one.categories)
        one.worker.groups = words
        for word in words:
            yield WorkerCategory(
                worker_id=one.worker.id,
                category=word,
                state=CategoryState.VERIFIED,
                source=Source.OFFICER,
                officer_id=city.officer_id,
                since=one.worker.created_at,
            )


def _key(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)
