"""Takes rows of the smaller sheets back: households, drafts of vacancies, drafts of courses."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import cast

from bot.services.deployment import Deployment
from bot.services.vacancies import vacancies
from content.register_columns import Sheet
from storage.models import ImportedRow
from storage.states import VacancyStatus
from storage.training_states import CourseStatus
from storage.unit_of_work import UnitOfWork

Restore = Callable[[UnitOfWork, Deployment, ImportedRow], None]


def _household(uow: UnitOfWork, deployment: Deployment, row: ImportedRow) -> None:
    """Write a household back; one that was added goes with the batch, where nobody is in it."""
    if row.before is None:
        return
    household = uow.register_entries.household(row.subject_id)
    household.home = cast("str | None", row.before["home"])
    household.relocated = row.before["relocated"] is True
    household.facts = dict(cast("Mapping[str, object]", row.before["facts"]))
    batch = row.before["batch_id"]
    household.batch_id = uuid.UUID(str(batch)) if batch else None
    household.changed_at = deployment.now


def _vacancy(uow: UnitOfWork, deployment: Deployment, row: ImportedRow) -> None:
    """Withdraw a draft that nobody has confirmed since."""
    vacancy = uow.vacancies.get(row.subject_id)
    if vacancy is not None and vacancy.status is VacancyStatus.DRAFT:
        vacancies.drop_draft(uow, deployment, vacancy)
        vacancy.post_text = None


def _course(uow: UnitOfWork, deployment: Deployment, row: ImportedRow) -> None:
    """Call off a course that nobody has opened since."""
    course = uow.courses.get(row.subject_id)
    if course is not None and course.status is CourseStatus.DRAFT:
        course.status, course.changed_at = CourseStatus.CANCELLED, deployment.now


RESTORES: Mapping[str, Restore] = {
    Sheet.HOUSEHOLDS: _household,
    Sheet.VACANCIES: _vacancy,
    Sheet.COURSES: _course,
}
