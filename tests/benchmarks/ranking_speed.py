"""How fast one list is made: `python -m tests.benchmarks.ranking_speed`.

One worker is ranked against all open vacancies, with reasons, by the ranking itself, beside plain
NumPy without reasons (`ranking_peers`); one vacancy against a whole register; and a board takes
in changes. Every figure is wall time. Warm means that the same workers are asked about again;
what is asked first finds no distances measured and nothing in the caches of the processor.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from matching.ranking.ordering import judge, rank
from matching.tables.going_wages import going_wages
from matching.tables.vacancies import VacancyTable
from matching.tables.workers import WorkerTable
from matching.types import Vacancy, WorkerProfile
from matching.weights import Options
from tests.benchmarks.market import knowledge, options_for
from tests.benchmarks.market_vacancies import vacancies
from tests.benchmarks.market_workers import workers
from tests.benchmarks.processes import machine
from tests.benchmarks.ranking_peers import PlainRanker

T = TypeVar("T")

TOP = 10
TOLD = 30  # matches that are spelt out for a vacancy of ten places
CHANGES = (1, 100, 1_000)
ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: open vacancies, the register, and how many of it are asked about."""

    vacancies: int
    workers: int
    asked: int


FULL = Sizes(vacancies=100_000, workers=60_000, asked=400)


@dataclass(frozen=True, slots=True)
class Latencies:
    """Milliseconds; the first is for the very first call."""

    first: float
    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Latencies:
        """Summarise calls in the order in which they were made."""
        p50, p95, p99 = (np.percentile(seconds, (50, 95, 99)) * 1000).tolist()
        return cls(seconds[0] * 1000, p50, p95, p99)

    def __str__(self) -> str:
        return (
            f"p50 {self.p50:7.2f}  p95 {self.p95:7.2f}  p99 {self.p99:7.2f}"
            f"  first {self.first:7.2f} ms"
        )


def timed(run: Callable[[T], object], over: Iterable[T]) -> list[float]:
    """Return the seconds of each call."""
    found = []
    for one in over:
        began = time.perf_counter()
        run(one)
        found.append(time.perf_counter() - began)
    return found


def one_worker(
    table: VacancyTable, options: Options, asked: Sequence[WorkerProfile]
) -> tuple[Latencies, Latencies]:
    """Measure the lists of all asked, cold and then warm."""

    def best(worker: WorkerProfile) -> object:
        return rank(worker, table, knowledge=knowledge(), options=options, limit=TOP)

    cold = timed(best, asked)
    return Latencies.of(cold), Latencies.of(timed(best, asked))


def plain_numpy(plain: PlainRanker, asked: Sequence[WorkerProfile]) -> tuple[Latencies, Latencies]:
    """Measure the same lists by the plain ranker, cold and then warm."""

    def best(worker: WorkerProfile) -> object:
        return plain.rank(worker, TOP)

    cold = timed(best, asked)
    return Latencies.of(cold), Latencies.of(timed(best, asked))


def one_vacancy(register: WorkerTable, options: Options, asked: Sequence[Vacancy]) -> Latencies:
    """Measure one vacancy with a whole register: everybody judged, the best TOLD spelt out."""

    def best(vacancy: Vacancy) -> object:
        table = VacancyTable.of([vacancy], knowledge())
        judged = judge(register, table, knowledge=knowledge(), options=options)
        return judged.told(judged.ranked()[:TOLD])

    return Latencies.of(timed(best, asked))


def board_update(table: VacancyTable, count: int) -> Latencies:
    """Measure `count` changed vacancies taken in, going wages and all, as the board does it."""
    news = [list(vacancies(0, count, issue=issue)) for issue in range(1, ROUNDS + 1)]

    def apply(changed: Sequence[Vacancy]) -> object:
        return going_wages(table.changed(changed, ()), knowledge())

    return Latencies.of(timed(apply, news))


def report(sizes: Sizes) -> None:
    """Print everything."""
    print(machine())
    opened = list(vacancies(0, sizes.vacancies))
    plain = PlainRanker(opened, knowledge())
    began = time.perf_counter()
    table = VacancyTable.of(opened, knowledge())
    print(f"{len(table):,} vacancies into columns: {time.perf_counter() - began:.2f} s")
    posts = opened[:: max(1, len(opened) // sizes.asked)]
    del opened
    asked = list(workers(0, sizes.asked))
    options = options_for(table)
    gc.collect()
    cold, warm = one_worker(table, options, asked)
    print(f"one worker, {len(table):,} vacancies, top {TOP} with reasons, {len(asked)} workers")
    print(f"  ranking, cold      {cold}")
    print(f"  ranking, warm      {warm}")
    peer_cold, peer_warm = plain_numpy(plain, asked)
    print(f"  plain NumPy, cold  {peer_cold}  without reasons")
    print(f"  plain NumPy, warm  {peer_warm}  p95 {warm.p95 / peer_warm.p95:.1f} times this one's")
    register = WorkerTable.of(workers(0, sizes.workers), knowledge())
    gc.collect()
    print(
        f"one vacancy, {len(register):,} workers, best {TOLD} with reasons, {len(posts)} vacancies"
    )
    print(f"  ranking            {one_vacancy(register, options, posts)}")
    print(f"a board of {len(table):,} takes in changes")
    for count in CHANGES:
        print(f"  {count:5,} changed      {board_update(table, count)}")


if __name__ == "__main__":
    report(FULL)
