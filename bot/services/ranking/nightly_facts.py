"""What an allocation over all lists starts from: who may be told, of what, how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.services.deployment import Deployment
from bot.services.ranking.barring import not_looking
from bot.services.sending import ways
from bot.services.sending.attention import attention_left, earliest
from matching.spreading.allocation import LeftOut
from storage.models import Vacancy
from storage.repositories.registers import Registers, Standing, Told
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork

# After so long without a word a worker's turn has come anyway.
LONGEST_LOOK_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Seeker:
    """A worker who may be told something.

    Attributes:
        entries: The list, packed.
        attention: How many vacancies may still be pushed.
        waited_days: Since the last push, else since registration.
    """

    worker_id: UUID
    entries: bytes
    attention: int
    waited_days: int


@dataclass(frozen=True, slots=True)
class Opening:
    """An open vacancy.

    Attributes:
        places: What applications leave free; 0 where there is one for every place.
        heard: How many were told so long ago that they would have answered.
        answered: How many of these applied.
        waiting: How many were told since then and may yet apply.
    """

    vacancy_id: UUID
    places: int
    heard: int
    answered: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an allocation needs.

    Attributes:
        seekers: Ascending by id.
        openings: Every open vacancy, ascending by id.
        told: Pairs (vacancy, worker) that are not repeated.
        barred: How many workers are told nothing, by reason.
        workers: How many have a list.
        vacancies: How many are open.
    """

    seekers: tuple[Seeker, ...]
    openings: tuple[Opening, ...]
    told: frozenset[tuple[UUID, UUID]]
    barred: Mapping[LeftOut, int]
    workers: int
    vacancies: int


def send_at(deployment: Deployment, *, works_nights: bool = False) -> datetime:
    """Return when a push that is queued now may go."""
    zone, limits = deployment.clock.timezone, deployment.limits
    return earliest(deployment.now, zone, works_nights=works_nights, limits=limits)


def gather(
    uow: UnitOfWork,
    deployment: Deployment,
    lists: Iterable[tuple[UUID, bytes]],
    *,
    day: date,
    answers_within: timedelta,
) -> Facts:
    """Read what an allocation starts from; changes nothing.

    Args:
        uow: The transaction.
        deployment: The bureau.
        lists: Packed lists by worker.
        day: On which vacancies must be open.
        answers_within: Whoever was told longer ago takes up no room any more.
    """
    packed = dict(lists)
    told = uow.registers.told(deployment.bureau_adcode)
    rows = uow.registers.open_vacancies(deployment.bureau_adcode, today=day)
    standing = {one.id: one for one in uow.registers.standings(deployment.bureau_adcode)}
    known = {key: standing[key] for key in sorted(packed) if key in standing}
    barred = reasons_against(uow, deployment, known)
    free = [key for key in known if key not in barred]
    return Facts(
        seekers=tuple(_seekers(uow, deployment, free, packed=packed, standing=known)),
        openings=tuple(_openings(uow, deployment, rows, told, answers_within=answers_within)),
        told=frozenset((one.vacancy_id, one.worker_id) for one in told),
        barred=Counter(barred.values()),
        workers=len(known),
        vacancies=len(rows),
    )


def reasons_against(
    uow: UnitOfWork, deployment: Deployment, workers: Mapping[UUID, Standing]
) -> dict[UUID, LeftOut]:
    """Return why some of these workers are told of no vacancy at all."""
    reaches = ways.reaches(uow, deployment)
    withdrew = uow.recommendations.without_consent()
    found: dict[UUID, LeftOut] = {}
    for key, one in workers.items():
        looking = _Looking(one, uow.registers)
        reason = not_looking(deployment, looking, reaches.get(key, ()))
        if key in withdrew:
            reason = LeftOut.NO_CONSENT
        if reason is not None:
            found[key] = reason
    return found


class _Looking:
    """A row of the register whose number is read only when it is asked for."""

    def __init__(self, row: Standing, registers: Registers) -> None:
        self._row, self._registers = row, registers

    @property
    def status(self) -> WorkerStatus:
        """Where the worker stands."""
        return self._row.status

    @property
    def paused_until(self) -> date | None:
        """The last day on which nothing is wanted."""
        return self._row.paused_until

    @property
    def phone(self) -> str | None:
        """The number in clear."""
        return self._registers.phone_of(self._row)


def _seekers(
    uow: UnitOfWork,
    deployment: Deployment,
    free: Collection[UUID],
    *,
    packed: Mapping[UUID, bytes],
    standing: Mapping[UUID, Standing],
) -> Iterable[Seeker]:
    left = attention_left(uow, at=send_at(deployment), deployment=deployment)
    full = min(deployment.limits.pushes_a_day, deployment.limits.pushes_a_week)
    pushed = uow.registers.last_pushes(since=deployment.now - LONGEST_LOOK_BACK)
    for key in free:
        last = pushed.get(key, standing[key].created_at)
        waited = max(0, (deployment.now - last).days)
        yield Seeker(key, packed[key], left.get(key, full), waited)


def _openings(
    uow: UnitOfWork,
    deployment: Deployment,
    rows: Iterable[Vacancy],
    told: Iterable[Told],
    *,
    answers_within: timedelta,
) -> Iterable[Opening]:
    applied = uow.registers.standing_applications(deployment.bureau_adcode)
    since = deployment.now - answers_within
    heard: Counter[UUID] = Counter()
    answered: Counter[UUID] = Counter()
    waiting: Counter[UUID] = Counter()
    for one in told:
        if one.pushed_at is None:
            continue
        has_applied = one.worker_id in applied.get(one.vacancy_id, ())
        if one.pushed_at <= since:
            heard[one.vacancy_id] += 1
            answered[one.vacancy_id] += has_applied
        else:
            # Whoever applied has a place already and takes up no further room.
            waiting[one.vacancy_id] += not has_applied
    for row in rows:
        key, places = row.id, max(0, (row.headcount or 1) - len(applied.get(row.id, ())))
        yield Opening(key, places, heard=heard[key], answered=answered[key], waiting=waiting[key])
