"""Which vacancies somebody may look at and change: the firm's own, or what an officer posted."""

from __future__ import annotations

import uuid

from bot.conversations.turn import Turn
from bot.errors import UserError
from bot.services.people import officers
from bot.services.vacancies import reviews
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
    """Return what this firm has posted, or officers for firms in this officer's scope.

    The newest come first.
    """
    officer = turn.officer
    if turn.role is Role.OFFICER and officer is not None:
        rows = turn.uow.vacancies.posted_for_firms(scope=officer.scope)
        return [
            vacancy
            for vacancy, firm in rows
            if officers.is_in_scope(officer, officers.code_of_enterprise(firm))
        ]
    if turn.enterprise is None:
        raise UserError("vacancy_posting.refused.no_firm")
    return turn.uow.vacancies.of_enterprise(turn.enterprise.id)


def own_vacancy(turn: Turn, vacancy_hex: str) -> Vacancy:
    """Return the vacancy, held, if this firm or this officer may change it.

    Raises:
        UserError: It is somebody else's, or there is none.
    """
    vacancy = turn.uow.vacancies.lock(row_key(vacancy_hex))
    if vacancy is None or not _may_change(turn, vacancy):
        raise UserError("vacancy_list.refused.not_yours")
    return vacancy


def vacancy_with_applicants(turn: Turn, vacancy_hex: str) -> Vacancy:
    """Return the vacancy, held, if its applicants' names may be shown here.

    Raises:
        UserError: They may not, or there is no such vacancy.
    """
    vacancy = turn.uow.vacancies.lock(row_key(vacancy_hex))
    if vacancy is None or not may_speak_for_firm(turn, vacancy):
        raise UserError("vacancy_list.refused.not_yours")
    return vacancy


def may_speak_for_firm(turn: Turn, vacancy: Vacancy) -> bool:
    """Tell whether this is the firm itself, or an officer who looks after the firm's place."""
    return is_firms_own(turn, vacancy) or _is_in_charge(turn, vacancy)


def is_firms_own(turn: Turn, vacancy: Vacancy) -> bool:
    """Tell whether the vacancy belongs to the firm that speaks at this address."""
    return turn.enterprise is not None and vacancy.enterprise_id == turn.enterprise.id


def _may_change(turn: Turn, vacancy: Vacancy) -> bool:
    if is_firms_own(turn, vacancy):
        return True
    # A firm's own words are the firm's; an officer puts right what an officer posted.
    return vacancy.posted_by_officer is not None and _is_in_charge(turn, vacancy)


def _is_in_charge(turn: Turn, vacancy: Vacancy) -> bool:
    officer = turn.officer
    if officer is None:
        return False
    return reviews.visible_vacancy(turn.uow, turn.deployment, officer, vacancy.id) is not None
