"""Takes sheets back that officers want back, some rows at a time."""

from __future__ import annotations

import functools

from bot.scheduler.ticks import Tick
from bot.services.register.undoing import undo_some

# Of one sheet in one tick: other jobs wait behind it.
CHUNKS_A_TICK = 10


def take_back(tick: Tick) -> int:
    """Go on with each sheet that is being taken back; return how many rows were done."""
    total = 0
    for key, bureau in tick.database.read(lambda uow: uow.import_batches.undoing()):
        work = functools.partial(undo_some, deployment=tick.deployment.of(bureau), batch_id=key)
        for _chunk in range(CHUNKS_A_TICK):
            done = tick.database.run(work)
            total += done
            if not done:
                break
    return total
