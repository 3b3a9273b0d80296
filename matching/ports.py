"""What the ranking asks of the caller's knowledge of trades and places.

Answers must be stable within one call: they are remembered for its duration.
"""

from __future__ import annotations

from typing import Protocol

SAME, NEAR, TRANSFERABLE, UNRELATED = "same", "near", "transferable", "unrelated"
SKILLED, TRAINABLE, UNSKILLED = "skilled", "trainable", "unskilled"


class TradeRelations(Protocol):
    """Knowledge of trades; it must answer for words it does not know as well."""

    def relation(self, a: str, b: str, /) -> str:
        """Tell how the worker's trade `a` serves in trade `b`, by one of the four words above."""
        ...

    def skill(self, trade: str, /) -> str:
        """Tell whether a beginner can start in a trade: skilled means not."""
        ...


class PlaceView(Protocol):
    """Knowledge of places by code: six digits for counties and above, nine for towns."""

    def county_of(self, code: str, /) -> str | None:
        """Give the county of a county or town; None for anything wider or unknown."""
        ...

    def city_of(self, code: str, /) -> str | None:
        """Give the prefecture; for a municipality its own code or None."""
        ...

    def province_of(self, code: str, /) -> str | None:
        """Give the province; None for a code that is unknown."""
        ...

    def seat_distance_km(self, a: str, b: str, /) -> float | None:
        """Measure between the seats of two counties; None where a seat is not known."""
        ...
