"""应训尽训: who is promised one free course a year, and who has not had it and why."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from bot.clock import at_local
from bot.services.deployment import Deployment
from bot.services.register.facts import facts_of
from content.benefits.facts import completed_years
from storage.models import TrainingWish, Worker
from storage.register_states import Category
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


@dataclass(frozen=True, slots=True)
class _Known:
    """What decides why somebody has had no free course, of everybody in the bureau.

    Attributes:
        wishes: Open wishes of each, the newest first.
        in_line: Who waits for a seat.
        quiet: Who said 不去 lately and has not wished for a course since.
        free: Trades of the free courses people may still ask for.
    """

    wishes: Mapping[uuid.UUID, Sequence[TrainingWish]]
    in_line: Set[uuid.UUID]
    quiet: Set[uuid.UUID]
    free: Sequence[str | None]


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
    first, last = _year(deployment)
    since = at_local(first, 0, timezone=deployment.clock.timezone)
    bureau = deployment.bureau_adcode
    had = uow.training_figures.had_free(bureau, first, last)
    known = _known(uow, deployment)
    found = []
    for worker in uow.training_figures.willing(bureau, since):
        if worker.id in had:
            continue
        if holds_here(deployment) and not _belongs(uow, deployment, worker):
            continue
        wishes = known.wishes.get(worker.id, ())
        trades = tuple(dict.fromkeys(wish.trade for wish in wishes if wish.trade))
        found.append(Unmet(worker, trades, _why(known, worker.id, trades)))
    return found


def _known(uow: UnitOfWork, deployment: Deployment) -> _Known:
    """Read what decides why, once for everybody: statements a person would fill a chat's turn."""
    bureau, today = deployment.bureau_adcode, deployment.today
    wishes: dict[uuid.UUID, list[TrainingWish]] = {}
    for wish, worker in uow.training_figures.wishing(bureau):
        wishes.setdefault(worker.id, []).insert(0, wish)
    # The oldest first: the newest 不去 of each stays.
    refused = {row.worker_id: row.at for row in uow.training_figures.quiet_after(bureau, today)}
    quiet = {
        key
        for key, at in refused.items()
        if not any(wish.since > at for wish in wishes.get(key, ()))
    }
    free = [one.trade for one in uow.courses.upcoming(bureau, today) if one.is_free]
    return _Known(wishes, uow.training_figures.in_line(bureau), quiet, free)


def _why(known: _Known, worker_id: uuid.UUID, trades: tuple[str, ...]) -> str:
    if worker_id in known.in_line:
        return "in_line"
    if worker_id in known.quiet:
        return "refused"
    fits = bool(known.free) if not trades else any(trade in trades for trade in known.free)
    return "not_told" if fits else "no_course"


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
