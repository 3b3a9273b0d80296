"""A stretch of the register ranked against all open vacancies, in whatever process.

The vacancies travel to a process once: a stretch names them by a digest of their bytes, and a
process that does not hold them says so and is sent them with the same stretch again.
"""

from __future__ import annotations

import functools
import hashlib
import pickle
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace

import numpy as np

from matching.ranking.batch import best_lists
from matching.ranking.packing import pack_lists
from matching.tables.knowledge import Knowledge
from matching.tables.vacancies import VacancyTable
from matching.tables.workers import WorkerTable
from matching.weights import Options

LIST_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Market:
    """The open vacancies and what they are ranked with, as bytes that travel.

    Two markets are the same when their digests are; `data` is None in what merely names one.
    """

    digest: str
    count: int = field(compare=False)
    data: bytes | None = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class _Opened:
    table: VacancyTable
    knowledge: Knowledge
    options: Options


class _NotHereError(Exception):
    """This process was never sent the market that a stretch names."""


def market_of(table: VacancyTable, *, knowledge: Knowledge, options: Options) -> Market:
    """Return what every stretch of one run is ranked against."""
    data = pickle.dumps(_Opened(table, knowledge, options), protocol=pickle.HIGHEST_PROTOCOL)
    return Market(hashlib.sha256(data).hexdigest(), len(table), data)


def rank_stretch(market: Market, workers: WorkerTable) -> list[bytes] | None:
    """Return the packed lists of the workers in their order; None where the market is missing.

    Runs in another process or on another machine.
    """
    try:
        opened = _open(market)
    except _NotHereError:
        return None
    best = best_lists(
        workers,
        opened.table,
        knowledge=opened.knowledge,
        options=opened.options,
        limit=LIST_LENGTH,
    )
    reasons = best.reasons.astype(np.uint32)
    return pack_lists(best.rows, best.scores, reasons, best.misses, ids=opened.table.ids)


def submit(executor: Executor, market: Market, workers: WorkerTable) -> Future[list[bytes] | None]:
    """Hand a stretch in, without the vacancies."""
    return executor.submit(rank_stretch, replace(market, data=None), workers)


def lists_of(
    done: Future[list[bytes] | None], executor: Executor, market: Market, workers: WorkerTable
) -> list[bytes]:
    """Return the lists of a stretch that was handed in; waits where they need sending first.

    Raises:
        Exception: Whatever went wrong where it was ranked.
    """
    lists = done.result()
    if lists is None:
        lists = executor.submit(rank_stretch, market, workers).result()
    if lists is None:
        raise RuntimeError("a process does not hold what it was just sent")
    return lists


@functools.lru_cache(maxsize=2)
def _open(market: Market) -> _Opened:
    # What is missing is not remembered: errors never are.
    if market.data is None:
        raise _NotHereError
    opened = pickle.loads(market.data)  # noqa: S301 - what `market_of` of this deployment wrote
    if not isinstance(opened, _Opened):
        raise TypeError("this is no market")
    return opened
