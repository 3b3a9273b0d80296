"""Turns per second, as a page's process takes them: `python -m tests.benchmarks.turns`.

A stranger is met, tells two things, sees vacancies and applies, over and over with new people,
through the receiver and sender that the server wires. The peer does only what the database has
to do for such a turn, in hand-written SQL, without understanding, texts or encryption.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event

from bot.app import App
from bot.channels.receiver import Receiver
from bot.channels.sender import Sender
from bot.channels.web_chat import WebChat
from bot.clock import FixedClock
from bot.log import configure
from bot.messages import Inbound
from content.catalogue import Catalogue
from content.reader import read_catalogue
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.peer import peer_turns_per_second
from tests.chat import City
from tests.conftest import MONDAY_MORNING
from tests.databases import PostgresDatabases, SqliteDatabases, postgres_server, secrets_in
from tests.services.job_world import add_firm, add_vacancy, add_worker
from tests.whole_loop import Loop

VACANCIES, WORKERS, FIRMS = 200, 500, 40
SECONDS = 4.0
CROWDS = (1, 16, 200)
LINES = (
    "你好",
    "踩平车 只在中江 要三千五",
    "1",
    "1",
    "1",
    "1",
    "74年",
    "陈桂芳",
    "13900001234",
    "1",
    "1",
)
APPLIED = "报好了"


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run measured; latencies in milliseconds."""

    people: int
    turns: int
    per_second: float
    statements: float
    cpu: float
    p50: float
    p95: float

    def line(self) -> str:
        """Return the figures as one line."""
        return (
            f"{self.people:4} people  {self.per_second:7.1f} turns/s  p50 {self.p50:7.1f} ms  "
            f"p95 {self.p95:7.1f} ms  {self.statements:5.1f} statements/turn  "
            f"{self.cpu:5.2f} ms CPU/turn"
        )


def settle(city: City) -> None:
    """Fill the city with an officer, firms, open vacancies and workers."""
    city.officer()

    def write(uow: UnitOfWork) -> None:
        now = city.clock.now()
        firms = [add_firm(uow, now, name=f"厂{number}") for number in range(FIRMS)]
        for number in range(VACANCIES):
            pay = (3600 + 10 * (number % 50), 5500)
            add_vacancy(uow, now, firms[number % FIRMS], wage=pay)
        for number in range(WORKERS):
            add_worker(uow, now, phone=f"1390001{number:04}")

    city.run(write)
    city.app.refresh_board()


async def talk(app: App, *, people: int, seconds: float) -> Figures:
    """Let `people` talk at once for `seconds`, each beginning anew as somebody else."""
    account_id = await asyncio.to_thread(app.account_id, "web")
    web_chat = WebChat()
    jitter = random.Random(1)  # noqa: S311 - spreads retries
    sender = Sender(app.database, app.deployment, web_chat, account_id, jitter=jitter)
    receiver = Receiver(
        app.database, app.engine, wake=lambda _account, _address: sender.wake(), pages=(account_id,)
    )
    sending = asyncio.ensure_future(sender.run())
    latencies: list[float] = []
    newcomers = itertools.count()
    began_at = time.monotonic_ns()  # so that no two runs share an address
    until = time.perf_counter() + seconds

    async def person() -> None:
        while time.perf_counter() < until:
            address = f"{people}-{next(newcomers)}-{began_at}"
            for number, line in enumerate(LINES):
                began = time.perf_counter()
                inbound = Inbound(f"{address}:{number}", address, line, sequence=number)
                await receiver.answer(account_id, inbound)
                latencies.append((time.perf_counter() - began) * 1000)
                if time.perf_counter() >= until:
                    return

    with counted(app.database) as statements:
        began, worked = time.perf_counter(), time.process_time()
        await asyncio.gather(*(person() for _ in range(people)))
        took, work = time.perf_counter() - began, time.process_time() - worked
    await receiver.close()
    sender.close()
    await sending
    latencies.sort()
    count = len(latencies)
    return Figures(
        people,
        count,
        count / took,
        statements[0] / count,
        work * 1000 / count,
        latencies[count // 2],
        latencies[int(count * 0.95)],
    )


@contextlib.contextmanager
def counted(database: Database) -> Iterator[list[int]]:
    """Count the statements that the database gets, without BEGIN and COMMIT."""
    count = [0]

    def add(*_: object) -> None:
        count[0] += 1

    event.listen(database.engine, "before_cursor_execute", add)
    try:
        yield count
    finally:
        event.remove(database.engine, "before_cursor_execute", add)


def open_city(database: Database, catalogue: Catalogue) -> App:
    """Return a process over `database`, its city filled."""
    city = City(database, catalogue, FixedClock(MONDAY_MORNING))
    settle(city)
    return city.app


def measure(database: Database, catalogue: Catalogue, *, seconds: float) -> list[Figures]:
    """Return the figures for one person, for 16 and for 200."""
    app = open_city(database, catalogue)
    return [asyncio.run(talk(app, people=people, seconds=seconds)) for people in CROWDS]


def report(name: str, database: Database, catalogue: Catalogue, *, peer_url: str) -> None:
    """Print everything about one database."""
    print(name)
    best = 0.0
    for figures in measure(database, catalogue, seconds=SECONDS):
        print(f"  {figures.line()}")
        best = max(best, figures.per_second)
    peer = peer_turns_per_second(peer_url, seconds=SECONDS / 2)
    print(f"  peer: {peer:7.1f} bare turns/s, one after the other; ours reach {best / peer:.0%}\n")


def main() -> None:
    """Measure both databases and print."""
    configure("ERROR")
    catalogue = read_catalogue()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        secrets = secrets_in(folder)
        sqlite = SqliteDatabases(folder, secrets)
        for each in ("roles", "turns", "peer"):
            (folder / each).mkdir()
        database = Database(sqlite.create(folder / "roles"), secrets)
        Loop(City(database, catalogue, FixedClock(MONDAY_MORNING))).run()
        database.close()
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"memory after one conversation of each role: {used:.0f} MB\n")
        database = Database(sqlite.create(folder / "turns"), secrets)
        report("SQLite", database, catalogue, peer_url=sqlite.create(folder / "peer"))
        database.close()
        with postgres_server() as server:
            postgres = PostgresDatabases(server, secrets)
            database = Database(postgres.create()[0], secrets)
            report("PostgreSQL", database, catalogue, peer_url=postgres.create()[0])
            database.close()


if __name__ == "__main__":
    main()
