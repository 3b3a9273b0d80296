"""Weights of the ranking learnt from what workers answered to what they were shown.

A logistic model over the very terms of the score, so that its coefficients can be read beside
the built-in weights. It is pulled towards them, and it is believed only where it foretells the
answers of workers it has not seen better than they do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matching.learning.logistic import Floats, Ridge, fit, losses

LEAST_ANSWERS = 300
LEAST_WORKERS = 50
FOLDS = 5
# Answers of one person beyond these share the weight of these: nobody's taste is everybody's.
MOST_OF_ONE = 20
# About what 600 answers say of a term; with fewer, the built-in weights say more.
PULL = 10.0
_LOOSE = 0.01  # keeps a perfectly foretold training set finite
_GRADES = 3


class Verdict(StrEnum):
    """What became of learning."""

    TOO_FEW_ANSWERS = "too_few_answers"
    TOO_FEW_WORKERS = "too_few_workers"
    ONE_SIDED = "one_sided"  # everybody applied, or nobody did
    NOT_BETTER = "not_better"
    BETTER = "better"


@dataclass(frozen=True, slots=True)
class Answered:
    """What was shown and answered, one row an answer.

    Attributes:
        names: (K,) the terms.
        terms: (N, K) from 0 to 1; nan where a term was not known.
        misses: (N,) how many soft misses it had; three and more count as two.
        applied: (N,) true for "I want it", false for a refusal.
        workers: (N,) a number for each worker.
    """

    names: Sequence[str]
    terms: Floats
    misses: NDArray[np.int64]
    applied: NDArray[np.bool_]
    workers: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learnt, and whether it may be used.

    Attributes:
        verdict: Only BETTER may be used.
        answers: How many there were.
        workers: Of how many workers.
        applied: How many wanted the vacancy.
        coefficients: By term, change of the log odds from the term's worst to its best.
        weights: The same, as weights with the sum of the built-in ones.
        loss: Mean log loss on workers that were held out; 0 when nothing was learnt.
        built_in_loss: The same of the built-in weights.
        uncertainty: One standard error of the difference, over workers.
    """

    verdict: Verdict
    answers: int
    workers: int
    applied: int
    coefficients: Mapping[str, float]
    weights: Mapping[str, float]
    loss: float = 0.0
    built_in_loss: float = 0.0
    uncertainty: float = 0.0


def learn(
    answered: Answered,
    *,
    built_in: Mapping[str, float],
    seed: int,
    least_answers: int = LEAST_ANSWERS,
    least_workers: int = LEAST_WORKERS,
) -> Learned:
    """Learn weights, and judge them on workers that were held out.

    Args:
        answered: At most one row for each worker and vacancy.
        built_in: Weights by term; terms of `answered` that are not here are passed over.
        seed: Decides which workers are held out together.
        least_answers: Fewer teach nothing.
        least_workers: Answers of fewer people teach nothing.
    """
    counted = len(answered.applied), len(np.unique(answered.workers)), int(answered.applied.sum())
    verdict = _too_little(answered, least_answers, least_workers)
    if verdict is not None:
        return Learned(verdict, *counted, {}, dict(built_in))
    model = _Model.of(answered, built_in)
    coefficients = model.learnt(np.ones(len(answered.applied), dtype=np.bool_))
    loss, built_in_loss, uncertainty = _held_out(model, answered.workers, seed)
    is_better = coefficients.sum() > 0 and built_in_loss - loss > uncertainty
    return Learned(
        Verdict.BETTER if is_better else Verdict.NOT_BETTER,
        *counted,
        dict(zip(model.names, map(float, coefficients), strict=True)),
        _as_weights(model.names, coefficients, built_in),
        loss,
        built_in_loss,
        uncertainty,
    )


def _too_little(answered: Answered, least_answers: int, least_workers: int) -> Verdict | None:
    applied = answered.applied
    if len(applied) < least_answers:
        return Verdict.TOO_FEW_ANSWERS
    if len(np.unique(answered.workers)) < least_workers:
        return Verdict.TOO_FEW_WORKERS
    return Verdict.ONE_SIDED if applied.all() or not applied.any() else None


