"""The whole register ranked by stretches: what a stretch needs, and what is kept of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.services.deployment import Deployment
from bot.services.people.workers import profile_of_worker
from bot.services.ranking.matching_views import options_of, table_of
from bot.services.ranking.ranked_chunks import Market, market_of
from matching.tables.workers import WorkerTable
from storage.repositories.ranking_runs import Chunk
from storage.unit_of_work import UnitOfWork

RUNS_KEPT = timedelta(days=30)


def open_run(uow: UnitOfWork, deployment: Deployment, day: date) -> uuid.UUID | None:
    """Return the run of a bureau's day, begun if need be; None when it has ended.

    Runs older than thirty days are forgotten.
    """
    run = uow.ranking_runs.open(deployment.bureau_adcode, day, now=deployment.now)
    uow.ranking_runs.forget_before(day - RUNS_KEPT)
    return run.id if run.finished_at is None else None


def begin_again(uow: UnitOfWork, deployment: Deployment, day: date) -> uuid.UUID:
    """Return the run of a bureau's day; one that has ended begins again."""
    run = uow.ranking_runs.open(deployment.bureau_adcode, day, now=deployment.now)
    if run.finished_at is not None:
        uow.ranking_runs.begin_again(run, now=deployment.now)
    return run.id


def market(uow: UnitOfWork, deployment: Deployment, day: date) -> Market:
    """Return a bureau's vacancies that are open on `day`, ready to be sent to processes."""
    rows = uow.registers.open_vacancies(deployment.bureau_adcode, today=day)
    options = replace(options_of(deployment), today=day)
    knowledge = deployment.board.knowledge
    return market_of(table_of(deployment, rows), knowledge=knowledge, options=options)


def workers_between(
    uow: UnitOfWork, deployment: Deployment, first: uuid.UUID, last: uuid.UUID, *, day: date
) -> WorkerTable:
    """Return the workers of a stretch as columns; both ends included."""
    rows = uow.registers.profiles(deployment.bureau_adcode, first, last)
    profiles = [profile_of_worker(row, today=day) for row in rows]
    return WorkerTable.of(profiles, deployment.board.knowledge)


def keep_lists(
    uow: UnitOfWork,
    deployment: Deployment,
    chunk: Chunk,
    *,
    token: str,
    ids: Sequence[str],
    lists: Sequence[bytes],
) -> bool:
    """Store the lists of a chunk and end it; False, and nothing stored, when it was taken over.

    Args:
        uow: The transaction.
        deployment: The bureau.
        chunk: What was claimed.
        token: With which it was claimed.
        ids: The workers' hex keys.
        lists: A packed list for each.
    """
    if not uow.ranking_runs.finish(chunk, token=token, now=deployment.now):
        return False
    pairs = zip(ids, lists, strict=True)
    uow.ranking_runs.store_lists(chunk.run_id, {uuid.UUID(key): data for key, data in pairs})
    return True
