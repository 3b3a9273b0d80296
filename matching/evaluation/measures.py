"""How good ranked lists are against graded pairs, worker by worker.

A grade is 0 for what is impossible, else 1 to 3; the gain of a place is 2^grade - 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from math import log2

import numpy as np
from numpy.typing import NDArray

SHORT, DEPTH = 3, 10
GOOD = 2  # the least grade of a vacancy worth reading

FloatArray = NDArray[np.float64]
Grades = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ListMeasures:
    """One figure a worker and measure, all in the order of the graded workers.

    Attributes:
        ndcg_3: 0 to 1; the gain of the first three over that of the best possible three.
        ndcg_10: As `ndcg_3`, of the first ten.
        precision_3: Grades 2 and 3 among the first three listed, over three.
        infeasible_10: Share of grade 0 among the first ten listed; lower is better.
        utility: The discounted gain of the first ten itself, not divided by the best.
        listed: How many of the first ten places hold a vacancy.
    """

    ndcg_3: FloatArray
    ndcg_10: FloatArray
    precision_3: FloatArray
    infeasible_10: FloatArray
    utility: FloatArray
    listed: FloatArray


def measure(lists: Mapping[str, Sequence[str]], graded: Mapping[str, Grades], /) -> ListMeasures:
    """Measure the list of every graded worker; a worker without a list has an empty one.

    A vacancy that stands twice in a list counts once, at its first place. Vacancies without a
    grade are passed over: nobody has said whether they fit.
    """
    rows = [_row(lists.get(worker, ()), grades) for worker, grades in graded.items()]
    table = np.array(rows, dtype=np.float64).reshape(len(rows), len(fields(ListMeasures)))
    names = (field.name for field in fields(ListMeasures))
    return ListMeasures(**{name: table[:, column] for column, name in enumerate(names)})


def discounted_gain(grades: Iterable[int], /, *, depth: int = DEPTH) -> float:
    """Return the summed gain of the first `depth` grades, each over log2(place + 1)."""
    first = islice(grades, depth)
    return sum(((1 << grade) - 1) / log2(place + 1) for place, grade in enumerate(first, start=1))


def ndcg(listed: Sequence[str], grades: Grades, /, *, depth: int = DEPTH) -> float:
    """Return the discounted gain over that of the best order of all graded; 1 if nothing fits."""
    best = discounted_gain(sorted(grades.values(), reverse=True), depth=depth)
    return discounted_gain(_grades_of(listed, grades), depth=depth) / best if best else 1.0


def precision(listed: Sequence[str], grades: Grades, /, *, depth: int = SHORT) -> float:
    """Return how many of the first `depth` places hold a good vacancy, over `depth`.

    An empty place is no good one, so a short list is measured as a long one is. Only who lists
    nothing where no vacancy is good is right (1).
    """
    first = _grades_of(listed, grades)[:depth]
    if not first and not any(grade >= GOOD for grade in grades.values()):
        return 1.0
    return sum(grade >= GOOD for grade in first) / depth


def infeasible(listed: Sequence[str], grades: Grades, /, *, depth: int = DEPTH) -> float:
    """Return the share of impossible vacancies among the first `depth` listed; 0 of none."""
    first = _grades_of(listed, grades)[:depth]
    return first.count(0) / len(first) if first else 0.0


def _grades_of(listed: Sequence[str], grades: Grades) -> list[int]:
    return [grades[vacancy] for vacancy in dict.fromkeys(listed) if vacancy in grades]


def _row(listed: Sequence[str], grades: Grades) -> tuple[float, ...]:
    found = _grades_of(listed, grades)
    return (
        ndcg(listed, grades, depth=SHORT),
        ndcg(listed, grades),
        precision(listed, grades),
        infeasible(listed, grades),
        discounted_gain(found),
        len(found[:DEPTH]),
    )
