"""One run over a whole register in a process of its own, told as one line of JSON.

Run by `whole_city`: `python -m tests.benchmarks.whole_city_process WORKERS VACANCIES EXECUTOR`. The
register is made in parts of PART workers, which is not counted; ranking a part goes through what
a night goes through: stretches of CHUNK workers to the executor of the settings, and packed lists
back. Lists are kept for the allocation up to MOST_KEPT workers; beyond, they are counted and let
go, as a night lets them go into its database.
"""

from __future__ import annotations

import contextlib
import json
import re
import resource
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from bot.app.executors import power_of
from bot.services.ranking.nightly import Power
from bot.services.ranking.nightly_facts import Facts, Opening, Seeker
from bot.services.ranking.nightly_plan import Figures, plan_of
from bot.services.ranking.ranked_chunks import Market, lists_of, market_of, submit
from matching.ranking.packing import ENTRY_BYTES
from matching.tables.vacancies import VacancyTable
from matching.tables.workers import WorkerTable
from matching.types import Vacancy
from tests.benchmarks.market import knowledge, options_for
from tests.benchmarks.market_vacancies import vacancies
from tests.benchmarks.market_workers import worker_id, workers
from tests.benchmarks.processes import TICKS_A_SECOND

PART, CHUNK, MOST_KEPT = 60_000, 1_000, 60_000
ATTENTION, LONGEST_WAIT = 3, 60  # pushes a week; days since the last one, evenly spread
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class CityRun:
    """What one run took.

    Attributes:
        workers: The register.
        vacancies: Open ones.
        opening: Seconds until the executor's processes stood and held the vacancies.
        columns: Seconds to put the workers into columns.
        ranking: Seconds to rank and explain.
        allocating: Seconds to choose who is told of what; None where lists were not kept.
        listed: Entries on all lists.
        pushes: Pairs that were chosen.
        objective: What the choice is worth.
        bound: No choice is worth more.
        processor: Seconds of all processors from columns to allocation, of all processes.
        megabytes: Peaks of resident memory: this process, then its children. What they share
            counts each time.
    """

    workers: int
    vacancies: int
    opening: float
    columns: float
    ranking: float
    allocating: float | None
    listed: int
    pushes: int
    objective: float
    bound: float
    processor: float
    megabytes: tuple[float, ...]

    @property
    def seconds(self) -> float:
        """Everything from the workers' profiles on; the processes stand already."""
        return self.columns + self.ranking + (self.allocating or 0.0)

    @property
    def pairs_a_second(self) -> float:
        """Pairs of the whole matrix for each second."""
        return self.workers * self.vacancies / self.seconds


def run(register: int, opened: int, executor: str) -> CityRun:
    """Rank, explain and allocate a register of this size."""
    posts = list(vacancies(0, opened))
    table = VacancyTable.of(posts, knowledge())
    market = market_of(table, knowledge=knowledge(), options=options_for(table))
    openings = [_opening(vacancy) for vacancy in posts]
    del posts
    spent, ranked, listed = Spent(), list[bytes](), 0
    with power_of(executor)() as power:
        began = time.perf_counter()
        _open(power, market)
        opening = time.perf_counter() - began
        for first in range(0, register, PART):
            tables = _tables(first, min(first + PART, register), spent)
            with spent.on("ranking"):
                for packed in _ranked(power, market, tables):
                    listed += sum(map(len, packed)) // ENTRY_BYTES
                    if register <= MOST_KEPT:
                        ranked += packed
        figures = _allocated(ranked, openings, spent)
        peaks = megabytes()
    return CityRun(
        register, opened, opening, spent.wall["columns"], spent.wall["ranking"],
        spent.wall.get("allocating"), listed, figures.pushes if figures else 0,
        figures.objective if figures else 0.0, figures.bound if figures else 0.0,
        spent.processor, peaks,
    )  # fmt: skip


class Spent:
    """Seconds by what they were spent on, and what all processes worked in them."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.processor = 0.0

    @contextlib.contextmanager
    def on(self, what: str) -> Iterator[None]:
        """Count what is done inside."""
        began, worked = time.perf_counter(), _worked()
        yield
        self.wall[what] = self.wall.get(what, 0.0) + time.perf_counter() - began
        self.processor += _worked() - worked


def megabytes() -> tuple[float, ...]:
    """Return the peaks of resident memory of this process and of its running children."""
    pages = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return tuple(one / 1024 for one in (pages, *map(_peak, _children())))


def _children() -> list[Path]:
    tasks = Path("/proc/self/task").glob("*/children")
    return [Path("/proc", pid) for task in tasks for pid in task.read_text("ascii").split()]


def _peak(process: Path) -> int:
    found = _PEAK.search((process / "status").read_text("ascii"))
    return int(found[1]) if found else 0


def _worked() -> float:
    """Return seconds of work of this process and its children; see proc(5), utime and stime."""
    stats = [
        (child / "stat").read_text("ascii").rpartition(")")[2].split() for child in _children()
    ]
    ticks = sum(int(fields[11]) + int(fields[12]) for fields in stats)
    return time.process_time() + ticks / TICKS_A_SECOND


def _tables(first: int, end: int, spent: Spent) -> list[WorkerTable]:
    """Put a part of the register into columns, chunk by chunk; making the people is not counted."""
    tables = []
    for start in range(first, end, CHUNK):
        profiles = list(workers(start, min(start + CHUNK, end)))
        with spent.on("columns"):
            tables.append(WorkerTable.of(profiles, knowledge()))
    return tables


def _open(power: Power, market: Market) -> None:
    """Wait until every process has ranked somebody, so that starting them is not counted."""
    one = WorkerTable.of(workers(0, 1), knowledge())
    for future in [submit(power.executor, market, one) for _ in range(4 * power.at_once)]:
        lists_of(future, power.executor, market, one)


def _ranked(power: Power, market: Market, tables: Sequence[WorkerTable]) -> Iterator[list[bytes]]:
    """Yield the lists of each table in order; no more are under way than the executor takes."""
    waiting: deque[tuple[Future[list[bytes] | None], WorkerTable]] = deque()
    for table in tables:
        waiting.append((submit(power.executor, market, table), table))
        if len(waiting) > power.at_once:
            done, sent = waiting.popleft()
            yield lists_of(done, power.executor, market, sent)
    for done, sent in waiting:
        yield lists_of(done, power.executor, market, sent)


def _opening(vacancy: Vacancy) -> Opening:
    return Opening(UUID(vacancy.id), max(1, vacancy.headcount or 1), heard=0, answered=0, waiting=0)


def _allocated(
    ranked: Sequence[bytes], openings: Sequence[Opening], spent: Spent
) -> Figures | None:
    """Choose who is told of what; None where no lists were kept."""
    if not ranked:
        return None
    seekers = tuple(
        Seeker(UUID(worker_id(number)), entries, ATTENTION, number % LONGEST_WAIT)
        for number, entries in enumerate(ranked)
    )
    facts = Facts(
        seekers=seekers, openings=tuple(openings), told=frozenset(), barred={},
        workers=len(seekers), vacancies=len(openings),
    )  # fmt: skip
    with spent.on("allocating"):
        return plan_of(facts).figures


def main(arguments: Sequence[str]) -> None:
    """Print the run as JSON."""
    register, opened, executor = arguments
    print(json.dumps(asdict(run(int(register), int(opened), executor))))
