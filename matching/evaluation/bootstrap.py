"""How far a mean over workers would move if other workers had been asked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.evaluation.measures import FloatArray

SAMPLES = 1_000
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A mean over workers and the percentile bootstrap interval around it."""

    mean: float
    low: float
    high: float


def intervals(
    figures: FloatArray, /, *, rng: np.random.Generator, samples: int = SAMPLES
) -> list[Interval]:
    """Return the mean and its 95 % interval for every column.

    The same draws serve all columns, so that the difference of two columns, put in as a third,
    is a paired one.

    Args:
        figures: (workers, columns), at least one worker.
        rng: Where the draws come from.
        samples: How many times all workers are drawn anew, with repetition.

    Raises:
        ValueError: There is no worker, or no sample is wanted.
    """
    count = len(figures)
    if not count or samples < 1:
        raise ValueError("an interval needs a worker and a sample")
    # One draw at a time: all at once would take samples × workers × 8 bytes.
    means = np.stack(
        [figures[rng.integers(count, size=count)].mean(axis=0) for _ in range(samples)]
    )
    outside = (1 - LEVEL) / 2 * 100
    low, high = np.percentile(means, (outside, 100 - outside), axis=0)
    return [
        Interval(mean=float(mean), low=float(least), high=float(most))
        for mean, least, most in zip(figures.mean(axis=0), low, high, strict=True)
    ]


def paired_difference(
    ours: FloatArray,
    theirs: FloatArray,
    /,
    *,
    rng: np.random.Generator,
    samples: int = SAMPLES,
) -> Interval:
    """Return by how much `ours` is better than `theirs`, worker by worker.

    Raises:
        ValueError: They are not of the same workers, there is no worker, or no sample is wanted.
    """
    if ours.shape != theirs.shape:
        raise ValueError("the figures are not of the same workers")
    return intervals((ours - theirs)[:, None], rng=rng, samples=samples)[0]
