"""Carrying a night's plan out, some pairs in a transaction, by the way publishing tells.

Whoever carries out holds the run's allocation in the same transaction: a replica that lost it
pushes nothing. What changed since the plan was made is looked at again for every pair.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from bot.services.deployment import Deployment
from bot.services.people.workers import profile_of_worker
from bot.services.ranking.barring import not_looking
from bot.services.ranking.matching_views import judge_vacancy
from bot.services.ranking.nightly_facts import send_at
from bot.services.sending import ways
from bot.services.sending.attention import attention_left
from bot.services.vacancies.publishing import tell
from bot.services.vacancies.spreading import Chosen
from matching.types import Match
from storage.models import RankingRun, Vacancy, Worker
from storage.repositories.ranking_runs import Chunk
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork

QUEUED = "queued"
Part = Sequence[tuple[UUID, tuple[UUID, ...]]]


def carry_out(
    uow: UnitOfWork, deployment: Deployment, allocation: Chunk, *, token: str, part: Part
) -> int | None:
    """Queue the pushes of some vacancies; return how many, None when the allocation was lost.

    Args:
        uow: The transaction.
        deployment: The bureau.
        allocation: What was claimed.
        token: With which it was claimed.
        part: Workers by vacancy, from a plan.
    """
    if not uow.ranking_runs.hold(allocation, token=token):
        return None
    everybody = _Everybody(uow, deployment, part)
    count = sum(_tell(uow, deployment, everybody, *one) for one in part)
    run = uow.ranking_runs.need(allocation.run_id)
    run.figures = {**run.figures, QUEUED: queued_so_far(run) + count}
    return count


def queued_so_far(run: RankingRun) -> int:
    """Return how many pushes of a run were queued, by whichever replica."""
    return int(str(run.figures.get(QUEUED, 0)))


def end_run(uow: UnitOfWork, deployment: Deployment, allocation: Chunk, *, token: str) -> bool:
    """Note that a run has ended; False when another replica has taken it over."""
    if not uow.ranking_runs.finish(allocation, token=token, now=deployment.now):
        return False
    _note_end(uow, deployment, allocation.run_id)
    return True


def end_given_up(uow: UnitOfWork, deployment: Deployment, run_id: UUID) -> bool:
    """End a run whose allocation failed too often; False unless it is this call that ends it."""
    if not uow.ranking_runs.give_up(run_id, now=deployment.now):
        return False
    _note_end(uow, deployment, run_id, is_allocated=False)
    return True


def _note_end(
    uow: UnitOfWork, deployment: Deployment, run_id: UUID, *, is_allocated: bool = True
) -> None:
    run = uow.ranking_runs.need(run_id)
    run.finished_at = deployment.now
    seconds = round((run.finished_at - run.started_at).total_seconds(), 1)
    given_up = uow.ranking_runs.progress(run.id).given_up
    ending = {
        QUEUED: queued_so_far(run),
        "seconds": seconds,
        "given_up": given_up,
        "allocated": is_allocated,
    }
    run.figures = {**run.figures, **ending}


def _is_open(deployment: Deployment, vacancy: Vacancy) -> bool:
    last = vacancy.valid_until
    return vacancy.status is VacancyStatus.PUBLISHED and (last is None or last >= deployment.today)


class _Everybody:
    """The workers of some vacancies as they stand now, and what each may still be told."""

    def __init__(self, uow: UnitOfWork, deployment: Deployment, part: Part) -> None:
        bureau, limits = deployment.bureau_adcode, deployment.limits
        keys = sorted({key for _vacancy, workers in part for key in workers})
        vacancies = [key for key, _workers in part]
        # Before anything is read: whoever tells of one meanwhile holds it too.
        self.vacancies = uow.registers.lock_vacancies(vacancies)
        told = uow.registers.told(bureau, among=vacancies, workers=keys)
        self._told = {(one.vacancy_id, one.worker_id) for one in told}
        self.reaches = ways.reaches(uow, deployment, among=keys)
        withdrew = uow.recommendations.withdrawn_among(keys)
        self._free = {
            worker.id: worker
            for worker in uow.registers.workers(keys)
            if worker.id not in withdrew
            and not_looking(deployment, worker, self.reaches.get(worker.id, ())) is None
        }
        at = send_at(deployment)
        left = attention_left(uow, at=at, deployment=deployment, among=keys)
        full = min(limits.pushes_a_day, limits.pushes_a_week)
        self._left = {key: left.get(key, full) for key in self._free}

    def free(self, vacancy_id: UUID, workers: Collection[UUID]) -> list[Worker]:
        """Return those who may be told of a vacancy and have not heard of it."""
        return [
            self._free[key]
            for key in workers
            if self._left.get(key, 0) > 0 and (vacancy_id, key) not in self._told
        ]

    def take(self, workers: Collection[UUID]) -> None:
        """Note that these were told of something."""
        for key in workers:
            self._left[key] -= 1


def _tell(
    uow: UnitOfWork,
    deployment: Deployment,
    everybody: _Everybody,
    vacancy_id: UUID,
    workers: Collection[UUID],
) -> int:
    """Tell those for whom the vacancy still is possible and who may still be told."""
    free = everybody.free(vacancy_id, workers)
    vacancy = everybody.vacancies.get(vacancy_id)
    if not free or vacancy is None or not _is_open(deployment, vacancy):
        return 0
    matches = _matches(deployment, vacancy, free)
    chosen = [
        Chosen(
            worker,
            matches[worker.id.hex],
            ways.chosen_among(deployment, worker, everybody.reaches.get(worker.id, ())),
        )
        for worker in free
        if worker.id.hex in matches
    ]
    told = [one.worker.id for one in chosen]
    everybody.take(told)
    if chosen:
        tell(uow, deployment, vacancy, chosen)
        uow.registers.no_longer_left_out(vacancy.id, told)
    return len(chosen)


def _matches(
    deployment: Deployment, vacancy: Vacancy, workers: Sequence[Worker]
) -> dict[str, Match]:
    today = deployment.today
    profiles = [profile_of_worker(worker, today=today) for worker in workers]
    judged = judge_vacancy(deployment, vacancy, profiles)
    return {match.worker_id: match for match in judged.matches()}
