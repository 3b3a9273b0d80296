"""When a broadcast begins, and how many minutes it takes at each channel's rate."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import at_local
from bot.services.deployment import Deployment
from bot.services.sending.attention import earliest
from storage.states import Way

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """When messages go.

    Attributes:
        begins_at: The first instant at which they may go; now, or the end of the quiet hours.
        minutes: How long the slowest channel takes, without the nights in between; at least 1
            where a channel sends at all.
        goes_on_at: The morning on which the rest goes, where the evening cuts it; else None.
    """

    begins_at: datetime
    minutes: int
    goes_on_at: datetime | None


def plan(deployment: Deployment, counts: Mapping[Way, int]) -> Plan:
    """Return when `counts` messages of each way go; calls are the officers' and take no time."""
    begins_at = earliest_for(deployment, works_nights=False)
    minutes = minutes_for(deployment, counts)
    return Plan(begins_at, minutes, _goes_on_at(deployment, begins_at, minutes))


def minutes_for(deployment: Deployment, counts: Mapping[Way, int]) -> int:
    """Return how many minutes the slowest channel needs; a page shows its messages at once."""
    seconds = [
        count / deployment.rates[way.value]
        for way, count in counts.items()
        if count and way.value in deployment.rates
    ]
    return math.ceil(max(seconds, default=0.0) / SECONDS)


def earliest_for(deployment: Deployment, *, works_nights: bool) -> datetime:
    """Return the first instant at which a push disturbs nobody's sleep."""
    return earliest(
        deployment.now,
        deployment.clock.timezone,
        works_nights=works_nights,
        limits=deployment.limits,
    )


def _goes_on_at(deployment: Deployment, begins_at: datetime, minutes: int) -> datetime | None:
    timezone, limits = deployment.clock.timezone, deployment.limits
    local = begins_at.astimezone(timezone)
    evening = at_local(local.date(), limits.quiet_from, timezone=timezone)
    if evening <= begins_at or begins_at + timedelta(minutes=minutes) <= evening:
        return None
    return at_local(local.date() + timedelta(days=1), limits.quiet_until, timezone=timezone)
