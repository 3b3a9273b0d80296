"""Who is told of what, over all lists and vacancies together; pure, and told in figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from bot.services.ranking.nightly_facts import Facts
from matching.ranking.packing import NOWHERE, row_numbers, unpack_lists
from matching.spreading.assignment import Allocation, Candidates, allocate
from matching.spreading.capacity import answer_rate, capacity_of

LEAST_UTILITY = 1e-6


@dataclass(frozen=True, slots=True)
class Figures:
    """What officers are told of a night.

    Attributes:
        workers: Who have a list.
        barred: How many of them are told nothing, by reason.
        vacancies: Open ones.
        openings: Those with room for someone more to hear of them.
        pushes: Pairs that were chosen.
        people: Workers among them.
        covered: Vacancies among them.
        objective: What the choice is worth; see `matching.spreading.assignment`.
        bound: No choice is worth more.
        unlimited: What it would be worth if every worker got the top of the own list.
        crowded: Workers a vacancy, at the most, in that case.
    """

    workers: int
    barred: Mapping[str, int]
    vacancies: int
    openings: int
    pushes: int
    people: int
    covered: int
    objective: float
    bound: float
    unlimited: float
    crowded: int

    @property
    def loss(self) -> float:
        """The share of the worth that keeping people apart costs."""
        return round(1 - _share(self.objective, self.unlimited), 4)

    @property
    def gap(self) -> float:
        """How much more, as a share of this choice, the best one could be worth."""
        return round(_share(self.bound, self.objective) - 1, 4)

    def as_json(self) -> dict[str, object]:
        """Return the figures as they are stored, with what follows from them."""
        return {
            "workers": self.workers,
            "barred": dict(self.barred),
            "vacancies": self.vacancies,
            "openings": self.openings,
            "pairs": self.workers * self.vacancies,
            "pushes": self.pushes,
            "people": self.people,
            "covered": self.covered,
            "coverage": _share(self.covered, self.openings),
            "objective": round(self.objective, 4),
            "bound": round(self.bound, 4),
            "unlimited": round(self.unlimited, 4),
            "loss": self.loss,
            "gap": self.gap,
            "crowded": self.crowded,
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom to tell, by vacancy; vacancies and workers ascending by id."""

    told: tuple[tuple[UUID, tuple[UUID, ...]], ...]
    figures: Figures


def plan_of(facts: Facts) -> Plan:
    """Choose who is told of what, maximising the sum of `matching.spreading.assignment`."""
    capacity = _capacity(facts)
    candidates = _candidates(facts)
    seekers = facts.seekers
    attention = np.array([one.attention for one in seekers], dtype=np.int32)
    allocation = allocate(
        candidates,
        capacity=capacity,
        attention=attention,
        waited_days=np.array([one.waited_days for one in seekers], dtype=np.int32),
    )
    told: dict[UUID, list[UUID]] = {}
    for worker, vacancy in zip(
        allocation.worker.tolist(), allocation.vacancy.tolist(), strict=True
    ):
        told.setdefault(facts.openings[vacancy].vacancy_id, []).append(seekers[worker].worker_id)
    chosen = tuple((key, tuple(sorted(told[key]))) for key in sorted(told))
    crowded = _crowded(candidates, attention, len(capacity))
    return Plan(
        chosen, _figures(facts, allocation, openings=int((capacity > 0).sum()), crowded=crowded)
    )


def _capacity(facts: Facts) -> NDArray[np.int32]:
    places, answered, heard, waiting = (
        np.array(
            [(one.places, one.answered, one.heard, one.waiting) for one in facts.openings],
            dtype=np.int32,
        )
        .reshape(-1, 4)
        .T
    )
    rate = answer_rate(answered, heard)
    room = capacity_of(places, answer_rate=rate, told=waiting)
    return np.where(places > 0, room, 0).astype(np.int32)


def _candidates(facts: Facts) -> Candidates:
    """Return the lists without what is closed or told already, the rest moved up.

    What is full stays: what it would have been worth is part of what keeping apart costs.
    """
    size = len(facts.seekers)
    ids = [one.vacancy_id.hex for one in facts.openings]
    found = unpack_lists([one.entries for one in facts.seekers])
    rows = row_numbers(found.keys, ids)
    workers = np.repeat(np.arange(size), found.counts)
    is_open = (rows != NOWHERE) & ~_is_told(facts, workers, rows)
    rows, workers, scores = rows[is_open], workers[is_open], found.scores[is_open]
    place = np.arange(len(workers)) - np.searchsorted(workers, workers)
    width = int(place.max(initial=0)) + 1
    listed = np.full((size, width), NOWHERE, dtype=np.int32)
    utility = np.zeros((size, width), dtype=np.float32)
    listed[workers, place] = rows
    utility[workers, place] = np.clip(scores, LEAST_UTILITY, 1)
    return Candidates(listed, utility)


def _is_told(
    facts: Facts, workers: NDArray[np.int64], rows: NDArray[np.int32]
) -> NDArray[np.bool_]:
    vacancy = {one.vacancy_id: row for row, one in enumerate(facts.openings)}
    worker = {one.worker_id: row for row, one in enumerate(facts.seekers)}
    width = len(vacancy) + 1
    told = [
        worker[worker_id] * width + vacancy[vacancy_id]
        for vacancy_id, worker_id in facts.told
        if vacancy_id in vacancy and worker_id in worker
    ]
    if not told:
        return np.zeros(len(rows), np.bool_)
    pairs = workers.astype(np.int64) * width + rows
    return np.isin(pairs, np.array(told, dtype=np.int64))


def _crowded(candidates: Candidates, attention: NDArray[np.int32], count: int) -> int:
    """Return how many workers the most wanted vacancy would get, were there no limit."""
    place = np.arange(candidates.rows.shape[1])[None, :]
    top = (candidates.rows >= 0) & (place < attention[:, None])
    return int(np.bincount(candidates.rows[top], minlength=count).max(initial=0))


def _figures(facts: Facts, found: Allocation, *, openings: int, crowded: int) -> Figures:
    return Figures(
        workers=facts.workers,
        barred={reason.value: count for reason, count in sorted(facts.barred.items())},
        vacancies=facts.vacancies,
        openings=openings,
        pushes=len(found.worker),
        people=len(np.unique(found.worker)),
        covered=len(np.unique(found.vacancy)),
        objective=found.objective,
        bound=found.bound,
        unlimited=found.unlimited,
        crowded=crowded,
    )


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 1.0
