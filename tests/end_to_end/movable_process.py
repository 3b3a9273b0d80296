"""`wengong run` of a bureau whose business time a test moves: run as a module.

It starts on the next Monday at nine, when officers are at their desks. A line on its input is an
order, and one line is printed when it is done: `days 3` lets days pass with all that falls due
and prints the time then, `officer 5106 周明` invites an officer and prints the word behind /start.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from datetime import timedelta

from bot.app import App
from bot.app.server import Server
from bot.cli.officer import TOKEN_PREFIX
from bot.cli.opening import open_app, serving_lock, settings_or_fail
from bot.clock import SystemClock, at_local
from bot.scheduler.time_travel import advance_days
from bot.services.people import officers
from storage.models import ChannelAccount

NINE, WEEK = 9, 7


def main() -> None:
    """Serve until SIGINT."""
    settings = settings_or_fail()
    clock = SystemClock(settings.timezone)
    clock.advance(_monday_at_nine(clock))
    url = settings.database_address()
    with serving_lock(settings, url), open_app(settings, demo=False, clock=clock) as opened:
        app = opened.app
        obeying = threading.Thread(target=_obey, args=(app, clock), daemon=True)
        asyncio.run(Server(app).serve(ready=obeying.start))


def _monday_at_nine(clock: SystemClock) -> timedelta:
    today = clock.today()
    monday = today + timedelta(days=WEEK - today.weekday())
    return at_local(monday, NINE, 0, timezone=clock.timezone) - clock.now()


def _obey(app: App, clock: SystemClock) -> None:
    _tell(clock.now().isoformat())
    for line in sys.stdin:
        order, _, rest = line.strip().partition(" ")
        _tell(_let_pass(app, clock, int(rest)) if order == "days" else _invite(app, rest))


def _let_pass(app: App, clock: SystemClock, days: int) -> str:
    accounts = app.database.read(lambda uow: [row.id for row in uow.session.query(ChannelAccount)])
    advance_days(clock, app.database, app.engine, days, account_ids=accounts)
    return clock.now().isoformat()


def _invite(app: App, whom: str) -> str:
    scope, _, name = whom.partition(" ")
    return TOKEN_PREFIX + app.database.run(
        lambda uow: officers.invite(uow, app.deployment, scope=scope, name=name)
    )


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
