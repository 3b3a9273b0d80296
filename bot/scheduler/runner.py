"""The ticker: an in-memory clockwork in every replica; the only place that knows APScheduler."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import UTC
from uuid import UUID

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.conversations.engine import Engine
from bot.errors import StorageUnavailableError
from bot.log import describe, logger
from bot.scheduler.jobs import JOBS
from bot.scheduler.run_due import run_job
from bot.scheduler.ticks import Job, Tick
from storage.database import Database

THREADS = 2


class Runner:
    """Runs the job table in threads of its own until it is stopped.

    A tick that comes late runs once, never twice at a time; what it missed is still due.
    """

    def __init__(
        self,
        database: Database,
        engine: Engine,
        *,
        account_ids: Sequence[UUID],
        wake: Callable[[], None] | None = None,
        jobs: Sequence[Job] = JOBS,
    ) -> None:
        """Make a runner.

        Args:
            database: Where the rows are that are due.
            engine: Asks the check-ins.
            account_ids: The channel accounts that this process sends on.
            wake: Called after a job found something due, so that it is sent at once.
            jobs: The job table.
        """
        self._tick = Tick(database, engine, account_ids)
        self._wake = wake
        self._jobs = jobs
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(THREADS)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin to tick."""
        for job in self._jobs:
            self._scheduler.add_job(
                functools.partial(self._run, job),
                IntervalTrigger(seconds=job.every, timezone=UTC),
                id=job.name,
                name=job.name,
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Finish the jobs under way and stop."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _run(self, job: Job) -> None:
        try:
            done = run_job(job, self._tick)
        except StorageUnavailableError as error:
            logger().warning("job.database_unavailable", job=job.name, error=describe(error))
            return
        except Exception as error:
            logger().error("job.failed", job=job.name, error=describe(error))
            return
        if done:
            logger().info("job.done", job=job.name, count=done)
            if self._wake is not None:
                self._wake()
