"""Which vacancies somebody may look at and change: the firm's own, or what an officer posted."""

from __future__ import annotations

import uuid

from bot.conversations.turn import Turn
from bot.errors import UserError
from storage.models import Vacancy
from storage.states import Role


def row_key(argument: str) -> uuid.UUID:
    """Return the key that a button carries.

    Raises:
        UserError: It is no key; no button of ours sends that.
    """
    try:
        return uuid.UUID(argument)
    except ValueError:
        raise UserError("vacancy_list.refused.not_yours") from None


def own_vacancies(turn: Turn) -> list[Vacancy]:
    """Return what this firm, or this officer for firms, has posted, newest first."""
    if turn.role is Role.OFFICER and turn.officer is not None:
        return turn.uow.vacancies.posted_by(turn.officer.id)
    if turn.enterprise is None:
        raise UserError("vacancy_posting.refused.no_firm")
    return turn.uow.vacancies.of_enterprise(turn.enterprise.id)


def own_vacancy(turn: Turn, vacancy_hex: str) -> Vacancy:
    """Return the vacancy, held, if it is this firm's or was posted by this officer.

    Raises:
        UserError: It is somebody else's, or there is none.
    """
    vacancy = turn.uow.vacancies.lock(row_key(vacancy_hex))
    firm, officer = turn.enterprise, turn.officer
    is_own = vacancy is not None and (
        (firm is not None and vacancy.enterprise_id == firm.id)
        or (officer is not None and vacancy.posted_by_officer == officer.id)
    )
    if vacancy is None or not is_own:
        raise UserError("vacancy_list.refused.not_yours")
    return vacancy
