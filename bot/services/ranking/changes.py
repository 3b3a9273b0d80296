"""What would change it: for a worker without a vacancy, for a firm, and for an officer."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.services.deployment import Deployment
from bot.services.people.workers import profile_of_worker
from bot.services.ranking.matching_views import (
    judge_vacancy,
    judge_worker,
    options_of,
    vacancy_view,
)
from bot.services.ranking.nightly_facts import reasons_against
from matching.changes.conditions import Condition, Removal, removals
from matching.changes.pair_changes import Change, changes
from matching.changes.vacancy_changes import Advice, GoingPay, advice, going_pay
from matching.types import Migration, WorkerProfile
from storage.models import Vacancy, Worker
from storage.unit_of_work import UnitOfWork

__all__ = [
    "LETTABLE",
    "Condition",
    "FirmAdvice",
    "Removal",
    "changes_of",
    "firm_advice",
    "in_the_market",
    "profile_of",
    "what_removes",
    "without",
]
FIRST_KEY, LAST_KEY = uuid.UUID(int=0), uuid.UUID(int=(1 << 128) - 1)
# What somebody can let go in a word; the rest has to be learnt, granted or waited for.
LETTABLE = (Condition.WAGE, Condition.PLACE, Condition.LODGING)


@dataclass(frozen=True, slots=True)
class FirmAdvice:
    """What a firm may know of the market for a vacancy: counts and pay, never who.

    Attributes:
        advice: Who fits now, and how many more would after each single change.
        going: What open posts of the trade pay; None where fewer than three tell.
        pay: The middle of what this vacancy pays a month; None where it says nothing.
    """

    advice: Advice
    going: GoingPay | None
    pay: int | None


def what_removes(
    deployment: Deployment, profile: WorkerProfile, *, skip: Collection[uuid.UUID] = ()
) -> tuple[Removal, ...]:
    """Return what keeps open vacancies away from a worker, what would help most first.

    Args:
        deployment: Its board is counted, in one pass.
        profile: The person, without name.
        skip: Vacancies that are not to be counted.
    """
    judged = judge_worker(deployment, profile, deployment.board.table)
    return removals(judged, skip=frozenset(key.hex for key in skip))


def without(profile: WorkerProfile, condition: Condition) -> WorkerProfile:
    """Return the profile with one condition let go; refused places and trades stay refused.

    Raises:
        ValueError: It is none that can be let go in a word.
    """
    match condition:
        case Condition.WAGE:
            return replace(profile, wage_min=None)
        case Condition.PLACE:
            return replace(profile, migration=Migration.ANYWHERE, locations=())
        case Condition.LODGING:
            return replace(profile, wants_room_board=None)
        case _:
            raise ValueError(f"{condition} cannot be let go")


def changes_of(deployment: Deployment, worker: Worker, vacancy: Vacancy) -> tuple[Change, ...]:
    """Return the smallest single changes that bring a stored worker and vacancy together."""
    return changes(
        profile_of(deployment, worker),
        vacancy_view(vacancy, chance=deployment.board.chance_of(vacancy)),
        knowledge=deployment.board.knowledge,
        options=options_of(deployment),
    )


def profile_of(deployment: Deployment, worker: Worker) -> WorkerProfile:
    """Return a stored worker as the ranking sees one."""
    return profile_of_worker(worker, today=deployment.today)


def firm_advice(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> FirmAdvice:
    """Count, over those of the vacancy's bureau who may be told, what changes would bring.

    This goes over the whole register, without any name or number; a process counts a version of a
    vacancy once a day.
    """
    deployment = deployment.of(vacancy.bureau_adcode)
    counted = deployment.advised.of(
        vacancy.id,
        vacancy.version,
        today=deployment.today,
        count=functools.partial(_count, uow, deployment, vacancy),
    )
    return in_the_market(deployment, vacancy, counted)


def _count(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> Advice:
    standings = uow.registers.standings(deployment.bureau_adcode)
    barred = reasons_against(uow, deployment, {one.id: one for one in standings})
    rows = uow.registers.profiles(deployment.bureau_adcode, FIRST_KEY, LAST_KEY)
    profiles = [
        profile_of_worker(row, today=deployment.today) for row in rows if row.id not in barred
    ]
    return advice(vacancy_view(vacancy), judge_vacancy(deployment, vacancy, profiles))


def in_the_market(deployment: Deployment, vacancy: Vacancy, counted: Advice) -> FirmAdvice:
    """Put what was counted beside what open posts of the trade pay.

    The first count of the day stands, whoever made it.
    """
    told = deployment.advised.of(
        vacancy.id, vacancy.version, today=deployment.today, count=lambda: counted
    )
    board = deployment.board
    said = [wage for wage in (vacancy.wage_min, vacancy.wage_max) if wage is not None]
    return FirmAdvice(
        told,
        going_pay(vacancy.trade, board.going, knowledge=board.knowledge),
        round(sum(said) / len(said)) if said else None,
    )
