"""Who hears of a vacancy now, and the one reason why everybody else does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.services.deployment import Deployment
from bot.services.people.workers import profile_of_worker
from bot.services.ranking.barring import not_looking
from bot.services.ranking.matching_views import judge_vacancy, vacancy_view
from bot.services.sending import ways
from bot.services.sending.attention import used_up
from bot.services.sending.ways import ChosenWay, Reach
from matching.changes.vacancy_changes import NO_ADVICE, Advice, advice
from matching.spreading.allocation import LeftOut, left_out_code, spread
from matching.types import Exclusion, Match
from storage.models import Vacancy, Worker
from storage.unit_of_work import UnitOfWork

PER_PLACE = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """A worker who is told: why, and how."""

    worker: Worker
    match: Match
    how: ChosenWay


@dataclass(frozen=True, slots=True)
class NotChosen:
    """A worker who is not told, the reason, and what the vacancy demands or offers."""

    worker_id: UUID
    reason: LeftOut
    details: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """Every registered worker of the bureau, in exactly one of the first two.

    `advice` is what changes of the vacancy would bring, counted over those who may be told.
    """

    chosen: tuple[Chosen, ...]
    left_out: tuple[NotChosen, ...]
    advice: Advice = NO_ADVICE


def assign(
    uow: UnitOfWork,
    deployment: Deployment,
    vacancy: Vacancy,
    *,
    places: int | None,
    send_at: datetime,
    per_place: int = PER_PLACE,
) -> Assignment:
    """Give every registered worker of the vacancy's bureau one place.

    The first reason that holds counts: a requirement, told before, at work, paused or
    unsubscribed, attention used up; the best `per_place` for each of `places` are chosen, and
    the rest wait.
    """
    registered = uow.recommendations.registered_workers(vacancy.bureau_adcode)
    everybody = {worker.id.hex: worker for worker in registered}
    profiles = [profile_of_worker(worker, today=deployment.today) for worker in registered]
    judged = judge_vacancy(deployment, vacancy, profiles)
    matches, excluded = judged.matches(), judged.excluded_workers()
    reaches = ways.reaches(uow, deployment)
    barred = _barred(uow, deployment, vacancy, everybody, reaches)
    free = [match for match in matches if match.worker_id not in barred]
    full = used_up(uow, at=send_at, deployment=deployment)
    parts = spread(
        free, places=places, per_place=per_place, full={worker_id.hex for worker_id in full}
    )
    left_out = [
        *(_excluded(UUID(key), found) for key, found in excluded.items()),
        *(NotChosen(UUID(key), reason) for key, reason in _of(matches, barred).items()),
        *(NotChosen(UUID(match.worker_id), LeftOut.BUDGET) for match in parts.full),
        *(NotChosen(UUID(match.worker_id), LeftOut.WAITING) for match in parts.waiting),
    ]
    chosen = (_chosen(deployment, everybody[one.worker_id], one, reaches) for one in parts.chosen)
    lost = [key for key, reason in barred.items() if reason is not LeftOut.ALREADY_SENT]
    counted = advice(vacancy_view(vacancy), judged, skip=lost)
    return Assignment(tuple(chosen), tuple(left_out), counted)


def _of(matches: Sequence[Match], barred: Mapping[str, LeftOut]) -> dict[str, LeftOut]:
    """Keep those whom a requirement does not exclude already, best match first."""
    keys = (match.worker_id for match in matches)
    return {key: barred[key] for key in keys if key in barred}


def _excluded(worker_id: UUID, found: Sequence[Exclusion]) -> NotChosen:
    details = tuple((exclusion.code.value, exclusion.value) for exclusion in found)
    return NotChosen(worker_id, left_out_code(found), details)


def _barred(
    uow: UnitOfWork,
    deployment: Deployment,
    vacancy: Vacancy,
    everybody: Mapping[str, Worker],
    reaches: Mapping[UUID, Sequence[Reach]],
) -> dict[str, LeftOut]:
    told = uow.recommendations.told(vacancy.id)
    withdrew = uow.recommendations.without_consent()
    barred: dict[str, LeftOut] = {}
    for key, worker in everybody.items():
        reason = LeftOut.ALREADY_SENT if worker.id in told else None
        if reason is None and worker.id in withdrew:
            reason = LeftOut.NO_CONSENT
        reason = reason or not_looking(deployment, worker, reaches.get(worker.id, ()))
        if reason is not None:
            barred[key] = reason
    return barred


def _chosen(
    deployment: Deployment,
    worker: Worker,
    match: Match,
    reaches: Mapping[UUID, Sequence[Reach]],
) -> Chosen:
    how = ways.chosen_among(deployment, worker, reaches.get(worker.id, ()))
    return Chosen(worker, match, how)
