"""How fast a broadcast's messages are made: `python -m tests.benchmarks.broadcast_batches`.

60,000 workers on Telegram get a text with placeholders, or a vacancy each with its own reasons,
or have no chat at all and get a text message with a return link of their own. Nothing is sent.
`--people 6000` makes fewer; `--profile` prints where the time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import functools
import pstats
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import update

from bot.app import build
from bot.clock import FixedClock
from bot.log import configure
from bot.services.broadcasts import broadcasts
from bot.services.broadcasts.audiences import Audience
from bot.services.broadcasts.broadcast_batches import make_batch
from bot.services.broadcasts.broadcast_preview import preview
from bot.services.deployment import Deployment
from bot.services.limits import Limits
from bot.settings import Settings
from content.reader import read_catalogue
from storage.database import Database
from storage.models import ContactAddress, Vacancy
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.telegram_town import Town
from tests.conftest import MONDAY_MORNING
from tests.databases import PostgresDatabases, SqliteDatabases, postgres_server, secrets_in
from tests.services.job_world import BUREAU, ZHONGJIANG

PEOPLE = 60_000
GOAL_SECONDS = 20.0
WORDS = "{姓}师傅您好，{局}{干部}：{县}{镇}周五上午有招聘会，管午饭，不收钱。"
EVERYBODY = Audience(places=(ZHONGJIANG,), trades=(), standings=("everybody",))


@dataclass(frozen=True, slots=True)
class Figures:
    """What one broadcast took, in seconds."""

    what: str
    count: int
    preview: float
    making: float
    longest: float

    def __str__(self) -> str:
        """One line of the report."""
        return (
            f"  {self.what:<13} {self.count:>6} messages  preview {self.preview:5.1f} s  "
            f"made in {self.making:5.1f} s ({self.count / self.making:,.0f}/s)  "
            f"longest transaction {self.longest * 1000:,.0f} ms"
        )


def measure(database: Database, deployment: Deployment, town: Town, what: str) -> Figures:
    """Draft, preview, approve and make one broadcast."""
    vacancy = town.open_vacancy() if what == "vacancy" else None
    if what == "text message":
        database.run(_leave_telegram)
    draft = functools.partial(_draft, deployment=deployment, town=town, vacancy=vacancy)
    key, looking = database.run(draft)
    began = time.perf_counter()
    longest, is_more = 0.0, True
    while is_more:
        batch_began = time.perf_counter()
        is_more = database.run(lambda uow: make_batch(uow, deployment, key)).is_more
        longest = max(longest, time.perf_counter() - batch_began)
    making = time.perf_counter() - began
    count = database.read(lambda uow: uow.broadcasts.need(key).chosen)
    return Figures(what, count, looking, making, longest)


def _draft(
    uow: UnitOfWork, *, deployment: Deployment, town: Town, vacancy: Vacancy | None
) -> tuple[uuid.UUID, float]:
    officer = uow.officers.need(town.officer_id)
    words = WORDS if vacancy is None else None
    made = broadcasts.draft(uow, deployment, officer, vacancy=vacancy, words=words)
    broadcasts.change_audience(made, EVERYBODY)
    uow.session.flush()
    began = time.perf_counter()
    preview(uow, deployment, made)
    looking = time.perf_counter() - began
    broadcasts.approve(uow, deployment, officer, made.id)
    return made.id, looking


def _leave_telegram(uow: UnitOfWork) -> None:
    uow.session.execute(update(ContactAddress).values(unreachable_since=MONDAY_MORNING))


def _deployment(database: Database) -> Deployment:
    settings = Settings(bureau_adcode=BUREAU, bureau_name="德阳市人社局", port=8000)
    app = build(
        settings,
        catalogue=read_catalogue(),
        clock=FixedClock(MONDAY_MORNING),
        database=database,
        is_demo=False,
    )
    # Each of the three broadcasts goes to everybody, so attention may not run out.
    limits = Limits(pushes_a_day=20, pushes_a_week=20)
    return replace(app.deployment, channels=frozenset({"telegram", "sms"}), limits=limits)


@contextmanager
def _databases(folder: Path) -> Iterator[Iterator[tuple[str, Database]]]:
    secrets = secrets_in(folder)
    with postgres_server() as server:
        stores = {
            "SQLite": SqliteDatabases(folder, secrets).create(folder),
            "PostgreSQL": PostgresDatabases(server, secrets).create()[0],
        }
        yield ((name, Database(url, secrets)) for name, url in stores.items())


def _report(name: str, database: Database, *, people: int) -> None:
    deployment = _deployment(database)
    town = Town(database, MONDAY_MORNING)
    began = time.perf_counter()
    town.settle(people)
    print(f"{name}: {people} people settled in {time.perf_counter() - began:.1f} s")
    for what in ("text", "vacancy", "text message"):
        print(measure(database, deployment, town, what), flush=True)
    database.close()


def main() -> None:
    """Measure both databases and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=PEOPLE)
    arguments.add_argument("--profile", action="store_true")
    chosen = arguments.parse_args()
    configure("ERROR")
    profile = cProfile.Profile() if chosen.profile else None
    with tempfile.TemporaryDirectory() as folder, _databases(Path(folder)) as found:
        for name, database in found:
            if profile is not None:
                profile.enable()
            _report(name, database, people=chosen.people)
    print(f"goal: 60,000 in {GOAL_SECONDS:.0f} s")
    if profile is not None:
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
