"""Sums of money: whole fen inside, yuan with two decimals outside, never a binary fraction."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

FEN_A_YUAN = 100
# No ticket and no hospital bill comes near it; beyond, somebody's key was stuck.
MOST_YUAN = 100_000_000


def fen_of(value: object) -> int | None:
    """Return the fen of a number of yuan from JSON; None if it is no such sum.

    A float stands for the decimal it prints as, so 198.1 is 19810 fen. Fractions of a fen,
    negative, boundless and absurdly large numbers give None.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    if not 0 <= value <= MOST_YUAN:  # no number and boundless ones fail here too
        return None
    fen = Decimal(str(value)) * FEN_A_YUAN
    return int(fen) if fen == fen.to_integral_value() else None


def yuan(fen: int) -> Decimal:
    """Return a sum in yuan with exactly two decimals."""
    return Decimal(fen).scaleb(-2)


def rounded_fen(exact: Fraction) -> int:
    """Return whole fen: half a fen and more goes up (四舍五入); `exact` is not negative."""
    return math.floor(exact + Fraction(1, 2))
