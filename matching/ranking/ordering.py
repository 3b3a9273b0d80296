"""Orders vacancies for workers and workers for a vacancy: requirements first, then the score."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.pairs.crossing import Crossing
from matching.pairs.facts import Facts, Flags, Rows
from matching.pairs.judging import Judged
from matching.pairs.matches import told
from matching.pairs.misses import miss_bits
from matching.pairs.scoring import GRADES, Values, scores
from matching.ranking.answers import LEFT_OUT
from matching.ranking.thinning import Glance, impossible
from matching.tables.knowledge import Knowledge
from matching.tables.vacancies import VacancyTable
from matching.tables.workers import WorkerTable
from matching.types import Match, WorkerProfile
from matching.weights import Options

Later = NDArray[np.int8]
_ALONE = np.array([0])
_NEVER = np.float32(-1)
_LEVELS = 256


class Best(NamedTuple):
    """The best pairs of a block, those of one worker together and best first, (N,) each."""

    worker: NDArray[np.intp]
    vacancy: NDArray[np.intp]
    score: NDArray[np.float32]


_NOBODY = Best(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0, np.float32))


def rank(
    worker: WorkerProfile,
    table: VacancyTable,
    *,
    knowledge: Knowledge,
    options: Options,
    limit: int,
    skip: Collection[str] = (),
    later: Later | None = None,
) -> list[Match]:
    """Give the best feasible vacancies, best first, at most `limit`; ties by ascending id.

    The list ends where nothing feasible is left.

    Args:
        worker: The person looking for work.
        table: The open vacancies.
        knowledge: The one that the table was made with.
        options: Day, weights and going wages.
        limit: Most matches.
        skip: Ids of vacancies that are not to be listed.
        later: (V,) from `matching.ranking.answers.later_counts`; whatever has less comes
            first, and what is LEFT_OUT is not listed.
    """
    if limit <= 0 or not len(table):
        return []
    crossing = Crossing(
        WorkerTable.of([worker], knowledge), table, knowledge=knowledge, going=options.going
    )
    found = list[Match]()
    for without in _steps(table, skip, later):
        best = best_pairs(crossing, _ALONE, options, limit=limit - len(found), without=without)
        facts = Facts(crossing, best.worker, best.vacancy)
        found += told(facts, miss_bits(facts), best.score, options)
        if len(found) == limit:
            break
    return found


def _steps(
    table: VacancyTable, skip: Collection[str], later: Later | None
) -> Iterator[Flags | None]:
    """Tell for each step of a list which vacancies are not in it, (V,); None leaves out none."""
    if later is None:
        without = np.zeros(len(table), np.bool_)
        without[table.rows(skip)] = True
        yield without if skip else None
        return
    step_of = later.copy()
    step_of[table.rows(skip)] = LEFT_OUT
    for step in np.unique(step_of[step_of != LEFT_OUT]).tolist():
        yield step_of != step


def judge(
    workers: WorkerTable, vacancies: VacancyTable, *, knowledge: Knowledge, options: Options
) -> Judged:
    """Judge one worker with every vacancy, or one vacancy with every worker.

    Raises:
        ValueError: Neither of the tables has exactly one row.
    """
    if 1 not in (len(workers), len(vacancies)):
        raise ValueError("one of the two must stand alone")
    crossing = Crossing(workers, vacancies, knowledge=knowledge, going=options.going)
    facts = Facts(crossing, np.arange(len(workers)), np.arange(len(vacancies)))
    return Judged(facts, options)


def best_pairs(
    crossing: Crossing,
    workers: Rows,
    options: Options,
    *,
    limit: int,
    without: Flags | None = None,
) -> Best:
    """Give the best `limit` feasible vacancies of each of some workers; ties by ascending row.

    Pairs that could have the highest grade are looked at first; of the others only those that
    could still come before what was found.

    Args:
        crossing: The tables.
        workers: (W,) rows, one after the other.
        options: Day, weights and going wages.
        limit: Most vacancies a worker.
        without: (V,) whether a vacancy is to be left out.
    """
    glance = Glance(crossing, workers, options, without=without)
    best, least = _NOBODY, np.zeros(len(workers), np.float32)
    for grade in range(GRADES, 0, -1):
        found = glance.pairs(grade, least)
        if len(found):
            best = _both(best, _scored(found, options))
            number = best.worker - workers[0]
            least = _least(number, best.score, len(workers), limit)
            best = _kept(best, best.score >= least[number])
    return _first(best, limit)


def _scored(pairs: Facts, options: Options) -> Best:
    """Score pairs, in their order; -1 is impossible."""
    score = np.where(
        impossible(pairs, today=options.today), _NEVER, scores(pairs, miss_bits(pairs), options)
    )
    return Best(np.broadcast_to(pairs.worker, len(pairs)), pairs.vacancy, score)


def _both(some: Best, others: Best) -> Best:
    return Best(
        np.concatenate((some.worker, others.worker)),
        np.concatenate((some.vacancy, others.vacancy)),
        np.concatenate((some.score, others.score)),
    )


def _kept(found: Best, flags: Flags) -> Best:
    rows = np.flatnonzero(flags)
    return Best(found.worker.take(rows), found.vacancy.take(rows), found.score.take(rows))


def _least(number: Rows, score: Values, size: int, limit: int) -> Values:
    """Give a score that at least `limit` pairs of a worker exceed, (size,); 0 where there are less.

    Scores are counted by levels, which takes a tenth of the time of sorting them.

    Args:
        number: (N,) whose pair it is, below `size`.
        score: (N,) from 0 to 1; below 0 is not counted.
        size: How many workers.
        limit: How many pairs a list may have.
    """
    level = np.minimum((1 - score) * _LEVELS, _LEVELS).astype(np.intp)
    counts = np.bincount(number * (_LEVELS + 1) + level, minlength=size * (_LEVELS + 1))
    up_to = counts.reshape(size, -1)[:, :-1].cumsum(axis=1)
    short = np.count_nonzero(up_to < limit, axis=1)
    return np.maximum(1 - (short + 1) / np.float32(_LEVELS), 0).astype(np.float32)


def _first(found: Best, limit: int) -> Best:
    """Order pairs and leave out what comes after the first `limit` of each worker."""
    order = np.lexsort((found.vacancy, -found.score, found.worker))
    worker = found.worker[order]
    order = order[np.arange(len(order)) - np.searchsorted(worker, worker) < limit]
    return Best(found.worker[order], found.vacancy[order], found.score[order])
