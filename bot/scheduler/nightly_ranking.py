"""Ranks each bureau's whole register in the night, and spreads the pushes over all vacancies.

The run and its chunks are rows: whoever dies leaves the rest to the next tick, here or elsewhere.
"""

from __future__ import annotations

import functools
import uuid

from bot.log import logger
from bot.scheduler.ticks import Tick
from bot.services.deployment import Deployment
from bot.services.ranking import nightly_ranking


def rank(tick: Tick) -> int:
    """Go on with the nights that are due; return how many pushes were queued."""
    return sum(_rank_one(tick, deployment) for deployment in tick.deployment.every())


def _rank_one(tick: Tick, deployment: Deployment) -> int:
    day = deployment.nightly.day_due(tick.now, deployment.clock.timezone)
    if day is None:
        return 0
    begin = functools.partial(nightly_ranking.open_run, deployment=deployment, day=day)
    run_id: uuid.UUID | None = tick.database.run(begin)
    if run_id is None:
        return 0
    # Slow to import, and needed once a night.
    from bot.scheduler.register_ranking import RegisterRanking

    work = RegisterRanking(tick.database, deployment, day)
    chunks = 0
    # A pool of processes is begun only where there is something for it.
    if work.has_chunks(run_id):
        with deployment.nightly.power() as power:
            chunks = work.rank(run_id, power)
    queued = work.allocate(run_id)
    logger().info("ranking.tick", run=run_id.hex, chunks=chunks, queued=queued)
    return queued or 0
