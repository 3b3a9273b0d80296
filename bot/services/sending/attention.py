"""How much of a worker's attention pushes may take, and when they may come."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.clock import at_local
from bot.services.deployment import Deployment
from bot.services.limits import Limits
from bot.services.sending.quiet_hours import DEFAULT_LIMITS, end_of_quiet_hours
from storage.repositories.spreads import Attention
from storage.states import DeliveryStatus
from storage.unit_of_work import UnitOfWork

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
BATCH = 1_000
# Whoever works at night sleeps in the day.
NIGHT_SHIFT_SLEEPS_FROM, NIGHT_SHIFT_SLEEPS_UNTIL = 8, 16
GONE_OUT = (DeliveryStatus.SENDING, DeliveryStatus.ACCEPTED, DeliveryStatus.UNKNOWN)
ON_THE_WAY = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY)


def earliest(
    now: datetime, timezone: ZoneInfo, *, works_nights: bool, limits: Limits = DEFAULT_LIMITS
) -> datetime:
    """Return the first instant from `now` on at which a push disturbs nobody's sleep."""
    at = end_of_quiet_hours(now, timezone, limits) or now
    local = at.astimezone(timezone)
    if works_nights and NIGHT_SHIFT_SLEEPS_FROM <= local.hour < NIGHT_SHIFT_SLEEPS_UNTIL:
        return at_local(local.date(), NIGHT_SHIFT_SLEEPS_UNTIL, timezone=timezone)
    return at


def used_up(
    uow: UnitOfWork,
    *,
    at: datetime,
    deployment: Deployment,
    among: Collection[UUID] | None = None,
) -> frozenset[UUID]:
    """Return the workers who may not be pushed anything more at `at`, whoever sends it.

    What waits in the queue counts as if it had been sent; what was skipped costs nothing.

    Args:
        uow: The transaction.
        at: When the push would go.
        deployment: Its limits say how many a day and a week.
        among: Only these workers; everybody when None.
    """
    given = dict(_given(uow, deployment, at=at, among=among, statuses=(*GONE_OUT, *ON_THE_WAY)))
    limits = deployment.limits
    return frozenset(key for key, count in given.items() if not _is_left(count, limits))


def places_left(
    uow: UnitOfWork, *, at: datetime, deployment: Deployment, among: Collection[UUID]
) -> dict[UUID, int]:
    """Return how many pushes each of these workers may still be sent at `at`.

    Only what has gone out counts: this is asked about rows that wait themselves.
    """
    limits = deployment.limits
    left = dict.fromkeys(among, min(limits.pushes_a_day, limits.pushes_a_week))
    for key, count in _given(uow, deployment, at=at, among=among, statuses=GONE_OUT):
        left[key] = min(limits.pushes_a_day - count.today, limits.pushes_a_week - count.week)
    return left


def attention_left(
    uow: UnitOfWork,
    *,
    at: datetime,
    deployment: Deployment,
    among: Collection[UUID] | None = None,
) -> dict[UUID, int]:
    """Return how many more pushes may be queued to each worker who was given any lately.

    What waits in the queue counts as if it had been sent. Whoever is not named has all. Asked
    of everybody when `among` is None.
    """
    limits = deployment.limits
    given = _given(uow, deployment, at=at, among=among, statuses=(*GONE_OUT, *ON_THE_WAY))
    return {
        key: max(0, min(limits.pushes_a_day - count.today, limits.pushes_a_week - count.week))
        for key, count in given
    }


def _is_left(count: Attention, limits: Limits) -> bool:
    return count.today < limits.pushes_a_day and count.week < limits.pushes_a_week


def _given(
    uow: UnitOfWork,
    deployment: Deployment,
    *,
    at: datetime,
    among: Collection[UUID] | None,
    statuses: Collection[DeliveryStatus],
) -> Iterator[tuple[UUID, Attention]]:
    timezone = deployment.clock.timezone
    day = at.astimezone(timezone).date()
    for part in _parts(among):
        found = uow.recommendations.attention(
            today_from=at_local(day, 0, timezone=timezone),
            today_until=at_local(day + DAY, 0, timezone=timezone),
            week_from=at - WEEK,
            statuses=statuses,
            among=part,
        )
        yield from found.items()


def _parts(among: Collection[UUID] | None) -> Iterator[Sequence[UUID] | None]:
    """Yield as many workers at a time as one statement takes; None for everybody."""
    if among is None:
        yield None
        return
    listed = tuple(among)
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]
