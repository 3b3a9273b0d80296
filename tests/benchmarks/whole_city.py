"""The whole city ranked, explained and allocated: `python -m tests.benchmarks.whole_city`.

59,667 workers against 10,000 vacancies through a pool of two processes, beside a plain NumPy loop
over the workers and the search engines tantivy and bm25s on the same data; then registers of
growing size, each in a process of its own (`whole_city_process`). The peers neither explain nor
allocate, and the engines check no requirement. A peer that would take longer than LONGEST is
measured on a sample of the workers and says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from matching.types import WorkerProfile
from tests.benchmarks.market import knowledge
from tests.benchmarks.market_figures import WORKERS
from tests.benchmarks.market_vacancies import vacancies
from tests.benchmarks.market_workers import workers
from tests.benchmarks.processes import ROOT, machine
from tests.benchmarks.ranking_peers import (
    INSTALL,
    PlainRanker,
    Ranker,
    searched_by_bm25s,
    searched_by_tantivy,
)
from tests.benchmarks.whole_city_run import CityRun

LIST_LENGTH = 20
LONGEST = 60.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is measured, and where.

    Attributes:
        vacancies: Open ones.
        city: Workers of the city.
        sample: Workers that a peer ranks first.
        registers: Workers of each register of growing size.
        executor: As the settings name it.
    """

    vacancies: int
    city: int
    sample: int
    registers: tuple[int, ...]
    executor: str = "processes:2"


FULL = Sizes(vacancies=10_000, city=WORKERS, sample=1_000, registers=(6_000, 60_000, 600_000))


@dataclass(frozen=True, slots=True)
class PeerRun:
    """Seconds for a whole city; `sampled` workers were really ranked."""

    seconds: float
    sampled: int


def city_run(register: int, sizes: Sizes) -> CityRun:
    """Measure one register in a process of its own."""
    module = "tests.benchmarks.whole_city_process"
    words = (module, str(register), str(sizes.vacancies), sizes.executor)
    done = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-m", *words], cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True
    )
    return CityRun(**json.loads(done.stdout))


def peer_run(ranker: Ranker, sizes: Sizes) -> PeerRun:
    """Rank a sample, and the whole city where that takes no longer than LONGEST."""
    seconds = _seconds(ranker, list(workers(0, sizes.sample)))
    whole = seconds * sizes.city / sizes.sample
    if whole > LONGEST:
        return PeerRun(whole, sizes.sample)
    return PeerRun(_seconds(ranker, list(workers(0, sizes.city))), sizes.city)


def peers(opened: int) -> dict[str, Ranker | None]:
    """Return the peers by name; None for one that is not installed."""
    posts = list(vacancies(0, opened))
    return {
        "plain NumPy": PlainRanker(posts, knowledge()).rank_each,
        "tantivy": searched_by_tantivy(posts),
        "bm25s": searched_by_bm25s(posts),
    }


def report(sizes: Sizes) -> None:
    """Print everything."""
    print(machine())
    pairs = sizes.city * sizes.vacancies
    print(f"{sizes.city:,} workers, {sizes.vacancies:,} vacancies, {pairs / 1e6:,.0f} M pairs")
    ours = city_run(sizes.city, sizes)
    print(_city_line(ours))
    print(_allocation_line(ours))
    for name, ranker in peers(sizes.vacancies).items():
        print(
            f"  {name:12} {_peer_line(peer_run(ranker, sizes), ours, sizes) if ranker else INSTALL}"
        )
    print("registers of growing size")
    for register in sizes.registers:
        print(_growth_line(city_run(register, sizes)))


def _seconds(ranker: Ranker, asked: Sequence[WorkerProfile]) -> float:
    began = time.perf_counter()
    ranker(asked, LIST_LENGTH)
    return time.perf_counter() - began


def _city_line(found: CityRun) -> str:
    return (
        f"  ranking      {found.seconds:7.2f} s  {found.pairs_a_second / 1e6:7.1f} M pairs/s"
        f"  {found.processor:.1f} s of processors, {_memory(found)}:"
        f" workers into columns {found.columns:.2f} s,"
        f" top {LIST_LENGTH} with reasons {found.ranking:.2f} s,"
        f" allocation {found.allocating or 0:.2f} s;"
        f" before, {found.opening:.2f} s until the processes stood"
    )


def _allocation_line(found: CityRun) -> str:
    share = found.objective / found.bound if found.bound else 1.0
    return f"  {found.pushes:,} pushes, at least {share:.2%} of what any choice is worth"


def _peer_line(found: PeerRun, ours: CityRun, sizes: Sizes) -> str:
    pairs = sizes.city * sizes.vacancies / found.seconds / 1e6
    of = "" if found.sampled == sizes.city else f", extrapolated from {found.sampled:,} workers"
    beside = found.seconds / (ours.columns + ours.ranking)
    return (
        f"{found.seconds:7.2f} s  {pairs:7.1f} M pairs/s"
        f"  {beside:.1f} times our columns and lists{of}"
    )


def _memory(found: CityRun) -> str:
    each = " + ".join(f"{one:.0f}" for one in found.megabytes)
    return f"at most {sum(found.megabytes):,.0f} MB ({each})"


def _growth_line(found: CityRun) -> str:
    without = found.columns + found.ranking
    told = "not allocated" if found.allocating is None else f"allocation {found.allocating:.2f} s"
    return (
        f"  {found.workers:9,} workers  {without:7.2f} s"
        f"  {without / found.workers * 1000:.3f} s per 1,000 workers"
        f"  {found.processor:.1f} s of processors, {_memory(found)}, {told}"
    )


if __name__ == "__main__":
    report(FULL)
