"""应训尽训: who is promised one free course a year, and who has not had it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.clock import at_local
from bot.services.deployment import Deployment
from bot.services.register.facts import facts_of
from bot.services.training.refusals import is_quiet
from content.benefits.facts import completed_years
from storage.models import Worker
from storage.register_states import Category
from storage.training_states import EnrolmentStatus
from storage.unit_of_work import UnitOfWork

# The clause is Chongqing's (P-TRAINFREE); no other place's document promises it.
CHONGQING = "50"
FROM_AGE, BELOW_AGE = 16, 60


@dataclass(frozen=True, slots=True)
class Unmet:
    """Somebody who is willing and has had no free course this calendar year.

    Attributes:
        worker: Who.
        trades: What they wish to learn; empty for "anything".
        why: `in_line`, `refused`, `no_course` or `not_told`.
    """

    worker: Worker
    trades: tuple[str, ...]
    why: str


def holds_here(deployment: Deployment) -> bool:
    """Tell whether the bureau's own document promises a free course a year."""
    return deployment.bureau_adcode.startswith(CHONGQING)


def is_promised(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> bool:
    """Tell whether this worker is promised a free course this year and has not had one.

    The household is verified as 建档立卡, the person is 16 to 59 and able to work. That they are
    willing is for them to say. The promise is a floor: who has had one may have more.
    """
    if not holds_here(deployment) or not _belongs(uow, deployment, worker):
        return False
    return had_this_year(uow, deployment, worker) == 0


def had_this_year(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> int:
    """Return how many free courses of this calendar year a worker has or had a seat in."""
    first, last = _year(deployment)
    return uow.enrolments.free_courses(worker.id, first=first, last=last)


def unmet(uow: UnitOfWork, deployment: Deployment) -> list[Unmet]:
    """Return who is willing this year and has had no free course, by id of the person.

    In Chongqing only those to whom it is promised; elsewhere everybody who wishes to learn.
    """
    first, _last = _year(deployment)
    since = at_local(first, 0, timezone=deployment.clock.timezone)
    found = []
    for worker in uow.training_figures.willing(deployment.bureau_adcode, since):
        if holds_here(deployment) and not _belongs(uow, deployment, worker):
            continue
        if had_this_year(uow, deployment, worker):
            continue
        wishes = uow.enrolments.wishes_of(worker.id)
        trades = tuple(dict.fromkeys(wish.trade for wish in wishes if wish.trade))
        found.append(Unmet(worker, trades, _why(uow, deployment, worker, trades)))
    return found


def _why(uow: UnitOfWork, deployment: Deployment, worker: Worker, trades: tuple[str, ...]) -> str:
    held = uow.enrolments.held_by(worker.id)
    if any(row.status is EnrolmentStatus.WAITLISTED for row, _course in held):
        return "in_line"
    if is_quiet(uow, deployment, worker.id):
        return "refused"
    open_now = uow.courses.upcoming(deployment.bureau_adcode, deployment.today)
    fitting = [one for one in open_now if one.is_free and (not trades or one.trade in trades)]
    return "not_told" if fitting else "no_course"


def _belongs(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> bool:
    facts = facts_of(uow, deployment, worker)
    if Category.REGISTERED_POOR.value not in facts.verified or facts.able is False:
        return False
    if facts.born is not None:
        return FROM_AGE <= completed_years(facts.born, deployment.today) < BELOW_AGE
    if worker.birth_year is None:
        return False
    return FROM_AGE <= deployment.today.year - worker.birth_year < BELOW_AGE


def _year(deployment: Deployment) -> tuple[date, date]:
    year = deployment.today.year
    return date(year, 1, 1), date(year, 12, 31)
