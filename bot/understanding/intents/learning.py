"""Learning the intent model from labelled messages; the same messages give the same weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.understanding.intents.model import scale
from content.intents import HUNDREDTHS, INTENTS, Intent

_FEWEST = 2  # a feature of one message says nothing of another
_ROUNDS, _STEP, _DECAY = 250, 0.03, 0.3
_LEAST = 4  # hundredths: what weighs less in every intent is left out
_FIRST_MOMENT, _SECOND_MOMENT = 0.9, 0.99

Matrix = NDArray[np.float32]


def learn(
    messages: Sequence[Sequence[str]], intents: Sequence[Intent]
) -> dict[str, tuple[int, ...]]:
    """Return the weights of a softmax regression with Adam and a quadratic penalty.

    Args:
        messages: The features of each message.
        intents: The right intent of each message, in the same order.

    Returns:
        Feature → a weight for each intent of `INTENTS` in hundredths; the empty feature is
        the bias. Features of fewer than two messages are left out.
    """
    counted = Counter(feature for features in messages for feature in set(features))
    known = sorted(feature for feature, count in counted.items() if count >= _FEWEST)
    rows = {feature: row for row, feature in enumerate(known)}
    weights, bias = _descend(_matrix(messages, rows), _targets(intents))
    learnt = {"": _hundredths(bias)}
    for feature, row in rows.items():
        figures = _hundredths(weights[row])
        if max(map(abs, figures)) >= _LEAST:
            learnt[feature] = figures
    return learnt


def as_table(weights: dict[str, tuple[int, ...]]) -> str:
    """Return the text of `intent_weights.tsv`."""
    lines = ["\t".join(("feature", *INTENTS))]
    lines += ["\t".join((feature, *map(str, row))) for feature, row in weights.items()]
    return "\n".join(lines) + "\n"


def _matrix(messages: Sequence[Sequence[str]], rows: dict[str, int]) -> Matrix:
    matrix = np.zeros((len(messages), len(rows)), np.float32)
    for place, features in enumerate(messages):
        columns = sorted({rows[feature] for feature in features if feature in rows})
        matrix[place, columns] = scale(len(columns))
    return matrix


def _targets(intents: Sequence[Intent]) -> Matrix:
    targets = np.zeros((len(intents), len(INTENTS)), np.float32)
    targets[np.arange(len(intents)), [INTENTS.index(intent) for intent in intents]] = 1
    return targets


def _descend(matrix: Matrix, targets: Matrix) -> tuple[Matrix, Matrix]:
    count = len(matrix)
    weights = np.zeros((matrix.shape[1], len(INTENTS)), np.float32)
    bias = np.zeros(len(INTENTS), np.float32)
    mean: Matrix = np.zeros_like(weights)
    spread: Matrix = np.zeros_like(weights)
    for turn in range(1, _ROUNDS + 1):
        wrong = (_softmax(matrix @ weights + bias) - targets) / count
        slope = matrix.T @ wrong + _DECAY / count * weights
        mean = _blend(mean, slope, _FIRST_MOMENT)
        spread = _blend(spread, slope * slope, _SECOND_MOMENT)
        corrected = np.sqrt(spread / (1 - _SECOND_MOMENT**turn)) + 1e-8
        weights -= np.float32(_STEP) * (mean / (1 - _FIRST_MOMENT**turn)) / corrected
        bias -= np.float32(_STEP) * wrong.sum(axis=0)
    return weights, bias


def _blend(kept: Matrix, new: Matrix, share: float) -> Matrix:
    return np.asarray(share * kept + (1 - share) * new, np.float32)


def _softmax(scores: Matrix) -> Matrix:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def _hundredths(values: Matrix) -> tuple[int, ...]:
    return tuple(round(float(value) * HUNDREDTHS) for value in values)
