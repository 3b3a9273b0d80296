"""Updates per second through a webhook: `python -m tests.benchmarks.webhook`.

Everybody writes to the bot at once, and each run lasts until a stand-in for the platform has got
the last reply over HTTP. Ours is the whole product as `wengong run` serves it: a receipt, a turn of
the conversation and a row of the outbox are durable for each update. The peers echo, out of
memory. All run beside the same stand-in, its limits lifted, with the same posts.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import math
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from bot.log import configure
from tests.benchmarks.far_end import FarEnd, far_end
from tests.benchmarks.http_load import Poster
from tests.benchmarks.processes import Child, free_port, machine, running
from tests.benchmarks.served import Stores, product
from tests.benchmarks.telegram_town import FIRST_CHAT, SECRET, SECRET_HEADER, TOKEN, greetings
from tests.stand_ins.telegram.stand_in import system_seconds

PEOPLE = 2_000
PACED, PACE = 400, 40.0
WARM_UP = 100
WORDS = "你好"
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Bot:
    """Something that answers updates posted to it."""

    child: Child
    path: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run measured; times in milliseconds."""

    updates: int
    replies: int
    per_second: float
    taken_per_second: float
    p50: float
    p95: float
    cpu: float

    def line(self) -> str:
        """Return the figures as one line."""
        missing = f"  MISSING {self.updates - self.replies}" * (self.replies < self.updates)
        return (
            f"{self.per_second:7.1f} updates/s  taken at {self.taken_per_second:7.1f}/s  "
            f"post to reply p50 {self.p50:7.1f} ms  p95 {self.p95:7.1f} ms  "
            f"{self.cpu:5.2f} ms CPU/update{missing}"
        )


class Load:
    """Posts the same words to one bot, and waits for its replies at the stand-in."""

    def __init__(self, bot: Bot, end: FarEnd) -> None:
        self._bot, self._end = bot, end
        self._poster = Poster(bot.child.port, bot.path, {SECRET_HEADER: SECRET})
        self._numbers = itertools.count(1)

    async def run(self, people: int, *, per_second: float = math.inf) -> Figures:
        """Let everybody write once; return when all were answered, or nothing came any more."""
        chats = range(FIRST_CHAT, FIRST_CHAT + people)
        bodies = greetings(chats, WORDS, numbers=self._numbers)
        begin, work = self._end.count(), self._bot.child.cpu_seconds
        posted = await self._poster.post_all(bodies, per_second=per_second)
        taken_at = system_seconds()
        await self._answered(begin + people)
        arrived = {item.chat: item.at for item in reversed(self._end.arrivals(begin))}
        work = self._bot.child.cpu_seconds - work
        waits = sorted(
            (arrived[chat] - at) * 1000
            for chat, at in zip(chats, posted, strict=True)
            if chat in arrived
        )
        last = max(arrived.values(), default=math.inf)
        return Figures(
            people,
            len(waits),
            len(waits) / (last - posted[0]),
            people / (taken_at - posted[0]),
            waits[len(waits) // 2] if waits else math.nan,
            waits[int(len(waits) * 0.95)] if waits else math.nan,
            work * 1000 / people,
        )

    async def _answered(self, total: int) -> None:
        count, since = -1, time.monotonic()
        while count < total and time.monotonic() < since + PATIENCE:
            await asyncio.sleep(0.1)
            now = await asyncio.to_thread(self._end.count)
            if now != count:
                count, since = now, time.monotonic()


def measure(bot: Bot, end: FarEnd, *, people: int, paced: int) -> tuple[Figures, Figures]:
    """Return the figures flat out, and at a pace that leaves every bot time to breathe."""

    async def both() -> tuple[Figures, Figures]:
        load = Load(bot, end)
        await load.run(min(WARM_UP, people))
        flat_out = await load.run(people)
        return flat_out, await load.run(paced, per_second=PACE)

    return asyncio.run(both())


@contextlib.contextmanager
def peer(module: str, folder: Path, end: FarEnd, *words: str) -> Iterator[Bot]:
    """Serve one of the echo bots."""
    port = free_port()
    name = f"tests.benchmarks.webhook_peers.{module}"
    child = Child(name, end.url, TOKEN, str(port), *words, folder=folder, port=port)
    with running(child):
        yield Bot(child, "/hook")


@contextlib.contextmanager
def ours(stores: Stores, kind: str, end: FarEnd, *, people: int) -> Iterator[Bot]:
    """Serve the product on a database in which everybody is known."""
    with stores.fresh(kind, people=people) as store, product(store, end) as served:
        yield Bot(served.child, served.webhook_path)


def contestants(
    stores: Stores, folder: Path, *, people: int
) -> dict[str, Callable[[FarEnd], AbstractContextManager[Bot]]]:
    """Return every bot by the name that is printed."""
    return {
        "ours, SQLite": lambda end: ours(stores, "sqlite", end, people=people),
        "ours, PostgreSQL": lambda end: ours(stores, "postgresql", end, people=people),
        "PTB echo, one at a time": lambda end: peer("ptb_echo", folder, end, "in_order"),
        "PTB echo, 256 at a time": lambda end: peer("ptb_echo", folder, end, "at_once"),
        "aiogram echo": lambda end: peer("aiogram_echo", folder, end),
    }


def run(*, people: int = PEOPLE, paced: int = PACED) -> dict[str, Figures]:
    """Measure every bot and print; return the figures flat out."""
    found: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as name, Stores.open(Path(name)) as stores:
        for title, opened in contestants(stores, Path(name), people=people).items():
            with far_end(Path(name)) as end, opened(end) as bot:
                found[title], slow = measure(bot, end, people=people, paced=paced)
            print(f"{title}\n  flat out   {found[title].line()}")
            print(f"  at {PACE:.0f}/s    {slow.line()}", flush=True)
    return found


def main() -> None:
    """Measure and print how ours compares."""
    configure("ERROR")
    print(machine())
    found = run()
    for mine in (title for title in found if title.startswith("ours")):
        for other in (title for title in found if not title.startswith("ours")):
            share = found[mine].per_second / found[other].per_second
            print(f"{mine} reaches {share:.0%} of {other}")


if __name__ == "__main__":
    main()
