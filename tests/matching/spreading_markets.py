"""Small markets for the tests of allocation, and an exact answer to compare with."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import (  # type: ignore[import-untyped]  # ships no types
    Bounds,
    LinearConstraint,
    milp,
)

from matching.spreading.assignment import Allocation, Candidates, allocate
from matching.spreading.waiting import turn, waiting_factor

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class SmallMarket:
    candidates: Candidates
    capacity: Ints
    attention: Ints
    waited_days: Ints

    def allocated(self) -> Allocation:
        return allocate(
            self.candidates,
            capacity=self.capacity,
            attention=self.attention,
            waited_days=self.waited_days,
        )

    @property
    def weight(self) -> NDArray[np.float32]:
        return self.candidates.utility * waiting_factor(self.waited_days)[:, None]

    def with_capacity(self, capacity: Ints) -> SmallMarket:
        return replace(self, capacity=capacity)


def market(
    seed: int, *, workers: int, vacancies: int, width: int, most: int = 3, waited: int = 15
) -> SmallMarket:
    """Draw lists of 0 to `width` vacancies, many utilities alike, best first."""
    draw = np.random.default_rng(seed)
    rows = np.full((workers, width), -1, dtype=np.int32)
    utility = np.zeros((workers, width), dtype=np.float32)
    for worker in range(workers):
        length = int(draw.integers(0, min(width, vacancies) + 1))
        rows[worker, :length] = draw.permutation(vacancies)[:length]
        fine = draw.random(length) if seed % 2 else draw.integers(1, 11, length) / 10
        utility[worker, :length] = -np.sort(-np.clip(fine, 0.01, 1))
    return SmallMarket(
        Candidates(rows, utility),
        draw.integers(0, most + 1, vacancies).astype(np.int32),
        draw.integers(0, most + 1, workers).astype(np.int32),
        draw.integers(0, waited, workers).astype(np.int32),
    )


def small_markets(waited: int = 15) -> st.SearchStrategy[SmallMarket]:
    return st.builds(
        lambda seed, workers, vacancies, width, most: market(
            seed, workers=workers, vacancies=vacancies, width=width, most=most, waited=waited
        ),
        st.integers(0, 10**6),
        st.integers(1, 14),
        st.integers(1, 7),
        st.integers(1, 6),
        st.integers(1, 3),
    )


def best_sum(given: SmallMarket) -> float:
    """Return the exact optimum, turns included, as an integer programme."""
    pairs = np.argwhere(given.candidates.rows >= 0)
    if not len(pairs):
        return 0.0
    worker, place = pairs[:, 0], pairs[:, 1]
    people, count = len(given.attention), len(pairs)
    of_worker = (worker == np.arange(people)[:, None]).astype(float)
    vacancy = given.candidates.rows[worker, place]
    of_vacancy = (vacancy == np.arange(len(given.capacity))[:, None]).astype(float)
    served = np.hstack([of_worker, -np.eye(people)])
    limits = np.vstack([of_worker, of_vacancy])
    limits = np.hstack([limits, np.zeros((len(limits), people))])
    solved = milp(
        -np.concatenate([given.weight[worker, place], turn(given.waited_days)]),
        constraints=[
            LinearConstraint(limits, ub=np.concatenate([given.attention, given.capacity])),
            LinearConstraint(served, lb=0),
        ],
        integrality=np.ones(count + people),
        bounds=Bounds(0, 1),
    )
    return -float(solved.fun)
