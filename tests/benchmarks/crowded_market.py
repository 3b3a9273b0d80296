"""2,000 workers, 20 good places: pushes spread, beside everybody's own best three.

`python -m tests.benchmarks.crowded_market` prints the figures; `--picture` also draws
crowded_market.svg, which stands beside this file.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.spreading.assignment import Allocation, Candidates, allocate
from matching.spreading.capacity import answer_rate, capacity_of
from tests.benchmarks.crowded_market_picture import draw

WORKERS, VACANCIES, GOOD, WIDTH, ATTENTION = 2000, 400, 20, 20, 3
PICTURE = Path(__file__).with_suffix(".svg")
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Market:
    """Lists of twenty; `headcount` and `capacity` are per vacancy."""

    candidates: Candidates
    headcount: Ints
    capacity: Ints


@dataclass(frozen=True, slots=True)
class Spreading:
    """One way of sending.

    `heard` counts who hears of each vacancy. An opening is met when somebody hears of it who is not
    needed for another opening of the vacancy; `utility_met` sums the utility of the best of these.
    """

    name: str
    heard: Ints
    per_opening: NDArray[np.float64]
    vacancies_reached: float
    workers_reached: float
    mean_utility: float
    openings_met: float
    utility_met: float
    gini: float

    def __str__(self) -> str:
        return (
            f"{self.name:<10} applicants per opening {self.per_opening.mean():.2f} mean"
            f" {self.per_opening.max():.1f} max  vacancies reached {self.vacancies_reached:.1%}"
            f"  workers reached {self.workers_reached:.1%}  mean utility {self.mean_utility:.3f}"
            f"  openings met {self.openings_met:.0f}, their utility {self.utility_met:.0f}"
            f"  Gini {self.gini:.3f}"
        )


def crowded(seed: int = 1) -> Market:
    """Draw a market: twenty vacancies that everybody likes best, 380 that suit some."""
    draw_from = np.random.default_rng(seed)
    quality = np.concatenate([np.full(GOOD, 0.95), draw_from.uniform(0.3, 0.8, VACANCIES - GOOD)])
    taste = draw_from.uniform(0.6, 1, (WORKERS, VACANCIES))
    taste[:, :GOOD] = draw_from.uniform(0.9, 1, (WORKERS, GOOD))
    suits = draw_from.random((WORKERS, VACANCIES)) < 0.15
    suits[:, :GOOD] = draw_from.random((WORKERS, GOOD)) < 0.5
    utility = np.where(suits, quality * taste, 0)
    order = np.argsort(-utility, axis=1, kind="stable")[:, :WIDTH]
    best = np.take_along_axis(utility, order, axis=1)
    rows = np.where(best > 0, order, -1).astype(np.int32)
    headcount = np.ones(VACANCIES, dtype=np.int32)
    headcount[GOOD:] = draw_from.integers(1, 5, VACANCIES - GOOD)
    nothing = np.zeros(VACANCIES, dtype=np.int32)
    capacity = capacity_of(headcount, answer_rate=answer_rate(nothing, nothing))
    return Market(Candidates(rows, best.astype(np.float32)), headcount, capacity)


def allocated(market: Market) -> Allocation:
    """Spread the pushes of one day; nobody waited."""
    return allocate(
        market.candidates,
        capacity=market.capacity,
        attention=np.full(WORKERS, ATTENTION, dtype=np.int32),
        waited_days=np.zeros(WORKERS, dtype=np.int32),
    )


def gini(counts: NDArray[np.int32]) -> float:
    """Return 0 where all counts are equal, near 1 where one has everything."""
    ranked = np.sort(counts).astype(np.float64)
    ranks = np.arange(1, len(ranked) + 1)
    return float((2 * ranks - len(ranked) - 1) @ ranked / (len(ranked) * ranked.sum()))


def spreading(
    name: str, market: Market, *, worker: Ints, vacancy: Ints, utility: NDArray[np.float32]
) -> Spreading:
    """Measure one way of sending; an opening is one place of a vacancy."""
    heard = np.bincount(vacancy, minlength=VACANCIES).astype(np.int32)
    order = np.lexsort((-utility, vacancy))
    rank = np.arange(len(order)) - (np.cumsum(heard) - heard)[vacancy[order]]
    needed = order[rank < market.headcount[vacancy[order]]]
    return Spreading(
        name,
        heard,
        heard / market.headcount,
        float((heard > 0).mean()),
        len(np.unique(worker)) / WORKERS,
        float(utility.mean()),
        float(len(needed)),
        float(utility[needed].sum()),
        gini(heard),
    )


def unlimited(market: Market) -> Spreading:
    """Everybody hears of the own best three, as a ranking alone would send them."""
    rows = market.candidates.rows[:, :ATTENTION]
    worker, place = np.nonzero(rows >= 0)
    utility = market.candidates.utility[worker, place]
    parts = {"worker": worker.astype(np.int32), "vacancy": rows[worker, place]}
    return spreading("unlimited", market, utility=utility, **parts)


def spread(market: Market, outcome: Allocation) -> Spreading:
    """Measure an allocation."""
    parts = {"worker": outcome.worker, "vacancy": outcome.vacancy}
    return spreading("allocated", market, utility=outcome.utility, **parts)


def main(arguments: Sequence[str]) -> None:
    """Print the figures; draw them when asked."""
    market = crowded()
    started = time.perf_counter()
    outcome = allocated(market)
    seconds = time.perf_counter() - started
    both = unlimited(market), spread(market, outcome)
    for one in both:
        print(one)
    print(
        f"objective {outcome.objective:.1f}, at most {outcome.bound:.1f} within capacity"
        f" (at most {(outcome.bound - outcome.objective) / len(outcome.worker):.4f} a pair lost),"
        f" {outcome.unlimited:.1f} without; {seconds * 1000:.0f} ms"
    )
    if "--picture" in arguments:
        PICTURE.write_text(
            draw([(one.name, one.per_opening, one.vacancies_reached) for one in both], good=GOOD),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main(sys.argv[1:])
