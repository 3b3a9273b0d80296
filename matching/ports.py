"""What the ranking asks of the caller's knowledge of trades and places.

Everything is asked once, when `matching.tables.knowledge` is built; answers must not change after.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

SAME, NEAR, TRANSFERABLE, UNRELATED = "same", "near", "transferable", "unrelated"
SKILLED, TRAINABLE, UNSKILLED = "skilled", "trainable", "unskilled"


class TradeRelations(Protocol):
    """Knowledge of trades; `skill` must answer for words it does not know as well."""

    def words(self) -> Sequence[str]:
        """List the trades that are known."""
        ...

    def relation(self, a: str, b: str, /) -> str:
        """Tell how the worker's trade `a` serves in trade `b`, by one of the four words above."""
        ...

    def skill(self, trade: str, /) -> str:
        """Tell whether a beginner can start in a trade: skilled means not."""
        ...


class PlaceView(Protocol):
    """Knowledge of places by code: six digits for counties and above, nine for towns."""

    def codes(self) -> Sequence[str]:
        """List the provinces, cities and counties that are known."""
        ...

    def county_of(self, code: str, /) -> str | None:
        """Give the county of a county or town; None for anything wider or unknown."""
        ...

    def city_of(self, code: str, /) -> str | None:
        """Give the prefecture; for a municipality its own code or None."""
        ...

    def province_of(self, code: str, /) -> str | None:
        """Give the province; None for a code that is unknown."""
        ...

    def seat_distances_km(self, code: str, others: Sequence[str], /) -> Sequence[float | None]:
        """Measure from one seat to many, in their order; None where a seat is not known."""
        ...
