"""One bureau's register ranked and its pushes spread, in short transactions.

Nothing is computed inside a transaction: on SQLite, which has one writer, turns go on in between.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from bot.log import describe, logger
from bot.scheduler.lease_keeping import LeaseKeeper
from bot.services.deployment import Deployment
from bot.services.ranking import nightly_facts, nightly_plan, nightly_pushes, nightly_ranking
from bot.services.ranking.nightly import Power
from bot.services.ranking.nightly_plan import Plan
from bot.services.ranking.nightly_pushes import Part
from bot.services.ranking.ranked_chunks import Market, lists_of, submit
from bot.services.vacancies.publishing import NEXT_SPREAD_AFTER
from matching.tables.workers import WorkerTable
from storage.database import Database
from storage.repositories.ranking_runs import Chunk
from storage.unit_of_work import UnitOfWork

# Pushes that are queued in one transaction: a vacancy of thousands takes several.
PART = 200
MOST_CHUNKS = 60

Told = Callable[[int, int], None]
Lists = list[tuple[uuid.UUID, bytes]]


@dataclass(frozen=True, slots=True)
class _UnderWay:
    chunk: Chunk
    workers: WorkerTable


class RegisterRanking:
    """The work on one bureau's run of one day."""

    def __init__(
        self,
        database: Database,
        deployment: Deployment,
        day: date,
        *,
        progress: Told = lambda _done, _whole: None,
    ) -> None:
        """Make it.

        Args:
            database: Where everything is read and stored.
            deployment: The bureau.
            day: Whose run it is.
            progress: Told how many chunks, later parts of the plan, of how many are done.
        """
        self._database = database
        self._deployment = deployment
        self._day = day
        self._progress = progress
        self._token = uuid.uuid4().hex

    def preview(self, power: Power) -> Plan:
        """Return whom a run would tell now; nothing is stored and nothing sent."""
        bureau = self._deployment.bureau_adcode
        stretches = self._database.read(lambda uow: uow.ranking_runs.stretches(bureau))
        market = self._market()
        lists: Lists = []
        for number, (first, last) in enumerate(stretches):
            workers = self._workers(first, last)
            done = submit(power.executor, market, workers)
            packed = lists_of(done, power.executor, market, workers)
            lists += zip(map(uuid.UUID, workers.ids), packed, strict=True)
            self._progress(number + 1, len(stretches))
        return self._plan(lambda _uow: lists)

    def rank(self, run_id: uuid.UUID, power: Power, *, most: int = MOST_CHUNKS) -> int:
        """Rank chunks that nobody else does, until there is none or `most`; return how many.

        One that fails is left to its lease, and logged.

        Raises:
            BrokenExecutor: The executor takes no more work.
        """
        if not self.has_chunks(run_id):
            return 0
        market = self._market()
        with LeaseKeeper(self._database, token=self._token) as leases:
            return self._rank(run_id, power, market, leases, most=most)

    def has_chunks(self, run_id: uuid.UUID) -> bool:
        """Tell whether there is a chunk to rank, before anything is prepared for it."""
        return self._database.read(lambda uow: uow.ranking_runs.has_chunks(run_id))

    def allocate(self, run_id: uuid.UUID) -> int | None:
        """Spread the pushes of a run whose chunks are all ranked; return how many were queued.

        None while chunks are missing, when another replica spreads, or has taken over. A run whose
        allocation failed as often as may be is ended, and logged.
        """
        token = self._token
        allocation = self._database.run(
            lambda uow: uow.ranking_runs.claim_allocation(run_id, token=token)
        )
        if allocation is None:
            self._end_if_given_up(run_id)
            return None
        with LeaseKeeper(self._database, token=token) as leases:
            leases.keep(allocation)
            plan = self._plan(lambda uow: list(uow.ranking_runs.lists(run_id)))
            ranked = functools.partial(self._note_ranked, allocation=allocation, plan=plan)
            if not self._database.run(ranked):
                return None
            return self._carry_out(allocation, plan)

    def _rank(
        self,
        run_id: uuid.UUID,
        power: Power,
        market: Market,
        leases: LeaseKeeper,
        *,
        most: int,
    ) -> int:
        under_way: dict[Future[list[bytes] | None], _UnderWay] = {}
        claimed = done = 0
        while True:
            while len(under_way) < power.at_once and claimed < most:
                chunk = self._claim(run_id)
                if chunk is None:
                    break
                claimed += 1
                leases.keep(chunk)
                work = _UnderWay(chunk, self._workers(chunk.first_worker, chunk.last_worker))
                under_way[submit(power.executor, market, work.workers)] = work
            if not under_way:
                return done
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                work = under_way.pop(future)
                done += self._keep(future, work, power, market)
                leases.drop(work.chunk)
            self._show_chunks(run_id)

    def _end_if_given_up(self, run_id: uuid.UUID) -> None:
        end = functools.partial(
            nightly_pushes.end_given_up, deployment=self._deployment, run_id=run_id
        )
        if self._database.run(end):
            logger().error("ranking.allocation_given_up", run=run_id.hex)

    def _market(self) -> Market:
        self._database.read(self._deployment.board.refresh)
        read = functools.partial(nightly_ranking.market, deployment=self._deployment, day=self._day)
        return self._database.read(read)

    def _workers(self, first: uuid.UUID, last: uuid.UUID) -> WorkerTable:
        read = functools.partial(
            nightly_ranking.workers_between,
            deployment=self._deployment,
            first=first,
            last=last,
            day=self._day,
        )
        return self._database.read(read)

    def _claim(self, run_id: uuid.UUID) -> Chunk | None:
        token = self._token
        return self._database.run(lambda uow: uow.ranking_runs.claim(run_id, token=token))

    def _keep(
        self, done: Future[list[bytes] | None], work: _UnderWay, power: Power, market: Market
    ) -> bool:
        try:
            lists = lists_of(done, power.executor, market, work.workers)
        except BrokenExecutor:
            raise
        except Exception as error:
            chunk = work.chunk
            logger().error(
                "ranking.chunk_failed",
                run=chunk.run_id.hex,
                chunk=chunk.number,
                error=describe(error),
            )
            return False
        keep = functools.partial(
            nightly_ranking.keep_lists,
            deployment=self._deployment,
            chunk=work.chunk,
            token=self._token,
            ids=work.workers.ids,
            lists=lists,
        )
        return self._database.run(keep)

    def _show_chunks(self, run_id: uuid.UUID) -> None:
        progress = self._database.read(lambda uow: uow.ranking_runs.progress(run_id))
        self._progress(progress.done, progress.chunks)

    def _plan(self, read_lists: Callable[[UnitOfWork], Lists]) -> Plan:
        def gather(uow: UnitOfWork) -> nightly_facts.Facts:
            return nightly_facts.gather(
                uow,
                self._deployment,
                read_lists(uow),
                day=self._day,
                answers_within=NEXT_SPREAD_AFTER,
            )

        return nightly_plan.plan_of(self._database.read(gather))

    def _note_ranked(self, uow: UnitOfWork, *, allocation: Chunk, plan: Plan) -> bool:
        """Note the figures of the first plan; what a later replica plans is only the rest."""
        if not uow.ranking_runs.hold(allocation, token=self._token):
            return False
        run = uow.ranking_runs.need(allocation.run_id)
        if run.ranked_at is None:
            run.ranked_at = self._deployment.now
            run.figures = plan.figures.as_json() | run.figures
        return True

    def _carry_out(self, allocation: Chunk, plan: Plan) -> int | None:
        queued = 0
        parts = parts_of(plan.told)
        for number, part in enumerate(parts, start=1):
            count = self._queue(allocation, part)
            if count is None:
                return None
            queued += count
            self._progress(number, len(parts))
        end = functools.partial(
            nightly_pushes.end_run,
            deployment=self._deployment,
            allocation=allocation,
            token=self._token,
        )
        return queued if self._database.run(end) else None

    def _queue(self, allocation: Chunk, part: Part) -> int | None:
        queue = functools.partial(
            nightly_pushes.carry_out,
            deployment=self._deployment,
            allocation=allocation,
            token=self._token,
            part=part,
        )
        return self._database.run(queue)


def parts_of(told: Part, *, most: int = PART) -> list[Part]:
    """Cut a plan into parts of as many pairs as one transaction takes, in the plan's order."""
    pairs = [(vacancy, worker) for vacancy, workers in told for worker in workers]
    return [
        [
            (vacancy, tuple(worker for _vacancy, worker in group))
            for vacancy, group in groupby(pairs[start : start + most], key=itemgetter(0))
        ]
        for start in range(0, len(pairs), most)
    ]
