"""What a worker said to vacancies; `matching.ranking.answers` tells what it changes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from matching.ranking.answers import Answer
from storage.models import Vacancy as VacancyRow
from storage.states import Response
from storage.unit_of_work import UnitOfWork

MEMORY_KEY = "responses"
# Key, response, then the fields of `Responded` in their order.
_Kept = tuple[str, str, str, int | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Responded:
    """An answer to one vacancy, with what of the vacancy it may have been about."""

    vacancy_id: uuid.UUID
    response: Response
    trade: str = ""
    wage: int | None = None
    place: str | None = None
    employer: str | None = None


def responded(vacancy: VacancyRow, response: Response) -> Responded:
    """Return the answer `response` to a stored vacancy."""
    return Responded(
        vacancy_id=vacancy.id,
        response=response,
        trade=vacancy.trade,
        wage=vacancy.wage_max or vacancy.wage_min,
        place=vacancy.town or vacancy.adcode,
        employer=vacancy.enterprise_id.hex,
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
            answer.employer,
        ],
    ]


def remembered(memory: Mapping[str, object]) -> list[Responded]:
    """Return the answers kept by `remember`, the oldest first."""
    return [
        Responded(uuid.UUID(key), Response(response), trade, wage, place, firm)
        for key, response, trade, wage, place, firm in _kept(memory)
    ]


def matched_answer(answer: Responded) -> Answer:
    """Return an answer as the ranking reads it."""
    return Answer(
        vacancy_id=answer.vacancy_id.hex,
        response=answer.response.value,
        trade=answer.trade,
        wage=answer.wage,
        place=answer.place,
        employer=answer.employer,
    )


def _kept(memory: Mapping[str, object]) -> list[_Kept]:
    return cast("list[_Kept]", memory.get(MEMORY_KEY) or [])
