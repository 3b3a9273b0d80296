"""What is checked once more in the moment before something is sent, for many rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.services.deployment import Deployment
from bot.services.people.unsubscribing import FOR_GOOD
from bot.services.sending.attention import earliest, places_left
from bot.services.sending.quiet_hours import end_of_quiet_hours
from storage.repositories.broadcast_stops import STOPPED
from storage.repositories.claims import Due
from storage.repositories.workers import Rest
from storage.states import PUSH_KINDS, DeliveryKind, VacancyStatus
from storage.unit_of_work import UnitOfWork

__all__ = ["GO", "PUSHES", "Verdict", "check_before_sending", "end_of_quiet_hours"]
HAND_OVER_WAIT = timedelta(hours=1)
# What comes unasked takes of a worker's attention; a check-in is owed, and never does.
PUSHES = PUSH_KINDS
# A seat in a course is owed its news as a spell of work is owed its check-in.
UNASKED = PUSHES | {DeliveryKind.CHECK_IN, DeliveryKind.ENROLMENT}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a row may go: now, later, or not at all and why not."""

    skip: str | None = None
    postpone_to: datetime | None = None


GO = Verdict()


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rules need beside the rows, asked once for all of them."""

    now: datetime
    today: date
    by_day: datetime
    after_sleep: datetime
    rests: Mapping[UUID, Rest]
    stopped: frozenset[UUID]
    open_vacancies: frozenset[UUID]
    withdrew: frozenset[UUID]
    places_left: dict[UUID, int]


def check_before_sending(
    uow: UnitOfWork, deployment: Deployment, rows: Sequence[Due]
) -> Mapping[UUID, Verdict]:
    """Return for each row, by its id, whether it may still go.

    Replies to a person's own words always may. Of two pushes that meet in one day, the one
    that stands first here goes.
    """
    facts = _facts(uow, deployment, [row for row in rows if row.kind in UNASKED])
    return {row.id: _verdict(row, facts) for row in rows}


def _facts(uow: UnitOfWork, deployment: Deployment, unasked: Sequence[Due]) -> _Facts:
    now, timezone, limits = deployment.now, deployment.clock.timezone, deployment.limits
    pushes = [row for row in unasked if row.kind in PUSHES]
    whose = {row.worker_id for row in unasked if row.worker_id is not None}
    broadcasts = {row.broadcast_id for row in pushes if row.broadcast_id is not None}
    subjects = {row.subject_id for row in pushes if row.kind is DeliveryKind.VACANCY}
    workers = {row.worker_id for row in pushes if row.worker_id is not None}
    states = uow.vacancies.statuses([key for key in subjects if key is not None])
    return _Facts(
        now,
        deployment.today,
        earliest(now, timezone, works_nights=False, limits=limits),
        earliest(now, timezone, works_nights=True, limits=limits),
        uow.workers.rests(whose),
        frozenset(uow.deliveries.stopped_among(broadcasts)),
        frozenset(key for key, status in states.items() if status is VacancyStatus.PUBLISHED),
        frozenset(uow.recommendations.withdrawn_among(workers)),
        places_left(uow, at=now, deployment=deployment, among=workers) if workers else {},
    )


def _verdict(row: Due, facts: _Facts) -> Verdict:
    if row.expires_at is not None and row.expires_at <= facts.now:
        return Verdict(skip="expired")
    if row.kind is DeliveryKind.EDIT:
        return Verdict(skip="unreachable") if row.is_unreachable else GO
    if row.kind not in UNASKED:
        return GO
    reason = _why_never(row, facts)
    if reason is not None:
        return Verdict(skip=reason)
    if row.is_handed_over:
        return Verdict(postpone_to=facts.now + HAND_OVER_WAIT)
    awake = _awake(row, facts)
    if awake > facts.now:
        return Verdict(postpone_to=awake)
    return _taken_from_attention(row, facts)


def _why_never(row: Due, facts: _Facts) -> str | None:
    if row.is_unreachable:
        return "unreachable"
    if row.is_unsubscribed:
        return "unsubscribed"
    if row.worker_id in facts.withdrew:
        return "no_consent"
    if row.broadcast_id in facts.stopped:
        return STOPPED
    return _why_not_wanted(row, facts)


def _why_not_wanted(row: Due, facts: _Facts) -> str | None:
    """Return why a row that could go is of no use to its worker any more."""
    until = _paused_until(row, facts)
    if until is not None and until >= facts.today:
        return "unsubscribed" if until == FOR_GOOD else "paused"
    is_vacancy = row.kind is DeliveryKind.VACANCY and row.subject_id is not None
    return "vacancy_closed" if is_vacancy and row.subject_id not in facts.open_vacancies else None


def _paused_until(row: Due, facts: _Facts) -> date | None:
    """Return until which day a worker wants no pushes; a check-in is no push."""
    if row.kind not in PUSHES or row.worker_id is None or row.worker_id not in facts.rests:
        return None
    return facts.rests[row.worker_id].paused_until


def _awake(row: Due, facts: _Facts) -> datetime:
    """Return the first instant at which a row wakes nobody; who works at night sleeps by day."""
    rest = None if row.worker_id is None else facts.rests.get(row.worker_id)
    return facts.after_sleep if rest is not None and rest.works_nights else facts.by_day


def _taken_from_attention(row: Due, facts: _Facts) -> Verdict:
    """Let a push go where its worker has attention left, and note what it takes of it."""
    if row.kind not in PUSHES or row.worker_id is None or row.is_copy:
        return GO
    if facts.places_left[row.worker_id] <= 0:
        return Verdict(skip="attention")
    facts.places_left[row.worker_id] -= 1
    return GO
