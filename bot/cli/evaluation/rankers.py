"""The ranking and everything it is compared with, on one graded set."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

import numpy as np

from bot.cli.evaluation import peers
from bot.cli.evaluation.baselines import (
    Lists,
    Market,
    filtered_by_wage,
    in_random_order,
    newest_first,
)
from bot.cli.evaluation.rows import Row, measured
from bot.cli.ranked_sets.reading import RankingSet
from bot.cli.ranker import LONGEST_LIST, Ranker
from content.catalogue import Catalogue
from matching.evaluation.bootstrap import Interval, paired_difference

OURS = "wengong"

Rankers = Mapping[str, Callable[[], Lists]]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Rankers side by side.

    Attributes:
        rows: Ours first.
        missing: Rankers that could not run, with what would help.
        best: Name of the best of the others by nDCG@10.
        ahead: By how much our nDCG@10 is above that one's, worker by worker.
    """

    rows: Sequence[Row]
    missing: Mapping[str, str]
    best: str
    ahead: Interval


def compared(
    catalogue: Catalogue, graded: RankingSet, *, today: date, samples: int, seed: int
) -> Comparison:
    """Run every ranker on the graded workers and measure its lists.

    Args:
        catalogue: The content.
        graded: At least one graded worker.
        today: The day on which to rank.
        samples: Draws for each interval.
        seed: Of random order and of the draws, which are the same for every ranker.
    """
    rows: list[Row] = []
    missing: dict[str, str] = {}
    for name, lists in _rankers(catalogue, graded, today, seed).items():
        try:
            found = lists()
        except peers.PeerMissingError as error:
            missing[name] = str(error)
            continue
        rng = np.random.default_rng(seed)
        rows.append(measured(name, found, graded, rng=rng, samples=samples))
    ours, *others = rows
    best = max(others, key=lambda row: float(row.ndcg_10.mean()))
    rng = np.random.default_rng(seed)
    ahead = paired_difference(ours.ndcg_10, best.ndcg_10, rng=rng, samples=samples)
    return Comparison(rows, missing, best.name, ahead)


def _rankers(catalogue: Catalogue, graded: RankingSet, today: date, seed: int) -> Rankers:
    """Name every ranker, ours first; the others see the lines as they stand."""
    profiles = {worker.id: worker for worker in graded.workers.values}
    records = graded.workers.by_id()
    market = Market([records[worker] for worker in graded.graded], graded.vacancies.records, today)

    def name_of(code: str) -> str:
        return catalogue.places.short_name(code) if catalogue.places.get(code) else ""

    def ours() -> Lists:
        ranker = Ranker(catalogue, graded.vacancies.values, today=today)
        return {
            worker: ranker.best(profiles[worker], limit=LONGEST_LIST) for worker in graded.graded
        }

    return {
        OURS: ours,
        "random": lambda: in_random_order(market, Random(seed)),  # noqa: S311 - no secret
        "newest first": lambda: newest_first(market),
        "filter + wage": lambda: filtered_by_wage(market),
        "BM25 (bm25s)": lambda: peers.bm25(market, name_of),
        "rapidfuzz": lambda: peers.fuzzy(market, name_of),
        "character TF-IDF": lambda: peers.tf_idf(market, name_of),
    }
