"""Takes back what a sender had on the wire when it died."""

from __future__ import annotations

import functools

from bot.scheduler.ticks import Tick
from bot.services.sending.outbox import recover


def take_back(tick: Tick) -> int:
    """Return rows whose lease ran out to the outbox; return how many."""
    return sum(
        tick.database.run(
            functools.partial(recover, deployment=tick.deployment, account_id=account_id)
        )
        for account_id in tick.account_ids
    )
