"""The figures of one ranker on a graded set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.cli.evaluation.baselines import Lists
from bot.cli.pipes import Record
from bot.cli.ranked_sets.reading import RankingSet
from matching.evaluation.bootstrap import Interval, intervals
from matching.evaluation.exposure import (
    Crowding,
    GroupExposure,
    age_band,
    applicants_per_opening,
    coverage,
    exposure,
    gini,
    group_exposures,
)
from matching.evaluation.measures import FloatArray, measure

KEYS = ("sex", "age", "home", "group")  # what divides workers, as it is printed
COUNTY_DIGITS = 6
NO_GROUP = "(none)"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What one ranker achieves.

    Attributes:
        means: nDCG@3, nDCG@10, P@3 and infeasible@10, in this order.
        ndcg_10: Of each graded worker.
        groups: By each of KEYS; empty where nobody has the key.
    """

    name: str
    means: tuple[Interval, ...]
    ndcg_10: FloatArray
    coverage: float
    gini: float
    crowding: Crowding
    groups: Mapping[str, Sequence[GroupExposure]]


def measured(
    name: str, lists: Lists, graded: RankingSet, *, rng: np.random.Generator, samples: int
) -> Row:
    """Measure the lists of the graded workers; exposure counts their first ten."""
    found = measure(lists, graded.graded)
    figures = (found.ndcg_3, found.ndcg_10, found.precision_3, found.infeasible_10)
    vacancies = graded.vacancies.values
    shown = exposure(
        [lists.get(worker, []) for worker in graded.graded], [one.id for one in vacancies]
    )
    records = graded.workers.by_id()
    people = [records[worker] for worker in graded.graded]
    return Row(
        name=name,
        means=tuple(intervals(np.column_stack(figures), rng=rng, samples=samples)),
        ndcg_10=found.ndcg_10,
        coverage=coverage(shown),
        gini=gini(shown),
        crowding=applicants_per_opening(shown, [one.headcount for one in vacancies]),
        groups={
            key: group_exposures(found, key, [memberships(record, key) for record in people])
            for key in KEYS
        },
    )


def memberships(record: Record, key: str) -> tuple[str, ...] | None:
    """Return the groups that a worker's line puts the worker in; None where it is silent.

    A home is told by its county, an age by its band, and somebody whose `groups` are empty is
    in the group of those without one.
    """
    if key == "group":
        value = record.get("groups", record.get("group"))
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, list):
            return None
        return tuple(str(word) for word in words) or (NO_GROUP,)
    value = record.get(key)
    if key == "age":
        band = age_band(int(value)) if isinstance(value, (int, float)) else None
        return None if band is None else (band,)
    if not isinstance(value, str) or not value:
        return None
    return (value[:COUNTY_DIGITS],) if key == "home" else (value,)
