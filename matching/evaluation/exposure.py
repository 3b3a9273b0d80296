"""How attention is spread: over vacancies, and over groups of workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from matching.evaluation.measures import DEPTH, FloatArray, ListMeasures

FEWEST_WORKERS = 5  # a ratio of fewer people is chance, and would tell of single ones
YOUNGEST = 16
AGE_BANDS = ((29, "16-29"), (39, "30-39"), (49, "40-49"), (59, "50-59"))
OLDEST_BAND = "60+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowding:
    """How many lists show a vacancy, for each of its openings.

    Attributes:
        mean: Over the vacancies that are shown at all.
        most: Of the most crowded vacancy.
    """

    mean: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupExposure:
    """What a group of workers gets, relative to all workers; 1 is the same.

    Attributes:
        key: What divides the workers: sex, age, home or group.
        group: The group's own word.
        workers: How many belong to it.
        ndcg: Mean nDCG@10 over the mean of all.
        utility: Mean gain of the first ten over the mean of all.
        listed: Mean number of vacancies listed over the mean of all.

    A ratio is None for a group of fewer than five, and where the mean of all is 0.
    """

    key: str
    group: str
    workers: int
    ndcg: float | None
    utility: float | None
    listed: float | None


def exposure(lists: Iterable[Sequence[str]], vacancies: Sequence[str], /) -> FloatArray:
    """Return in how many lists each vacancy stands among the first ten, in their order."""
    shown = Counter(vacancy for listed in lists for vacancy in islice(dict.fromkeys(listed), DEPTH))
    return np.array([shown[vacancy] for vacancy in vacancies], dtype=np.float64)


def coverage(shown: FloatArray, /) -> float:
    """Return the share of vacancies that somebody sees; 0 where there are none."""
    return float((shown > 0).mean()) if shown.size else 0.0


def gini(shown: FloatArray, /) -> float:
    """Return how unequally showings are spread: 0 all alike, towards 1 all on one vacancy.

    Half of the mean difference between two vacancies over the mean; 0 where nothing is shown.
    """
    total = float(shown.sum())
    if not total:
        return 0.0
    count = shown.size
    place = np.arange(1, count + 1)
    return float(((2 * place - count - 1) * np.sort(shown)).sum() / (count * total))


def applicants_per_opening(shown: FloatArray, headcounts: Sequence[int | None], /) -> Crowding:
    """Return how crowded openings are; a vacancy without a headcount has one opening."""
    places = np.array([max(1, count or 1) for count in headcounts], dtype=np.float64)
    crowded = (shown / places)[shown > 0] if shown.size else shown
    if not crowded.size:
        return Crowding(mean=0.0, most=0.0)
    return Crowding(mean=float(crowded.mean()), most=float(crowded.max()))


def age_band(age: int, /) -> str | None:
    """Return the band of an age in years; None below the working age of 16."""
    if age < YOUNGEST:
        return None
    return next((band for oldest, band in AGE_BANDS if age <= oldest), OLDEST_BAND)


def group_exposures(
    measures: ListMeasures, key: str, memberships: Sequence[Collection[str] | None], /
) -> list[GroupExposure]:
    """Return the ratios of every group by its word; empty where nobody's group is known.

    Args:
        measures: Of the workers.
        key: What divides them.
        memberships: The groups of each worker in the same order, any number of them; None
            where nothing is known. Such workers count in the whole and in no group.
    """
    groups: dict[str, list[int]] = {}
    for row, words in enumerate(memberships):
        for word in dict.fromkeys(words or ()):
            groups.setdefault(word, []).append(row)
    return [_group(measures, key, word, groups[word]) for word in sorted(groups)]


def _group(measures: ListMeasures, key: str, word: str, rows: list[int]) -> GroupExposure:
    figures: Mapping[str, FloatArray] = {
        "ndcg": measures.ndcg_10,
        "utility": measures.utility,
        "listed": measures.listed,
    }
    ratios = {name: _ratio(values, rows) for name, values in figures.items()}
    return GroupExposure(key=key, group=word, workers=len(rows), **ratios)


def _ratio(values: FloatArray, rows: list[int]) -> float | None:
    whole = float(values.mean())
    if len(rows) < FEWEST_WORKERS or not whole:
        return None
    return float(values[rows].mean()) / whole
