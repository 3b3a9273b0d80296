"""What the terms of a score come to that no worker changes: once for a table, not once a pair."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.pairs import misses, requirements
from matching.pairs.crossing import Crossing
from matching.pairs.facts import Facts
from matching.pairs.similarity import OF_VACANCIES, Values, weighted
from matching.types import ExclusionCode, ReasonCode
from matching.weights import Options

RULED_OUT = np.uint8(1 << 4)  # more than there are misses, and so few that sums stay within a byte


@dataclass(frozen=True, slots=True)
class Offers:
    """Sums over the terms of vacancies, (2 V,) each: for people of the trade, then for beginners.

    Attributes:
        options: What they were made with.
        total: The terms that are known, each times its weight.
        weight: The weights of these.
        faults: (V,) misses that everybody has with a vacancy; RULED_OUT where it is over.
        best_chance: The highest of the table.
    """

    options: Options
    total: Values
    weight: Values
    faults: NDArray[np.uint8]
    best_chance: np.float32

    def fit(self, options: Options) -> bool:
        """Tell whether other options would come to the same."""
        own = self.options
        same_day = own.today == options.today
        return same_day and own.going is options.going and own.weights == options.weights


def offers_of(crossing: Crossing, options: Options) -> Offers:
    """Give the sums for a table; the last ones stay with it."""
    table = crossing.vacancies
    offers = table.offers
    if not isinstance(offers, Offers) or not offers.fit(options):
        parts = [
            weighted(_Posts(crossing, begins=begins), options, OF_VACANCIES)
            for begins in (False, True)
        ]
        total, weight = (np.concatenate(part) for part in zip(*parts, strict=True))
        best_chance = table.columns.chance.max(initial=0)
        offers = Offers(options, total, weight, _faults(crossing, options), best_chance)
        table.offers = offers
    return offers


def _faults(crossing: Crossing, options: Options) -> NDArray[np.uint8]:
    posts = _Posts(crossing, begins=False)
    over = requirements.CHECKS[ExclusionCode.EXPIRED](posts, options.today.toordinal())
    found = misses.CHECKS[ReasonCode.TEMPORARY](posts).astype(np.uint8)
    return found + over * RULED_OUT


class _Posts(Facts):
    """All vacancies of a table, for nobody in particular."""

    def __init__(self, crossing: Crossing, *, begins: bool) -> None:
        super().__init__(crossing, np.zeros(1, np.intp), np.arange(len(crossing.vacancies)))
        self._begins = begins

    @cached_property
    def begins(self) -> NDArray[np.bool_]:
        """Whether whoever comes would be paid as a beginner."""
        return np.full(1, self._begins)
