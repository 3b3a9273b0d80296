"""What a worker said to vacancies, and how the next list changes by it.

Four plain rules: what was answered never comes back; after 太远 what is not nearer comes later;
after 工资低 what pays no more comes later; after 不会做 the trade is left out, unless it is one
the worker named, which then comes later.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from bot.services.deployment import Deployment
from matching.types import Match, Vacancy, WorkerProfile
from storage.models import Vacancy as VacancyRow
from storage.states import Response
from storage.unit_of_work import UnitOfWork

MEMORY_KEY = "responses"
NEARNESS_ORDER = ("same_town", "same_county", "same_city", "same_province", "other_province")


@dataclass(frozen=True, slots=True)
class Responded:
    """An answer to one vacancy, with what of the vacancy it may have been about."""

    vacancy_id: uuid.UUID
    response: Response
    trade: str = ""
    wage: int | None = None
    place: str | None = None


def responded(vacancy: VacancyRow, response: Response) -> Responded:
    """Return the answer `response` to a stored vacancy."""
    return Responded(
        vacancy_id=vacancy.id,
        response=response,
        trade=vacancy.trade,
        wage=vacancy.wage_max or vacancy.wage_min,
        place=vacancy.town or vacancy.adcode,
    )


def answers_of(uow: UnitOfWork, worker_id: uuid.UUID | None) -> list[Responded]:
    """Return all answers of a registered worker, the oldest first; none for anybody else."""
    if worker_id is None:
        return []
    return [
        responded(vacancy, row.response)
        for row, vacancy in uow.recommendations.answered(worker_id)
        if row.response is not None
    ]


def remember(memory: dict[str, object], answer: Responded) -> None:
    """Keep an answer of somebody who is not registered yet."""
    kept = [item for item in _kept(memory) if item[0] != answer.vacancy_id.hex]
    memory[MEMORY_KEY] = [
        *kept,
        [
            answer.vacancy_id.hex,
            answer.response.value,
            answer.trade,
            answer.wage,
            answer.place,
        ],
    ]


def remembered(memory: Mapping[str, object]) -> list[Responded]:
    """Return the answers kept by `remember`, the oldest first."""
    return [
        Responded(uuid.UUID(key), Response(response), trade, wage, place)
        for key, response, trade, wage, place in _kept(memory)
    ]


def without_refused(profile: WorkerProfile, answers: Iterable[Responded]) -> WorkerProfile:
    """Return the profile with trades left out that the worker cannot do."""
    cannot = {
        answer.trade
        for answer in answers
        if answer.response is Response.CANNOT and answer.trade not in profile.trades
    }
    if not cannot:
        return profile
    return replace(profile, refused_trades=(*profile.refused_trades, *sorted(cannot)))


def reordered(
    deployment: Deployment,
    matches: Sequence[Match],
    answers: Sequence[Responded],
    *,
    vacancies: Mapping[str, Vacancy],
    home: str | None,
) -> list[Match]:
    """Return `matches` without what was answered, what was complained of coming later."""
    answered = {answer.vacancy_id.hex for answer in answers}
    open_matches = [match for match in matches if match.vacancy_id not in answered]
    ranked = [
        (sum(_comes_later(deployment, answer, vacancies[match.vacancy_id], home)
             for answer in _newest_of_each(answers)), match)
        for match in open_matches
    ]  # fmt: skip
    return [match for _, match in sorted(ranked, key=lambda item: item[0])]


def _newest_of_each(answers: Sequence[Responded]) -> list[Responded]:
    return list({answer.response: answer for answer in answers}.values())


def _comes_later(
    deployment: Deployment, answer: Responded, vacancy: Vacancy, home: str | None
) -> bool:
    match answer.response:
        case Response.TOO_FAR:
            there = _distance(deployment, home, answer.place)
            here = _distance(deployment, home, vacancy.town or vacancy.adcode)
            return there is not None and here is not None and here >= there
        case Response.WAGE_LOW:
            wage = vacancy.wage_max or vacancy.wage_min
            return answer.wage is not None and wage is not None and wage <= answer.wage
        case Response.CANNOT:
            return vacancy.trade == answer.trade
        case _:
            return False


def _distance(deployment: Deployment, home: str | None, place: str | None) -> int | None:
    if home is None or place is None:
        return None
    return NEARNESS_ORDER.index(deployment.catalogue.places.nearness(home, place).value)


def _kept(
    memory: Mapping[str, object],
) -> list[tuple[str, str, str, int | None, str | None]]:
    return cast("list[tuple[str, str, str, int | None, str | None]]", memory.get(MEMORY_KEY) or [])
