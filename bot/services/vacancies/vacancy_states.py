"""Which state of a vacancy may follow which (domain A4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.errors import UserError
from storage.models import Vacancy
from storage.states import VacancyStatus

_S = VacancyStatus
ALLOWED: Mapping[VacancyStatus, frozenset[VacancyStatus]] = {
    _S.DRAFT: frozenset({_S.CONFIRMED, _S.REJECTED, _S.WITHDRAWN}),
    _S.CONFIRMED: frozenset({_S.IN_REVIEW, _S.REJECTED, _S.WITHDRAWN}),
    _S.IN_REVIEW: frozenset({_S.PUBLISHED, _S.NEEDS_FIX, _S.REJECTED, _S.WITHDRAWN}),
    _S.NEEDS_FIX: frozenset({_S.IN_REVIEW, _S.REJECTED, _S.WITHDRAWN}),
    _S.PUBLISHED: frozenset({_S.IN_REVIEW, _S.FILLED, _S.EXPIRED, _S.WITHDRAWN, _S.SUSPENDED}),
    _S.SUSPENDED: frozenset({_S.IN_REVIEW, _S.WITHDRAWN}),
    _S.REJECTED: frozenset(),
    _S.FILLED: frozenset(),
    _S.EXPIRED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
# What the firm may still word otherwise; the rest is over and can only be posted anew.
CHANGEABLE = frozenset(state for state, following in ALLOWED.items() if following)


class VacancyStateError(UserError):
    """What was asked cannot be done in the state the vacancy is in.

    The text tells the state and what can be done instead.
    """

    def __init__(self, vacancy: Vacancy) -> None:
        super().__init__(f"vacancy_list.refused.{vacancy.status.value}", number=reference(vacancy))


def reference(vacancy: Vacancy) -> str:
    """Return the number by which people name a vacancy, such as V-0201."""
    return f"V-{vacancy.number:04d}"


def move(vacancy: Vacancy, to: VacancyStatus) -> None:
    """Put the vacancy into the state `to`.

    Raises:
        VacancyStateError: That state cannot follow the present one.
    """
    if to not in ALLOWED[vacancy.status]:
        raise VacancyStateError(vacancy)
    vacancy.status = to


def need_changeable(vacancy: Vacancy) -> None:
    """Make sure the vacancy may still be worded otherwise.

    Raises:
        VacancyStateError: It was rejected or closed.
    """
    if vacancy.status not in CHANGEABLE:
        raise VacancyStateError(vacancy)


def mark_published(vacancy: Vacancy, *, now: datetime) -> None:
    """Open the vacancy to workers; only `publishing.publish` calls this.

    Raises:
        VacancyStateError: It is not in review.
    """
    move(vacancy, VacancyStatus.PUBLISHED)
    vacancy.published_at = now


def mark_needs_fix(vacancy: Vacancy) -> None:
    """Give the vacancy back to the firm for other words.

    Raises:
        VacancyStateError: It is not in review.
    """
    move(vacancy, VacancyStatus.NEEDS_FIX)


def mark_rejected(vacancy: Vacancy, *, now: datetime) -> None:
    """Refuse the vacancy for good.

    Raises:
        VacancyStateError: It is published, or over already.
    """
    move(vacancy, VacancyStatus.REJECTED)
    vacancy.closed_at = now


def mark_suspended(vacancy: Vacancy) -> None:
    """Take a published vacancy off the board until an officer has looked into it.

    Raises:
        VacancyStateError: It is not published.
    """
    move(vacancy, VacancyStatus.SUSPENDED)
