"""A scheduled job, and one tick of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.conversations.engine import Engine
from bot.services.deployment import Deployment
from storage.database import Database
from storage.unit_of_work import UnitOfWork

# Small, so that on SQLite, which has one writer, nobody's turn waits long behind a batch.
BATCH = 25


@dataclass(frozen=True, slots=True)
class Tick:
    """What a job may work with; it begins and commits its own transactions.

    Attributes:
        database: Where the rows are that are due.
        engine: Asks questions at addresses that did not write first.
        account_ids: The channel accounts that this process sends on.
    """

    database: Database
    engine: Engine
    account_ids: Sequence[UUID]

    @property
    def deployment(self) -> Deployment:
        """The bureau whose rows are looked at."""
        return self.engine.deployment

    @property
    def now(self) -> datetime:
        """The present instant of business time, in UTC."""
        return self.engine.deployment.now

    def in_batches(self, work: Callable[[UnitOfWork], Progress]) -> int:
        """Run `work` in one transaction after another until it finds less than a batch.

        Returns:
            How many rows were dealt with.
        """
        total = 0
        while True:
            progress = self.database.run(work)
            total += progress.done
            if progress.seen < BATCH:
                return total


@dataclass(frozen=True, slots=True)
class Progress:
    """How many due rows a transaction looked at, and on how many it acted.

    What was looked at is not due any more: acted on, called off, or put off.
    """

    seen: int
    done: int


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is looked for again and again.

    Attributes:
        name: Names its slots and its log lines.
        every: Seconds of business time; one replica runs it once in each such slot.
        run: Does what is due and returns how much it was.
    """

    name: str
    every: int
    run: Callable[[Tick], int]


def slot_of(job: Job, now: datetime) -> str:
    """Return the slot of business time that holds `now`: its first second since 1970."""
    return str(int(now.timestamp()) // job.every * job.every)
