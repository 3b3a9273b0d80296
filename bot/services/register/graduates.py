"""This year's graduates of poor households, until each willing one has work or a course (P-GRAD).

Who graduated is what a sheet or a visit says (`graduated_year`, `graduated_school`); schooling
and age alone make nobody a graduate of this year.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.deployment import Deployment
from bot.services.register.facts import RegisterFacts, facts_of
from content.benefits.graduates import GraduatePlan, without_a_plan
from storage.models import Employment, Worker
from storage.register_states import Category
from storage.states import WorkerStatus
from storage.unit_of_work import UnitOfWork

TRAINEE = "trainee"  # the venue of a spell of 就业见习
YEAR, SCHOOL = "graduated_year", "graduated_school"
SCHOOLS = ("普通高校", "职业学校")
POOR = frozenset({Category.REGISTERED_POOR, Category.OUT_OF_POVERTY})
YOUNGEST, OLDEST = 15, 35


@dataclass(frozen=True, slots=True)
class Graduates:
    """This year's graduates of poor households in a scope, by home and key.

    Attributes:
        everybody: All of them.
        open_ones: The willing ones who have neither work nor a trainee's place nor a course.
    """

    everybody: tuple[Worker, ...]
    open_ones: tuple[Worker, ...]


def graduates(uow: UnitOfWork, deployment: Deployment, *, scope: str) -> Graduates:
    """Return the list that has to become empty.

    Who said that they look for no work is not willing; nobody else is taken to be unwilling.
    """
    year = deployment.today.year
    rows = uow.households.possible_graduates(
        deployment.bureau_adcode, scope=scope, born_from=year - OLDEST, born_to=year - YOUNGEST
    )
    everybody = [
        worker
        for worker, entry in rows
        if str(entry.facts.get(YEAR)).startswith(str(year))  # 2026, 2026年, 2026-06
        and _is_poor_graduate(facts_of(uow, deployment, worker))
    ]
    plans = [_plan(uow, number, worker) for number, worker in enumerate(everybody)]
    left = without_a_plan(plans)
    return Graduates(tuple(everybody), tuple(everybody[number] for number in left))


def _is_poor_graduate(known: RegisterFacts) -> bool:
    return known.facts.get(SCHOOL) in SCHOOLS and bool(POOR & known.verified)


def _plan(uow: UnitOfWork, number: int, worker: Worker) -> GraduatePlan:
    spell: Employment | None = uow.employments.open_of(worker.id)
    is_trainee = spell is not None and spell.venue == TRAINEE
    return GraduatePlan(
        person=number,
        is_willing=worker.status is not WorkerStatus.NOT_LOOKING,
        has_work=spell is not None and not is_trainee,
        is_trainee=is_trainee,
        is_in_course=bool(uow.enrolments.held_by(worker.id)),
    )
