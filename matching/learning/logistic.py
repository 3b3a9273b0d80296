"""Logistic regression with a ridge around expected coefficients, none of which turns negative."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_MOST_STEPS = 100
_HALVINGS = 30
_SETTLED = 1e-10


@dataclass(frozen=True, slots=True)
class Ridge:
    """What is expected of P coefficients, and how strongly.

    Attributes:
        strength: (P,) above zero; the curvature of the pull, in units of one answer's own.
        towards: (P,) the expected values.
        bounded: (P,) true where a coefficient must not fall below zero.
    """

    strength: Floats
    towards: Floats
    bounded: NDArray[np.bool_]


def fit(design: Floats, answers: Floats, counts: Floats, ridge: Ridge) -> Floats:
    """Give the coefficients that make the answers likeliest, by projected Newton steps.

    The objective is strictly convex, so there is one answer and no seed.

    Args:
        design: (N, P) features.
        answers: (N,) 1 or 0.
        counts: (N,) how much each answer counts.
        ridge: Expectation and bounds.
    """
    found = np.where(ridge.bounded, np.maximum(ridge.towards, 0.0), ridge.towards)
    value = _objective(found, design, answers, counts, ridge)
    for _ in range(_MOST_STEPS):
        step = _step(found, design, answers, counts, ridge)
        for halving in range(_HALVINGS):
            moved = found + step * 0.5**halving
            moved = np.where(ridge.bounded, np.maximum(moved, 0.0), moved)
            reached = _objective(moved, design, answers, counts, ridge)
            if reached <= value:
                break
        else:
            break
        is_settled = value - reached <= _SETTLED * (1.0 + abs(value))
        found, value = moved, reached
        if is_settled:
            break
    return found


def likelihoods(design: Floats, coefficients: Floats) -> Floats:
    """Give the probability of a yes for each row, (N,)."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(design @ coefficients, -35.0, 35.0))))


def losses(design: Floats, answers: Floats, coefficients: Floats) -> Floats:
    """Give minus the logarithm of each answer's probability, (N,)."""
    slope = np.where(answers > 0, -1.0, 1.0) * (design @ coefficients)
    return np.asarray(np.logaddexp(0.0, slope))


def _objective(
    found: Floats, design: Floats, answers: Floats, counts: Floats, ridge: Ridge
) -> float:
    pull = ridge.strength * (found - ridge.towards) ** 2
    return float(counts @ losses(design, answers, found) + 0.5 * pull.sum())


def _step(found: Floats, design: Floats, answers: Floats, counts: Floats, ridge: Ridge) -> Floats:
    """Give Newton's step among the coefficients that the bounds leave free."""
    likely = likelihoods(design, found)
    slope = design.T @ (counts * (likely - answers)) + ridge.strength * (found - ridge.towards)
    curvature = (design.T * (counts * likely * (1.0 - likely))) @ design
    curvature += np.diag(ridge.strength)
    free = ~(ridge.bounded & (found <= 0.0) & (slope > 0.0))
    step = np.zeros_like(found)
    step[free] = -np.linalg.solve(curvature[np.ix_(free, free)], slope[free])
    return step
