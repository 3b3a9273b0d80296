"""Asks, three days before unused data is deleted, whether the person still looks for work."""

from __future__ import annotations

import functools

from bot.conversations.engine import Engine
from bot.scheduler.ticks import BATCH, Tick
from bot.services.people.privacy import soon_forgotten
from bot.services.sending.sending_rules import end_of_quiet_hours
from storage.states import DeliveryKind
from storage.unit_of_work import UnitOfWork


def ask_all(tick: Tick) -> int:
    """Ask everybody whose data was unused for 27 days, outside the quiet hours; return how many."""
    timezone, limits = tick.deployment.clock.timezone, tick.deployment.limits
    if end_of_quiet_hours(tick.now, timezone, limits) is not None:
        return 0
    total = 0
    for engine in tick.engine.every():
        while asked := tick.database.run(functools.partial(_ask_batch, engine=engine)):
            total += asked
    return total


def _ask_batch(uow: UnitOfWork, *, engine: Engine) -> int:
    addresses = soon_forgotten(uow, engine.deployment, limit=BATCH)
    for address in addresses:
        engine.begin(
            uow,
            address,
            "still_looking.ask",
            origin=f"still_looking:{address.id.hex}:{engine.deployment.today.isoformat()}",
            kind=DeliveryKind.CHECK_IN,
        )
    return len(addresses)
