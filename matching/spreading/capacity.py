"""How many workers may hear of a vacancy: enough to fill it, too few to crowd it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

USUAL_ANSWER_RATE = 1 / 3  # before anything was observed: three hear of each place
PRIOR_SENT = 30.0  # pushes after which a vacancy's own rate weighs as much as the usual one
PER_PLACE_MOST = 10.0


def answer_rate(
    answered: NDArray[np.int32], sent: NDArray[np.int32], *, usual: float = USUAL_ANSWER_RATE
) -> NDArray[np.float32]:
    """Return the shrunk share of pushes that were answered with an application.

    Args:
        answered: Pushes answered, per vacancy, firm or trade.
        sent: Pushes sent, of the same shape; 0 gives the usual rate.
        usual: The rate of the whole bureau.

    Raises:
        ValueError: More were answered than sent, a number is negative, or `usual` is no share.
    """
    if np.any(answered < 0) or np.any(answered > sent):
        raise ValueError("answered must lie between 0 and sent")
    if not 0 < usual <= 1:
        raise ValueError("the usual rate must be above 0 and at most 1")
    return ((answered + PRIOR_SENT * usual) / (sent + PRIOR_SENT)).astype(np.float32)


def capacity_of(
    headcount: NDArray[np.int32],
    *,
    answer_rate: NDArray[np.float32],
    per_place_least: float = 3.0,
    per_place_most: float = PER_PLACE_MOST,
    told: NDArray[np.int32] | None = None,
) -> NDArray[np.int32]:
    """Return how many workers may hear of each vacancy now: k for each place.

    k is one over the answer rate, so that about one answer is expected for each place, but not
    under `per_place_least` nor over `per_place_most`. It grows as answers become rarer.

    Args:
        headcount: Places per vacancy, (V,); 0 or less (not known) counts as one.
        answer_rate: Shrunk rates in (0, 1], (V,).
        per_place_least: The least that hear of a place; 2 where a bureau wants less noise.
        per_place_most: The most.
        told: How many heard already, (V,); they are taken off.

    Raises:
        ValueError: A rate lies outside (0, 1] or the limits are not 0 < least <= most.
    """
    if not 0 < per_place_least <= per_place_most:
        raise ValueError("per_place_least must be above 0 and at most per_place_most")
    if np.any(answer_rate <= 0) or np.any(answer_rate > 1):
        raise ValueError("answer rates must be above 0 and at most 1")
    per_place = np.clip(1 / answer_rate.astype(np.float64), per_place_least, per_place_most)
    # Rounded first: 1 / float32(1/3) is a hair above 3 and must not make four.
    room = np.ceil(np.round(per_place * np.maximum(headcount, 1), 4)).astype(np.int32)
    return room if told is None else np.maximum(room - told, 0).astype(np.int32)
