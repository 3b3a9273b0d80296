"""What follows when a worker who applied was not called, or has not begun."""

from __future__ import annotations

from bot.services.deployment import Deployment
from bot.services.follow_up.check_ins import LATER_START_DAY, plan_question
from bot.services.follow_up.employments import note_absence
from bot.services.follow_up.firm_questions import remind_firm
from bot.services.people import officers
from bot.services.people.workers import short_name
from bot.services.vacancies.vacancies import reference
from storage.models import Application, CheckIn
from storage.states import ApplicationStatus, CheckInKind, Source
from storage.unit_of_work import UnitOfWork

WAITING = frozenset({ApplicationStatus.SENT, ApplicationStatus.INTERVIEW})


def note_not_called(
    uow: UnitOfWork, deployment: Deployment, application: Application, row: CheckIn
) -> None:
    """Remind the firm of an applicant it has not called."""
    application.firm_called = False
    remind_firm(uow, deployment, row)


def note_not_started(
    uow: UnitOfWork, deployment: Deployment, application: Application, row: CheckIn
) -> None:
    """Look after an applicant who has not begun.

    Against the firm's word that it hired, an officer looks at it. Where the firm has let the
    worker wait twice (no call, no work), the officer is told; else it is asked once more.
    """
    if note_absence(uow, deployment, application, source=Source.WORKER):
        return
    if application.firm_called is False or row.day >= LATER_START_DAY:
        _tell_officer(uow, deployment, application, row)
    elif application.status in WAITING:
        plan_question(uow, deployment, application, CheckInKind.STARTED_WORK, day=LATER_START_DAY)


def _tell_officer(
    uow: UnitOfWork, deployment: Deployment, application: Application, row: CheckIn
) -> None:
    worker = uow.workers.need(application.worker_id)
    vacancy = uow.vacancies.need(application.vacancy_id)
    officer = officers.owner_for(
        uow,
        officers.code_of_worker(worker, deployment.bureau_adcode),
        person=application.address_id,
        bureau=deployment.bureau_adcode,
    )
    language = officers.language_of(uow, officer)
    officers.inform(
        uow,
        deployment,
        officer,
        "check_in.officer.firm_silent",
        dedupe=f"firm_silent:{row.id.hex}",
        subject_id=application.id,
        name=short_name(worker.name) or deployment.text("check_in.firm.nameless", language),
        reference=reference(vacancy),
    )
