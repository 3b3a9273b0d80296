"""Learns the weights of the ranking anew, once a day, from what workers answered."""

from __future__ import annotations

import functools

from bot.scheduler.ticks import Tick
from bot.services.ranking import learning


def learn(tick: Tick) -> int:
    """Learn for every bureau; return how many had new answers.

    Nothing is locked while it is learnt: the answers are read, then the result is written.
    """
    total = 0
    for deployment in tick.deployment.every():
        gather = functools.partial(learning.gather, deployment=deployment)
        learned = learning.learnt_from(tick.database.read(gather))
        keep = functools.partial(learning.keep, deployment=deployment, learned=learned)
        total += tick.database.run(keep)
    return total
