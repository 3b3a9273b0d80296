"""How often showings led on to kept jobs: counted from what happened, and kept by key."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import case, delete, func, insert, select

from storage.models.matching import SuccessFigure
from storage.models.vacancies import Recommendation, Vacancy
from storage.models.work import Application, Case, Employment
from storage.repositories.base import Repository
from storage.states import ApplicationStatus, CaseStatus, EndReason, Matter, Response

# The firm has had its say, or had its time for it; a withdrawal is the worker's.
DECIDED = (
    ApplicationStatus.HIRED,
    ApplicationStatus.NO_SHOW,
    ApplicationStatus.REJECTED,
    ApplicationStatus.NO_ANSWER,
)
# What was recorded wrongly never was a spell.
NEVER_WAS = (EndReason.CORRECTED,)


class Whose(NamedTuple):
    """The trade and the firm to which something counts."""

    trade: str
    enterprise_id: uuid.UUID


class Shown(NamedTuple):
    """Showings: a worker and a vacancy count once."""

    shown: int
    answered: int
    applied: int


class Decided(NamedTuple):
    """Applications on which was decided, and how many were hired."""

    decided: int
    hired: int


@dataclass(frozen=True, slots=True)
class Spell:
    """A spell of work at a firm that is in the register."""

    whose: Whose
    started_on: date
    ended_on: date | None


class SuccessFigures(Repository[SuccessFigure]):
    """How often showings led on, by bureau; and the questions by which it is counted."""

    kind = SuccessFigure

    def of_bureau(self, bureau_adcode: str) -> list[SuccessFigure]:
        """Return all figures of a bureau, by kind and key."""
        return list(
            self.session.scalars(
                select(SuccessFigure)
                .where(SuccessFigure.bureau_adcode == bureau_adcode)
                .order_by(SuccessFigure.kind, SuccessFigure.key)
            )
        )

    def replace(self, bureau_adcode: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Store these figures, given as columns, in place of all that the bureau had."""
        self.session.execute(
            delete(SuccessFigure).where(SuccessFigure.bureau_adcode == bureau_adcode)
        )
        if rows:
            self.session.execute(insert(SuccessFigure), list(rows))

    def showings(
        self, bureau_adcode: str, *, since: datetime, until: datetime
    ) -> dict[Whose, Shown]:
        """Count whom vacancies were first shown to in a span of time, and what they said."""
        is_applied = case((Recommendation.response == Response.APPLIED, 1), else_=0)
        rows = self.session.execute(
            select(
                Vacancy.trade,
                Vacancy.enterprise_id,
                func.count(),
                func.count(Recommendation.response),
                func.sum(is_applied),
            )
            .join(Vacancy, Vacancy.id == Recommendation.vacancy_id)
            .where(
                Vacancy.bureau_adcode == bureau_adcode,
                Recommendation.first_shown_at >= since,
                Recommendation.first_shown_at < until,
            )
            .group_by(Vacancy.trade, Vacancy.enterprise_id)
        )
        return {Whose(row[0], row[1]): Shown(row[2], row[3], int(row[4])) for row in rows}

    def decisions(self, bureau_adcode: str, *, since: datetime) -> dict[Whose, Decided]:
        """Count the applications since then on which the firms decided, or did not care to."""
        is_hired = case((Application.status == ApplicationStatus.HIRED, 1), else_=0)
        rows = self.session.execute(
            select(Vacancy.trade, Vacancy.enterprise_id, func.count(), func.sum(is_hired))
            .join(Vacancy, Vacancy.id == Application.vacancy_id)
            .where(
                Vacancy.bureau_adcode == bureau_adcode,
                Application.status.in_(DECIDED),
                Application.created_at >= since,
            )
            .group_by(Vacancy.trade, Vacancy.enterprise_id)
        )
        return {Whose(row[0], row[1]): Decided(row[2], int(row[3])) for row in rows}

    def spells(self, bureau_adcode: str, *, since: date) -> list[Spell]:
        """Return the spells that began with a vacancy of this bureau since then."""
        rows = self.session.execute(
            select(Vacancy.trade, Vacancy.enterprise_id, Employment.started_on, Employment.ended_on)
            .join(Vacancy, Vacancy.id == Employment.vacancy_id)
            .where(
                Vacancy.bureau_adcode == bureau_adcode,
                Employment.started_on >= since,
                Employment.end_reason.is_(None) | Employment.end_reason.not_in(NEVER_WAS),
            )
        )
        return [Spell(Whose(row[0], row[1]), row[2], row[3]) for row in rows]

    def complaints(self, bureau_adcode: str, *, since: datetime) -> dict[uuid.UUID, int]:
        """Count by firm the grievances since then that were not false alarms."""
        rows = self.session.execute(
            select(Case.enterprise_id, Case.matters).where(
                Case.bureau_adcode == bureau_adcode,
                Case.enterprise_id.is_not(None),
                Case.opened_at >= since,
                Case.status != CaseStatus.FALSE_ALARM,
            )
        )
        found: dict[uuid.UUID, int] = {}
        for enterprise_id, matters in rows:
            if enterprise_id is not None and Matter.GRIEVANCE in matters:
                found[enterprise_id] = found.get(enterprise_id, 0) + 1
        return found
