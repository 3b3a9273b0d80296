"""The doors of the demo's three roles, and the clock that visitors move."""

from __future__ import annotations

import asyncio
import secrets
from functools import partial

from bot.app.build import App
from bot.app.demo.clock import KeptClock
from bot.app.demo.crowd import Crowd
from bot.app.demo.figures import Figures
from bot.app.demo.rows import DEMO_ENTERPRISE, DEMO_OFFICER, DEMO_WORKER
from bot.app.demo.stage import Stage
from bot.clock import SystemClock
from bot.web.site import DemoDoors
from storage.unit_of_work import UnitOfWork

KEY = "demo.key"
TOKEN = "demo.token.{}"  # noqa: S105 - the name of a setting
ADDRESSES = {"worker": DEMO_WORKER, "enterprise": DEMO_ENTERPRISE, "officer": DEMO_OFFICER}
KEY_BYTES = 9
TOKEN_BYTES = 24


def open_doors(app: App, clock: SystemClock, figures: Figures) -> DemoDoors:
    """Return the doors of this demo database; key and tokens are made with it, once.

    `advance` lets the invented county answer every day that passes.
    """
    tokens = {
        role: app.database.run(partial(_kept, name=TOKEN.format(role), size=TOKEN_BYTES))
        for role in ADDRESSES
    }
    walking = asyncio.Lock()

    async def advance(days: int) -> str:
        async with walking:
            async with Stage(app, KeptClock(app.database, clock)) as stage:
                crowd = Crowd(stage, figures)
                for _ in range(days):
                    await crowd.live_a_day()
            return clock.today().isoformat()

    return DemoDoors(
        key=app.database.run(partial(_kept, name=KEY, size=KEY_BYTES)),
        tokens=tokens,
        addresses={tokens[role]: address for role, address in ADDRESSES.items()},
        advance=advance,
    )


def _kept(uow: UnitOfWork, *, name: str, size: int) -> str:
    """Return a secret of the database, made when it is first asked for."""
    known = uow.records.setting(name)
    if known is not None:
        return known
    made = secrets.token_urlsafe(size)
    uow.records.store_setting(name, made)
    return made
