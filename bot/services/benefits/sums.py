"""Sums as people read them: always two decimals, exactly."""

from __future__ import annotations

from content.benefits.money import yuan


def yuan_words(fen: int) -> str:
    """Return whole fen as yuan with two decimals: 19850 is 198.50."""
    return f"{yuan(fen):.2f}"