def _as_weights(
    names: Sequence[str], coefficients: Floats, built_in: Mapping[str, float]
) -> dict[str, float]:
    """Share the weight of the learnt terms among them; terms nobody was shown keep theirs."""
    shared = sum(built_in[name] for name in names)
    total = float(coefficients.sum())
    learnt = coefficients * (shared / total) if total > 0 else [built_in[name] for name in names]
    return {**built_in, **dict(zip(names, map(float, learnt), strict=True))}


@dataclass(frozen=True, slots=True)
class _Model:
    """The design: one intercept for each grade, then the terms around their means."""

    names: Sequence[str]
    grades: Floats
    centred: Floats
    expected: Floats
    applied: Floats
    counts: Floats

    @classmethod
    def of(cls, answered: Answered, built_in: Mapping[str, float]) -> _Model:
        known = ~np.isnan(answered.terms)
        columns = [
            number
            for number, name in enumerate(answered.names)
            if name in built_in and known[:, number].any()
        ]
        terms, known = answered.terms[:, columns], known[:, columns]
        means = np.where(known, terms, 0.0).sum(axis=0) / known.sum(axis=0)
        names = [answered.names[number] for number in columns]
        grade = np.clip(answered.misses, 0, _GRADES - 1)
        _, number, count = np.unique(answered.workers, return_inverse=True, return_counts=True)
        return cls(
            names,
            (grade[:, None] == np.arange(_GRADES)).astype(np.float64),
            np.where(known, terms - means, 0.0),
            np.array([built_in[name] for name in names], dtype=np.float64),
            answered.applied.astype(np.float64),
            np.minimum(1.0, MOST_OF_ONE / count[number]),
        )

    def built_in(self, rows: NDArray[np.bool_]) -> Floats:
        """Fit the grades' intercepts and how much the built-in weights say as a whole."""
        width = _GRADES + 1
        ridge = Ridge(np.full(width, _LOOSE), np.zeros(width), np.arange(width) == _GRADES)
        design = np.column_stack([self.grades, self.centred @ self.expected])
        return fit(design[rows], self.applied[rows], self.counts[rows], ridge)

    def learnt(self, rows: NDArray[np.bool_]) -> Floats:
        """Fit a coefficient for each term, (K,)."""
        return self._whole(rows)[_GRADES:]

    def losses(self, train: NDArray[np.bool_], test: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Give the losses on `test` of what was learnt from `train`, and of the built-in ones."""
        learnt, built_in = self._whole(train), self.built_in(train)
        whole = np.concatenate([built_in[:_GRADES], built_in[_GRADES] * self.expected])
        design, applied = self._design()[test], self.applied[test]
        return losses(design, applied, learnt), losses(design, applied, whole)

    def _design(self) -> Floats:
        return np.column_stack([self.grades, self.centred])

    def _whole(self, rows: NDArray[np.bool_]) -> Floats:
        built_in = self.built_in(rows)
        ridge = Ridge(
            np.concatenate([np.full(_GRADES, _LOOSE), np.full(len(self.names), PULL)]),
            np.concatenate([np.zeros(_GRADES), built_in[_GRADES] * self.expected]),
            np.arange(_GRADES + len(self.names)) >= _GRADES,
        )
        return fit(self._design()[rows], self.applied[rows], self.counts[rows], ridge)


def _held_out(model: _Model, workers: NDArray[np.int64], seed: int) -> tuple[float, float, float]:
    """Foretell every worker's answers from the other folds' workers; means over all answers."""
    distinct, number = np.unique(workers, return_inverse=True)
    fold = np.random.default_rng(seed).permutation(len(distinct)) % FOLDS
    learnt, built_in = np.zeros(len(workers)), np.zeros(len(workers))
    for one in range(FOLDS):
        test = fold[number] == one
        learnt[test], built_in[test] = model.losses(~test, test)
    counts = model.counts
    gain = np.bincount(number, counts * (built_in - learnt))
    weight = np.bincount(number, counts)
    spread = gain - weight * gain.sum() / weight.sum()
    uncertainty = float(np.sqrt((spread**2).sum()) / weight.sum())
    total = counts.sum()
    return float(counts @ learnt / total), float(counts @ built_in / total), uncertainty
