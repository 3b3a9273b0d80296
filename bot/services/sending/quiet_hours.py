"""The hours in which nobody is written to unasked."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import at_local
from bot.services.limits import Limits

DEFAULT_LIMITS = Limits()


def end_of_quiet_hours(
    now: datetime, timezone: ZoneInfo, limits: Limits = DEFAULT_LIMITS
) -> datetime | None:
    """Return when the quiet hours end that hold now, or None outside them.

    They may run over midnight (21 until 8) or not (1 until 6); from an hour until the same
    hour means that there are none.
    """
    local = now.astimezone(timezone)
    if not _is_quiet(local.hour, limits):
        return None
    ends_tomorrow = local.hour >= limits.quiet_until
    day = local.date() + timedelta(days=1) if ends_tomorrow else local.date()
    return at_local(day, limits.quiet_until, timezone=timezone)


def _is_quiet(hour: int, limits: Limits) -> bool:
    if limits.quiet_from <= limits.quiet_until:
        return limits.quiet_from <= hour < limits.quiet_until
    return hour >= limits.quiet_from or hour < limits.quiet_until
