"""Spells of work: opened by anybody's word, never overlapping, with their history kept."""

from __future__ import annotations

import uuid
from datetime import date

from bot.services.deployment import Deployment
from bot.services.follow_up import check_ins
from bot.services.follow_up.disagreements import dispute
from bot.services.follow_up.spell_dates import close_spell, make_room
from bot.services.people.workers import set_status
from storage.models import Application, Employment, Vacancy, Worker
from storage.states import (
    ApplicationStatus,
    CheckInKind,
    CheckInStatus,
    EndReason,
    Source,
    WorkerStatus,
)
from storage.unit_of_work import UnitOfWork

OUT_OF_WORK = frozenset({EndReason.LOST, EndReason.QUIT, EndReason.EMPLOYER_CLOSED})
FIRM_SAYS_NO = frozenset({ApplicationStatus.NO_SHOW, ApplicationStatus.REJECTED})


def open_spell(
    uow: UnitOfWork,
    deployment: Deployment,
    *,
    worker: Worker,
    started_on: date,
    source: Source,
    application: Application | None = None,
    vacancy: Vacancy | None = None,
    enterprise_id: uuid.UUID | None = None,
    employer: str | None = None,
    workplace: str | None = None,
) -> Employment:
    """Open a worker's spell on somebody's word, and plan its check-ins.

    The firm's word and the worker's word for one application make one spell. A spell that
    covers the new start ends the day before; a start before a later spell ends before it, so
    primary spells never overlap. What was believed before stays in the versions. Employer and
    workplace default to the vacancy's; days are the city's and may lie in the past.

    Returns:
        The spell, which is already closed when a later one is known.
    """
    known = uow.employments.of_application(application.id) if application else None
    if known is not None:
        return _confirmed(uow, deployment, known, worker=worker, source=source)
    spell = _believed_from_now(deployment, worker, started_on, source)
    spell.application_id = application.id if application else None
    _take_over(uow, spell, application, vacancy)
    spell.enterprise_id = enterprise_id or spell.enterprise_id
    spell.employer, spell.workplace = employer, workplace or spell.workplace
    spell.ended_on = make_room(uow, deployment, worker, started_on)
    spell.end_reason = EndReason.CHANGED if spell.ended_on is not None else None
    uow.employments.add(spell)
    uow.employments.record(spell, at=deployment.now)
    _after_opening(uow, deployment, spell, worker=worker, application=application)
    return spell


def end_spell(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    *,
    on: date,
    reason: EndReason,
    source: Source,
) -> Employment | None:
    """End a worker's open spell; None when there is none.

    Args:
        uow: The transaction.
        deployment: The bureau.
        worker: Who stopped working.
        on: Last day of work; never before the start, which then counts.
        reason: Why; who lost or left work is looking for it again.
        source: Whose word it is; a worker's own word confirms the spell until then.
    """
    spell = uow.employments.open_of(worker.id)
    if spell is None:
        return None
    close_spell(uow, deployment, spell, on=max(on, spell.started_on), reason=reason)
    if source is Source.WORKER:
        spell.last_confirmed_on = deployment.today
    if reason in OUT_OF_WORK and worker.status is not WorkerStatus.LEFT:
        set_status(uow, worker, WorkerStatus.SEEKING, now=deployment.now)
    return spell


def resume_spell(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, spell: Employment
) -> bool:
    """Take an end back that was none (a holiday); False when another spell began since."""
    spells = uow.employments.of_worker(worker.id)
    if not spells or spells[-1].id != spell.id:
        return False
    spell.ended_on, spell.end_reason = None, None
    spell.last_confirmed_on = deployment.today
    uow.employments.record(spell, at=deployment.now)
    check_ins.plan_for_spell(uow, deployment, spell)
    set_status(uow, worker, WorkerStatus.EMPLOYED, now=deployment.now)
    return True


def confirm(uow: UnitOfWork, deployment: Deployment, spell: Employment) -> None:
    """Note that the worker is still there; questions about how it began are settled."""
    spell.last_confirmed_on = deployment.today
    if spell.application_id is not None:
        check_ins.cancel_for_application(uow, spell.application_id, check_ins.WORKER_KINDS)


