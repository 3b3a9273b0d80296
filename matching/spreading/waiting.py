"""What a day without a word is worth: quiet workers and newcomers move forward.

Two parts. The *factor* multiplies every utility of a worker and is bounded, so that it reorders
people of like fit. Alone it would leave somebody with a poor fit behind better ones for ever. So
from the third week on every further day adds a *turn*, once for the worker whatever the number of
vacancies, and without regard to fit: whoever was passed over long enough outweighs everybody who
was served since.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

QUIET_DAYS = 14
QUIET_FACTOR = 1.5
TURN_A_DAY = 0.1
LONGEST_WAIT = 1000  # days that count; keeps the numbers small for a forgotten record


def waiting_factor(waited_days: NDArray[np.int32], /) -> NDArray[np.float32]:
    """Return 1 for who heard today, rising evenly to 1.5 after fourteen days.

    Args:
        waited_days: Days since the worker was last sent anything, or since registration.
    """
    share = np.clip(waited_days, 0, QUIET_DAYS).astype(np.float32) / np.float32(QUIET_DAYS)
    return (1 + (QUIET_FACTOR - 1) * share).astype(np.float32)


def turn(waited_days: NDArray[np.int32], /) -> NDArray[np.float32]:
    """Return 0 up to fourteen days, then a tenth for each further day.

    A utility is at most 1, with the factor 1.5: fifteen days further on, a turn outweighs any fit.
    """
    late = np.clip(waited_days, QUIET_DAYS, LONGEST_WAIT) - QUIET_DAYS
    return (late * TURN_A_DAY).astype(np.float32)
