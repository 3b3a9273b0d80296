"""The doors of the demo's three roles, and the clock that visitors move."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from functools import partial

from bot.app.build import App
from bot.app.demo.clock import KeptClock
from bot.app.demo.crowd import Crowd
from bot.app.demo.figures import Figures
from bot.app.demo.rows import DEMO_ENTERPRISE, DEMO_OFFICER, DEMO_WORKER
from bot.app.demo.stage import Stage
from bot.clock import SystemClock
from bot.log import describe, logger
from bot.web.site import DemoDoors
from storage.unit_of_work import UnitOfWork

KEY = "demo.key"
TOKEN = "demo.token.{}"  # noqa: S105 - the name of a setting
ADDRESSES = {"worker": DEMO_WORKER, "enterprise": DEMO_ENTERPRISE, "officer": DEMO_OFFICER}
KEY_BYTES = 9
TOKEN_BYTES = 24
A_MOMENT = 1.5


class DayWalk:
    """Lets days pass one after the other, beside the pages that go on being served."""

    def __init__(self, app: App, clock: SystemClock, figures: Figures) -> None:
        self._app = app
        self._clock = clock
        self._figures = figures
        self._walking: asyncio.Future[None] | None = None
        self.days_left = 0

    async def begin(self, days: int, *, passed: Callable[[], None]) -> None:
        """Let `days` more days pass; return once they have, or after a moment.

        Args:
            days: Added to those that are still to pass.
            passed: Called after every day.
        """
        self.days_left += days
        if self._walking is None or self._walking.done():
            self._walking = asyncio.ensure_future(self._walk(passed))
        await asyncio.wait({self._walking}, timeout=A_MOMENT)

    async def _walk(self, passed: Callable[[], None]) -> None:
        async with Stage(self._app, KeptClock(self._app.database, self._clock)) as stage:
            crowd = Crowd(stage, self._figures)
            while self.days_left:
                try:
                    await crowd.live_a_day()
                except Exception as error:
                    logger().error("demo.day_failed", error=describe(error))
                    self.days_left = 0
                    raise
                self.days_left -= 1
                passed()


def open_doors(app: App, clock: SystemClock, figures: Figures) -> DemoDoors:
    """Return the doors of this demo database; key and tokens are made with it, once.

    The walk lets the invented county answer every day that passes.
    """
    tokens = {
        role: app.database.run(partial(_kept, name=TOKEN.format(role), size=TOKEN_BYTES))
        for role in ADDRESSES
    }
    return DemoDoors(
        key=app.database.run(partial(_kept, name=KEY, size=KEY_BYTES)),
        tokens=tokens,
        addresses={tokens[role]: address for role, address in ADDRESSES.items()},
        walk=DayWalk(app, clock, figures),
    )


def _kept(uow: UnitOfWork, *, name: str, size: int) -> str:
    """Return a secret of the database, made when it is first asked for."""
    known = uow.records.setting(name)
    if known is not None:
        return known
    made = secrets.token_urlsafe(size)
    uow.records.store_setting(name, made)
    return made
