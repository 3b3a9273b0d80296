"""Which vacancies a worker is shown, and what becomes of them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.services.deployment import Deployment
from bot.services.ranking import impressions
from bot.services.ranking.matching_views import match_rows, options_of
from bot.services.ranking.responses import Responded, answers_of, matched_answer
from matching.ranking.answers import later_counts
from matching.ranking.ordering import rank
from matching.types import Match, WorkerProfile
from storage.models import Recommendation, Vacancy
from storage.states import Response, VacancyStatus
from storage.unit_of_work import UnitOfWork

# A stale board costs a candidate; so a few more are read again than are shown.
SPARE = 5


@dataclass(frozen=True, slots=True)
class Recommended:
    """A vacancy to show: the row as it stands in the database now, and why it fits."""

    vacancy: Vacancy
    match: Match


def recommend(
    uow: UnitOfWork,
    deployment: Deployment,
    profile: WorkerProfile,
    *,
    worker_id: uuid.UUID | None,
    limit: int,
    skip: Collection[uuid.UUID] = (),
    answers: Sequence[Responded] = (),
) -> list[Recommended]:
    """Return the best open vacancies for a worker, best first, and note that they are shown.

    Args:
        uow: The transaction of the turn.
        deployment: Its board gives the candidates; each is read again from the database.
        profile: The person, without name.
        worker_id: Whose showing is noted; None for somebody who is not registered.
        limit: Most vacancies.
        skip: Vacancies that are not to be shown now.
        answers: What somebody who is not registered said to earlier vacancies; a registered
            worker's answers are read.
    """
    said = [*answers_of(uow, worker_id), *answers]
    candidates = _candidates(deployment, profile, said, skip=skip, limit=limit + SPARE)
    rows = uow.recommendations.open_among(
        {uuid.UUID(match.vacancy_id) for match in candidates}, today=deployment.today
    )
    by_key = {row.id.hex: row for row in rows}
    fresh = match_rows(deployment, profile, rows)
    found = [
        Recommended(by_key[match.vacancy_id], fresh[match.vacancy_id])
        for match in candidates
        if match.vacancy_id in fresh
    ][:limit]
    if worker_id is not None:
        _note_shown(uow, deployment, worker_id, found)
    return found


def as_they_stand(
    uow: UnitOfWork,
    deployment: Deployment,
    profile: WorkerProfile,
    vacancy_ids: Sequence[uuid.UUID],
) -> list[Recommended]:
    """Return those of these vacancies that are open now, in the order given.

    A vacancy that is not feasible for the profile comes without reasons: whoever was shown it
    may still look at it.
    """
    # What this very transaction has read a moment ago is not read twice.
    held = [uow.vacancies.get(key) for key in vacancy_ids]
    rows = [row for row in held if row is not None and is_open(row, today=deployment.today)]
    fresh = match_rows(deployment, profile, rows)
    by_id = {
        row.id: Recommended(
            row, fresh.get(row.id.hex) or Match(row.id.hex, profile.id, 0.0, (), (), ())
        )
        for row in rows
    }
    return [by_id[key] for key in vacancy_ids if key in by_id]


def is_open(vacancy: Vacancy, *, today: date) -> bool:
    """Tell whether a worker may still be shown this vacancy."""
    is_valid = vacancy.valid_until is None or vacancy.valid_until >= today
    return vacancy.status is VacancyStatus.PUBLISHED and is_valid


def respond(
    uow: UnitOfWork,
    deployment: Deployment,
    worker_id: uuid.UUID,
    vacancy_id: uuid.UUID,
    response: Response,
) -> None:
    """Remember what a registered worker said to a vacancy; the newest word counts."""
    row = uow.recommendations.find(worker_id, vacancy_id)
    if row is None:
        row = uow.recommendations.add(
            _row(deployment, worker_id, vacancy_id, score=0.0, reasons=[])
        )
    row.response = response
    row.responded_at = deployment.now


def _candidates(
    deployment: Deployment,
    profile: WorkerProfile,
    said: Sequence[Responded],
    *,
    skip: Collection[uuid.UUID],
    limit: int,
) -> list[Match]:
    board = deployment.board
    table = board.table
    answers = [matched_answer(one) for one in said]
    later = later_counts(answers, profile, table, board.knowledge) if answers else None
    return rank(
        profile,
        table,
        knowledge=board.knowledge,
        options=options_of(deployment),
        limit=limit,
        skip=[key.hex for key in skip],
        later=later,
    )


def _note_shown(
    uow: UnitOfWork, deployment: Deployment, worker_id: uuid.UUID, found: Sequence[Recommended]
) -> None:
    known: Mapping[uuid.UUID, Recommendation] = uow.recommendations.shown_among(
        worker_id, {item.vacancy.id for item in found}
    )
    for item in found:
        row = known.get(item.vacancy.id)
        if row is None:
            uow.session.add(
                _row(
                    deployment,
                    worker_id,
                    item.vacancy.id,
                    score=item.match.score,
                    reasons=reasons_as_json(item.match),
                )
            )
        else:
            row.times_shown += 1
            row.last_shown_at = deployment.now
            row.score, row.reasons = item.match.score, reasons_as_json(item.match)
    showings = impressions.in_order(worker_id, [item.match for item in found])
    impressions.note(uow, deployment, showings, place=impressions.Place.LIST)


def reasons_as_json(match: Match) -> list[list[object]]:
    """Return the reasons of a match as stored: [code, value] in the order told."""
    return impressions.stored(match.reasons)


def _row(
    deployment: Deployment,
    worker_id: uuid.UUID,
    vacancy_id: uuid.UUID,
    *,
    score: float,
    reasons: list[list[object]],
) -> Recommendation:
    now = deployment.now
    return Recommendation(
        worker_id=worker_id,
        vacancy_id=vacancy_id,
        score=score,
        reasons=reasons,
        pushed=False,
        times_shown=1,
        first_shown_at=now,
        last_shown_at=now,
    )
