"""What the prices of an auction say: how good the outcome is at the least."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from matching.spreading.auction import Int32s


def dual_bound(
    weight: NDArray[np.float32],
    rows: Int32s,
    *,
    price: NDArray[np.float64],
    capacity: Int32s,
    attention: Int32s,
    turn: NDArray[np.float32],
) -> float:
    """Return what no allocation can exceed; true at any prices that are not negative.

    At given prices a worker does best with the vacancies of highest surplus, and places sell for
    at most their price: the sum of both is the dual of the assignment.

    Args:
        weight: (W, k), minus infinity where the list has no entry.
        rows: (W, k), any valid row where the list has no entry.
        price: (V,).
        capacity: (V,).
        attention: (W,).
        turn: (W,), worth of having anything at all.
    """
    surplus = -np.sort(price[rows] - weight, axis=1)
    counted = np.arange(1, rows.shape[1])[None, :] < attention[:, None]
    further = np.where(counted, np.maximum(surplus[:, 1:], 0), 0).sum(axis=1)
    first = np.where(attention > 0, np.maximum(surplus[:, 0] + turn, 0), 0)
    return math.fsum((first + further).tolist()) + math.fsum((price * capacity).tolist())
