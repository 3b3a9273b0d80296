"""The learnt model: for every feature a weight of each intent, added up."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from content.intents import HUNDREDTHS, Intent, IntentWeights

Weights = NDArray[np.float32]


class IntentModel:
    """Softmax over the sum of the features' weights; every weight can be read and explained."""

    def __init__(self, learnt: IntentWeights) -> None:
        self.intents = learnt.intents
        self._rows = {feature: row for row, feature in enumerate(learnt.rows)}
        table: Weights = np.array(list(learnt.rows.values()), dtype=np.float32)
        self._weights: Weights = table.reshape(-1, len(self.intents)) / np.float32(HUNDREDTHS)
        self._bias: Weights = np.array(learnt.bias, dtype=np.float32) / np.float32(HUNDREDTHS)

    def chances(self, features: Iterable[str]) -> dict[Intent, float]:
        """Return the chance of every intent, 0 to 1; together they make 1."""
        row_of = self._rows.get
        known = [row for feature in set(features) if (row := row_of(feature)) is not None]
        summed = np.add.reduce(self._weights.take(known, axis=0), axis=0)
        scores: list[float] = (self._bias + scale(len(known)) * summed).tolist()
        highest = max(scores)
        raised = [math.exp(score - highest) for score in scores]
        whole = math.fsum(raised)
        return {intent: value / whole for intent, value in zip(self.intents, raised, strict=True)}


def scale(count: int) -> float:
    """Return the factor that keeps long messages from being judged by their length."""
    return 4.0 / math.sqrt(max(count, 1))
