"""Which vacancies an officer may send to many."""

from __future__ import annotations

import re

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.vacancies.vacancy_states import reference
from storage.models import Officer, Vacancy
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork

VACANCY_NUMBER = re.compile(r"[Vv][-－—_ ]?0*(\d{1,9})")
SHOWN = 8


def need_sendable(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, vacancy: Vacancy
) -> None:
    """Make sure that an officer may send a vacancy.

    Raises:
        UserError: It is not open, or its firm is not in the officer's scope.
    """
    firm = uow.enterprises.need(vacancy.enterprise_id)
    if vacancy.bureau_adcode != deployment.bureau_adcode or not officers.is_in_scope(
        officer, officers.code_of_enterprise(firm)
    ):
        raise UserError("broadcasting.refused.no_vacancy")
    is_over = vacancy.valid_until is not None and vacancy.valid_until < deployment.today
    if vacancy.status is not VacancyStatus.PUBLISHED or is_over:
        raise UserError("broadcasting.refused.vacancy_closed", number=reference(vacancy))


def open_vacancies(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, *, limit: int = SHOWN
) -> list[Vacancy]:
    """Return the open vacancies that an officer may send, the newest first."""
    found = uow.broadcasts.open_vacancies(
        deployment.bureau_adcode, scope=officer.scope, today=deployment.today, limit=limit
    )
    return list(found)


def vacancy_of_number(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, words: str
) -> Vacancy | None:
    """Return the vacancy that V-0201 names, which the officer may send; None without a number.

    Raises:
        UserError: There is none with this number, or it cannot be sent.
    """
    found = VACANCY_NUMBER.fullmatch(words.strip())
    if found is None:
        return None
    vacancy = uow.vacancies.of_number(deployment.bureau_adcode, int(found[1]))
    if vacancy is None:
        raise UserError("broadcasting.refused.no_vacancy")
    need_sendable(uow, deployment, officer, vacancy)
    return vacancy
