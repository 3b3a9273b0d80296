"""The best vacancies of many workers at once, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.pairs.crossing import Crossing
from matching.pairs.facts import Facts
from matching.pairs.misses import miss_bits
from matching.pairs.reasons import reason_bits
from matching.ranking.ordering import Best, best_pairs
from matching.tables.knowledge import Knowledge
from matching.tables.vacancies import VacancyTable
from matching.tables.workers import WorkerTable
from matching.weights import Options

# Pairs looked at together: enough to hide the cost of a call, few enough for the cache.
PAIRS_A_BLOCK = 1 << 20
NOTHING = -1


@dataclass(frozen=True, slots=True)
class TopLists:
    """The best vacancies of W workers, best first, (W, k) each; lists end with NOTHING.

    Attributes:
        rows: Row numbers into the table of vacancies.
        scores: Utility times chance; 0 after the end.
        reasons: Bits of `matching.pairs.reasons.CODES`.
        misses: Bits of `matching.pairs.misses.CODES`.
    """

    rows: NDArray[np.int32]
    scores: NDArray[np.float32]
    reasons: NDArray[np.uint16]
    misses: NDArray[np.uint16]

    def __len__(self) -> int:
        """Count the workers."""
        return len(self.rows)


def best_lists(
    workers: WorkerTable,
    vacancies: VacancyTable,
    *,
    knowledge: Knowledge,
    options: Options,
    limit: int = 20,
) -> TopLists:
    """Give each worker's best feasible vacancies, the same ones in the same order as `rank`.

    Memory is bounded by the blocks and the lists, not by the number of pairs.
    """
    size = (len(workers), limit)
    lists = TopLists(
        rows=np.full(size, NOTHING, dtype=np.int32),
        scores=np.zeros(size, dtype=np.float32),
        reasons=np.zeros(size, dtype=np.uint16),
        misses=np.zeros(size, dtype=np.uint16),
    )
    if not len(vacancies):
        return lists
    crossing = Crossing(workers, vacancies, knowledge=knowledge, going=options.going)
    for block in _blocks(len(workers), len(vacancies)):
        _write(lists, crossing, best_pairs(crossing, block, options, limit=limit))
    return lists


def _blocks(workers: int, vacancies: int) -> Iterator[NDArray[np.intp]]:
    size = max(1, PAIRS_A_BLOCK // vacancies)
    for start in range(0, workers, size):
        yield np.arange(start, min(start + size, workers))


def _write(lists: TopLists, crossing: Crossing, best: Best) -> None:
    first = np.searchsorted(best.worker, best.worker)
    place = (best.worker, np.arange(len(best.worker)) - first)
    facts = Facts(crossing, best.worker, best.vacancy)
    lists.rows[place] = best.vacancy
    lists.scores[place] = best.score
    lists.reasons[place] = reason_bits(facts)
    lists.misses[place] = miss_bits(facts)
