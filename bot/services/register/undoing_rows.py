"""Takes rows of the smaller sheets back: households, drafts of vacancies, drafts of courses."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from bot.services.deployment import Deployment
from bot.services.vacancies import vacancies
from content.register_columns import Sheet
from storage.models import ImportedRow
from storage.states import VacancyStatus
from storage.training_states import CourseStatus
from storage.unit_of_work import UnitOfWork

Restore = Callable[[UnitOfWork, Deployment, Sequence[ImportedRow]], None]


def _households(uow: UnitOfWork, deployment: Deployment, rows: Sequence[ImportedRow]) -> None:
    """Write households back; those that were added go with the batch, where nobody is in them."""
    befores = {row.subject_id: row.before for row in rows if row.before is not None}
    for household in uow.register_entries.households(list(befores)):
        before = befores[household.id]
        household.home = cast("str | None", before["home"])
        household.relocated = before["relocated"] is True
        household.facts = dict(cast("Mapping[str, object]", before["facts"]))
        batch = before["batch_id"]
        household.batch_id = uuid.UUID(str(batch)) if batch else None
        household.changed_at = deployment.now


def _vacancies(uow: UnitOfWork, deployment: Deployment, rows: Sequence[ImportedRow]) -> None:
    """Withdraw drafts that nobody has confirmed since."""
    for row in rows:
        vacancy = uow.vacancies.get(row.subject_id)
        if vacancy is not None and vacancy.status is VacancyStatus.DRAFT:
            vacancies.drop_draft(uow, deployment, vacancy)
            vacancy.post_text = None


def _courses(uow: UnitOfWork, deployment: Deployment, rows: Sequence[ImportedRow]) -> None:
    """Call off courses that nobody has opened since."""
    for row in rows:
        course = uow.courses.get(row.subject_id)
        if course is not None and course.status is CourseStatus.DRAFT:
            course.status, course.changed_at = CourseStatus.CANCELLED, deployment.now


RESTORES: Mapping[str, Restore] = {
    Sheet.HOUSEHOLDS: _households,
    Sheet.VACANCIES: _vacancies,
    Sheet.COURSES: _courses,
}
