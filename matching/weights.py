"""How much each term of a score counts, and what a ranking is asked with."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each term counts within a grade; soft misses come before any weight.

    Attributes:
        usual_wage: Yuan a month a vacancy is compared with for a worker without a stated wish.

    Raises:
        ValueError: A weight is negative, or `usual_wage` is not above zero.
    """

    trade: float = 3.0
    place: float = 2.0
    wage: float = 2.0
    going: float = 0.5
    lodging: float = 1.0
    board: float = 0.5
    fresh: float = 0.2
    openings: float = 0.1
    usual_wage: int = 5000

    def __post_init__(self) -> None:
        """Refuse weights that would turn the order round."""
        if min(self.by_term().values()) < 0:
            raise ValueError("a weight is negative")
        if self.usual_wage <= 0:
            raise ValueError("usual_wage must be above zero")

    def by_term(self) -> dict[str, float]:
        """Give the weight of each term, in the order in which officers read them."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name != "usual_wage"
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What holds for a whole ranking.

    Attributes:
        today: The day on which validity and freshness are counted.
        weights: Of the terms.
        going: (T,) yuan a month that each trade pays at present, by number; None leaves out
            everything that compares with it.
    """

    today: date
    weights: Weights = Weights()
    going: NDArray[np.float32] | None = None
