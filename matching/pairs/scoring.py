"""One number for each feasible pair: the grade, and within a grade the weighted mean of terms."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.pairs.facts import Facts
from matching.pairs.offers import offers_of
from matching.pairs.similarity import OF_PAIRS, weighted
from matching.weights import Options

GRADES = 3
Values = NDArray[np.float32]
Misses = NDArray[np.uint16]
Grades = NDArray[np.int8]
Chance = TypeVar("Chance", Values, np.float32)
# By grade. Grades stay a hair apart, so that the best of one never ties with the worst of the next.
_MARGIN = 0.005 / GRADES
_WORST = np.array([0, *((n / GRADES) + _MARGIN for n in range(GRADES))], dtype=np.float32)
_BEST = np.array([0, *((n / GRADES) - _MARGIN for n in range(1, GRADES + 1))], dtype=np.float32)
_SPAN = _BEST - _WORST
_NOTHING_KNOWN = np.float32(0.5)  # the mean of no terms: neither good nor bad
# Misses in 16 bits → the grade they leave, 3 to 1.
_GRADE = np.maximum(
    1, GRADES - np.bitwise_count(np.arange(1 << 10, dtype=np.uint16)).astype(np.int8)
).astype(np.int8)


def grade_of(misses: Misses) -> Grades:
    """Give the grade that these misses leave."""
    return _GRADE[misses]


def scores(facts: Facts, misses: Misses, options: Options) -> Values:
    """Score pairs as if all were feasible, (N,): utility times chance.

    Utility lies inside the third of its grade, where the mean of the known terms decides.
    """
    chance = facts.of_vacancy(facts.crossing.vacancies.columns.chance)
    return _score(grade_of(misses), mean_of_terms(facts, options), chance)


def highest(grade: int, chance: Chance) -> Chance:
    """Give the score of pairs of a grade whose terms are all at their best; none has more."""
    return chance * (_WORST[grade] + _SPAN[grade])


def _score(grade: Grades, mean: Values, chance: Values) -> Values:
    within = _SPAN.take(grade) * mean
    return ((_WORST.take(grade) + within) * chance).astype(np.float32)


def mean_of_terms(facts: Facts, options: Options) -> Values:
    """Give the weighted mean of the terms that are known, 0.5 where none is, (N,)."""
    offers = offers_of(facts.crossing, options)
    total, weight = weighted(facts, options, OF_PAIRS)
    total += offers.total.take(facts.offer)
    weight += offers.weight.take(facts.offer)
    mean = np.full(len(facts), _NOTHING_KNOWN)
    return np.divide(total, weight, out=mean, where=weight > 0)
