"""How much of a worker's attention pushes may take, and when they may come."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import at_local
from bot.services.sending_rules import end_of_quiet_hours
from storage.repositories.spreads import Attention
from storage.unit_of_work import UnitOfWork

PUSHES_A_DAY = 1
PUSHES_A_WEEK = 3
WEEK = timedelta(days=7)
# Whoever works at night sleeps in the day.
NIGHT_SHIFT_SLEEPS_FROM, NIGHT_SHIFT_SLEEPS_UNTIL = 8, 16


def earliest(now: datetime, timezone: ZoneInfo, *, works_nights: bool) -> datetime:
    """Return the first instant from `now` on at which a push disturbs nobody's sleep."""
    at = end_of_quiet_hours(now, timezone) or now
    local = at.astimezone(timezone)
    if works_nights and NIGHT_SHIFT_SLEEPS_FROM <= local.hour < NIGHT_SHIFT_SLEEPS_UNTIL:
        return at_local(local.date(), NIGHT_SHIFT_SLEEPS_UNTIL, timezone=timezone)
    return at


def used_up(uow: UnitOfWork, *, at: datetime, timezone: ZoneInfo) -> frozenset[uuid.UUID]:
    """Return the workers who may not be pushed anything at `at`: one a day, three a week."""
    day = at_local(at.astimezone(timezone).date(), 0, timezone=timezone)
    given: Mapping[uuid.UUID, Attention] = uow.recommendations.attention(
        today_from=day, week_from=at - WEEK
    )
    return frozenset(
        worker_id
        for worker_id, count in given.items()
        if count.today >= PUSHES_A_DAY or count.week >= PUSHES_A_WEEK
    )
