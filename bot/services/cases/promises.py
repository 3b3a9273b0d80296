"""Promises made to people: rows with a deadline that go up when they are not kept."""

from __future__ import annotations

import functools
import uuid
from datetime import datetime

from bot.messages import Option
from bot.services.cases.office_hours import spoken_moment
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.sending.deliveries import action_data
from bot.services.sending.one_by_one import succeeds
from storage.models import BenefitApplication, Case, Officer, Promise, Vacancy
from storage.unit_of_work import UnitOfWork

CASE = "case"
REVIEW = "review"
BENEFIT = "benefit"
BATCH = 100
JOB = "promises_overdue"
OPENED_BY = {CASE: "case", REVIEW: "review", BENEFIT: "benefit"}
KINDS = {CASE: "case", REVIEW: "vacancy", BENEFIT: "benefit_application"}
LETTERS = {CASE: "C", REVIEW: "V", BENEFIT: "B"}


def promise(
    uow: UnitOfWork,
    deployment: Deployment,
    *,
    what: str,
    subject_id: uuid.UUID,
    scope: str,
    due_at: datetime,
) -> Promise:
    """Write down what a person was told would happen.

    Args:
        uow: The transaction.
        deployment: The bureau.
        what: `case` (an officer calls), `review` (a vacancy is decided) or `benefit` (an
            application for a benefit is decided).
        subject_id: The case, the vacancy or the application.
        scope: Place code by which the officer is found.
        due_at: By when, as the person was told.
    """
    return uow.promises.add(
        Promise(
            what=what,
            subject_id=subject_id,
            scope=officers.scope_of(scope),
            due_at=due_at,
            made_at=deployment.now,
        )
    )


def keep(uow: UnitOfWork, deployment: Deployment, *, what: str, subject_id: uuid.UUID) -> None:
    """Note that what was promised has happened."""
    for row in uow.promises.open_ones(what, subject_id):
        row.kept_at = deployment.now


def due_at(uow: UnitOfWork, *, what: str, subject_id: uuid.UUID) -> datetime | None:
    """Return by when the newest open promise about a subject falls due, or None."""
    rows = uow.promises.open_ones(what, subject_id)
    return rows[0].due_at if rows else None


def escalate_overdue(uow: UnitOfWork, deployment: Deployment) -> int:
    """Tell the officer of the next wider scope of every broken promise, once each.

    Where nobody stands above, the owner is told. The promise stays open until it is kept. One
    that cannot be escalated keeps no other back.

    Returns:
        How many promises were escalated.
    """
    escalated = 0
    passed_over: set[uuid.UUID] = set()
    while True:
        rows = uow.promises.overdue(now=deployment.now, limit=BATCH, besides=passed_over)
        keys = [row.id for row in rows]
        for key, row in zip(keys, rows, strict=True):
            work = functools.partial(_escalate, uow, deployment, row)
            kind = KINDS.get(row.what, CASE)
            if succeeds(uow, work, job=JOB, kind=kind, key=row.subject_id):
                escalated += 1
            passed_over.add(key)
        if len(rows) < BATCH:
            return escalated


def _escalate(uow: UnitOfWork, deployment: Deployment, row: Promise) -> bool:
    owner = _owner(uow, row)
    if owner is None:
        return False  # the first officer to come is told
    row.escalated_at = deployment.now
    deployment = deployment.of(_bureau(uow, row))
    told = officers.wider_than(uow, owner) or owner
    _tell(uow, deployment, row, owner=owner, told=told)
    return True


def _owner(uow: UnitOfWork, row: Promise) -> Officer | None:
    case = uow.cases.get(row.subject_id) if row.what == CASE else None
    if case is not None:
        return uow.officers.need(case.officer_id)
    covering = uow.officers.covering(row.scope)
    return covering[0] if covering else None


def _tell(
    uow: UnitOfWork, deployment: Deployment, row: Promise, *, owner: Officer, told: Officer
) -> None:
    language = officers.language_of(uow, told)
    action = OPENED_BY.get(row.what)
    option = Option(
        1,
        deployment.text("cases.overdue.open", language),
        action_data(action or "", row.subject_id.hex),
    )
    officers.inform(
        uow,
        deployment,
        told,
        f"cases.overdue.{row.what if action else 'other'}",
        dedupe=f"overdue:{row.id.hex}",
        subject_id=row.subject_id,
        options=(option,) if action else (),
        reference=_reference(uow, row),
        owner=officers.spoken_name(deployment, owner, language),
        due=spoken_moment(deployment, row.due_at, language),
    )


def _bureau(uow: UnitOfWork, row: Promise) -> str:
    subject = _subject(uow, row)
    return subject.bureau_adcode if subject is not None else ""


def _subject(uow: UnitOfWork, row: Promise) -> Case | Vacancy | BenefitApplication | None:
    if row.what == CASE:
        return uow.cases.get(row.subject_id)
    if row.what == BENEFIT:
        return uow.benefit_applications.get(row.subject_id)
    return uow.vacancies.get(row.subject_id) if row.what == REVIEW else None


def _reference(uow: UnitOfWork, row: Promise) -> str:
    subject = _subject(uow, row)
    if subject is None:
        return row.what
    return f"{LETTERS[row.what]}-{subject.number:04d}"
