"""Which courses fit somebody, and what somebody wishes to learn where none does."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.deployment import Deployment
from bot.services.people import licences
from bot.services.ranking.changes import Condition, Removal, what_removes
from bot.services.ranking.recommendations import is_open
from matching.types import WorkerProfile
from storage.models import Course, TrainingWish, Worker
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork

AT_MOST = 3
LEARNABLE = (Condition.TRADE, Condition.CERTIFICATE)


@dataclass(frozen=True, slots=True)
class Fitting:
    """A course for somebody.

    Attributes:
        course: As it stands now.
        has_seat: Whether a seat is left or the seats are still to be given.
        opens: How many open vacancies it would bring within reach; 0 where nobody knows.
    """

    course: Course
    has_seat: bool
    opens: int = 0


def fitting_courses(
    uow: UnitOfWork,
    deployment: Deployment,
    *,
    home: str | None,
    trade: str | None,
    besides: Sequence[uuid.UUID] = (),
    limit: int = AT_MOST,
) -> list[Fitting]:
    """Return the courses somebody may ask for: with a seat first, then near, then soon.

    Args:
        uow: The transaction.
        deployment: The bureau.
        home: Place code, or None.
        trade: Only courses of this trade; any where None.
        besides: Courses that are left out.
        limit: Most courses.
    """
    rows = [
        course
        for course in uow.courses.upcoming(deployment.bureau_adcode, deployment.today)
        if course.id not in besides and (trade is None or course.trade == trade)
    ]
    taken = uow.enrolments.seats_taken([course.id for course in rows])
    found = [Fitting(course, has_seat=taken.get(course.id, 0) < course.seats) for course in rows]
    found.sort(key=lambda one: (not one.has_seat, *_nearness(deployment, one.course, home)))
    return found[:limit]


def leads_to(uow: UnitOfWork, deployment: Deployment, course: Course) -> int:
    """Return how many open vacancies a course leads to: those linked, else those of its trade."""
    linked = uow.courses.vacancies_of(course.id)
    open_now = [row for row in linked if is_open(row, today=deployment.today)]
    if linked:
        return len(open_now)
    return uow.courses.asking_for(course.bureau_adcode, course.trade) if course.trade else 0


def missed(deployment: Deployment, profile: WorkerProfile) -> tuple[Removal, ...]:
    """Return the trades and papers that keep open vacancies away from somebody, most first."""
    found = what_removes(deployment, profile)
    return tuple(one for one in found if one.condition in LEARNABLE and one.alone and one.what)


def closes_gap(course: Course, gap: Removal) -> bool:
    """Tell whether a course teaches the trade, or leads to the paper, that somebody misses."""
    words = (gap.what or "").split("|")
    if gap.condition is Condition.TRADE:
        return course.trade is not None and course.trade in words
    if course.certificate is None:
        return False
    held = set(licences.held([course.certificate]))
    return any(held & {word, *licences.required([word])} for word in words)


def wish(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, trade: str | None
) -> TrainingWish:
    """Keep what somebody wishes to learn; the same wish is kept once."""
    for known in uow.enrolments.wishes_of(worker.id):
        if known.trade == trade:
            return known
    row = TrainingWish(worker_id=worker.id, trade=trade, since=deployment.now)
    uow.enrolments.keep(row)
    return row


def end_wishes(uow: UnitOfWork, deployment: Deployment, worker_id: uuid.UUID) -> None:
    """Forget what somebody wished to learn: they want it no more."""
    for row in uow.enrolments.wishes_of(worker_id):
        row.closed_at = deployment.now


def linked_titles(uow: UnitOfWork, course: Course) -> list[str]:
    """Return the titles of the open vacancies that a course leads to, in order of number."""
    rows = uow.courses.vacancies_of(course.id)
    return [row.title for row in rows if row.status is VacancyStatus.PUBLISHED]


def _nearness(deployment: Deployment, course: Course, home: str | None) -> tuple[int, int, int]:
    places = deployment.catalogue.places
    near = 9
    if home is not None and course.adcode is not None and places.get(course.adcode) is not None:
        order = list(type(places.nearness(home, course.adcode)))
        near = order.index(places.nearness(home, course.adcode))
    return near, course.starts_on.toordinal(), course.number