def note_absence(
    uow: UnitOfWork, deployment: Deployment, application: Application, *, source: Source
) -> bool:
    """Note that one side says nobody came to work, against the other side's word.

    Nothing is ended and nobody is told what the other said; an officer looks at it.

    Who takes back the only word behind a spell corrects it away.

    Returns:
        Whether the two words disagree.
    """
    spell = uow.employments.of_application(application.id)
    if spell is None or spell.ended_on is not None:
        return False
    if spell.source is source and (source is Source.WORKER or not _worker_was_there(uow, spell)):
        _take_back(uow, deployment, spell)
        return False
    dispute(uow, deployment, spell)
    return True


def _worker_was_there(uow: UnitOfWork, spell: Employment) -> bool:
    """Tell whether the worker's own word stands behind the spell."""
    rows = uow.check_ins.of_employment(spell.id)
    if spell.application_id is not None:
        rows += uow.check_ins.of_application(spell.application_id)
    return spell.source is Source.WORKER or any(
        row.status is CheckInStatus.SAME and row.kind in check_ins.PRESENCE_KINDS for row in rows
    )


def _take_back(uow: UnitOfWork, deployment: Deployment, spell: Employment) -> None:
    """Undo a spell that only its own source had claimed."""
    close_spell(uow, deployment, spell, on=spell.started_on, reason=EndReason.CORRECTED)
    worker = uow.workers.need(spell.worker_id)
    if worker.status is WorkerStatus.EMPLOYED:
        set_status(uow, worker, WorkerStatus.SEEKING, now=deployment.now)


def _believed_from_now(
    deployment: Deployment, worker: Worker, started_on: date, source: Source
) -> Employment:
    return Employment(
        worker_id=worker.id,
        channel="enterprise",
        started_on=started_on,
        source=source,
        disputed=False,
        last_confirmed_on=deployment.today,
        recorded_at=deployment.now,
    )


def _take_over(
    uow: UnitOfWork,
    spell: Employment,
    application: Application | None,
    vacancy: Vacancy | None,
) -> None:
    """Fill firm, workplace and trade from the vacancy that led to the spell."""
    if vacancy is None and application is not None:
        vacancy = uow.vacancies.get(application.vacancy_id)
    if vacancy is not None:
        spell.vacancy_id, spell.enterprise_id = vacancy.id, vacancy.enterprise_id
        spell.workplace, spell.trade = vacancy.town or vacancy.adcode, vacancy.trade


def _confirmed(
    uow: UnitOfWork, deployment: Deployment, spell: Employment, *, worker: Worker, source: Source
) -> Employment:
    if source is not spell.source and spell.disputed:
        spell.disputed = False
        uow.employments.record(spell, at=deployment.now)
    if source is Source.WORKER:
        confirm(uow, deployment, spell)
    if spell.ended_on is None and worker.status is not WorkerStatus.EMPLOYED:
        set_status(uow, worker, WorkerStatus.EMPLOYED, now=deployment.now)
    return spell


def _after_opening(
    uow: UnitOfWork,
    deployment: Deployment,
    spell: Employment,
    *,
    worker: Worker,
    application: Application | None,
) -> None:
    if spell.ended_on is None:
        check_ins.plan_for_spell(uow, deployment, spell)
        set_status(uow, worker, WorkerStatus.EMPLOYED, now=deployment.now)
    if application is None:
        return
    if spell.source is Source.WORKER:
        check_ins.cancel_for_application(
            uow,
            application.id,
            {CheckInKind.FIRM_CALLED, CheckInKind.STARTED_WORK, CheckInKind.APPLICANT_CALLED},
        )
        if application.status in FIRM_SAYS_NO:
            dispute(uow, deployment, spell)
    else:
        called = {*check_ins.FIRM_KINDS, CheckInKind.FIRM_CALLED}
        check_ins.cancel_for_application(uow, application.id, called)
        check_ins.bring_forward(uow, deployment, application, spell.started_on)
        if application.status is ApplicationStatus.WITHDRAWN:
            dispute(uow, deployment, spell)
