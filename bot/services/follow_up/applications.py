"""Applications: from the first interest to the firm's last word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.follow_up import check_ins, employments
from bot.services.follow_up.application_messages import (
    tell_firm_of_new,
    tell_firm_of_withdrawal,
    tell_worker,
)
from bot.services.ranking.recommendations import respond
from bot.services.vacancies import vacancies
from storage.models import Application, ContactAddress, Vacancy, Worker
from storage.states import (
    ApplicationStatus,
    CheckInKind,
    EndReason,
    Response,
    Source,
    VacancyStatus,
)
from storage.unit_of_work import UnitOfWork

_S = ApplicationStatus
_FIRMS_WORDS = frozenset({_S.INTERVIEW, _S.HIRED, _S.NO_SHOW, _S.REJECTED, _S.NO_ANSWER})
# Domain A4.5. A firm may change its mind, so its words can follow one another; what the worker
# gave up can only be taken back by applying again, or by having begun to work after all.
ALLOWED: Mapping[ApplicationStatus, frozenset[ApplicationStatus]] = {
    _S.INTERESTED: frozenset({_S.CONSENTED, _S.WITHDRAWN}),
    _S.CONSENTED: frozenset({_S.SENT, _S.WITHDRAWN}),
    _S.SENT: _FIRMS_WORDS | {_S.WITHDRAWN},
    _S.INTERVIEW: _FIRMS_WORDS | {_S.WITHDRAWN},
    _S.NO_ANSWER: _FIRMS_WORDS | {_S.WITHDRAWN},
    _S.NO_SHOW: frozenset({_S.INTERVIEW, _S.HIRED, _S.REJECTED, _S.WITHDRAWN}),
    _S.REJECTED: frozenset({_S.INTERVIEW, _S.HIRED}),
    _S.HIRED: frozenset({_S.NO_SHOW}),
    _S.WITHDRAWN: frozenset({_S.CONSENTED, _S.HIRED}),
}
OVER = frozenset({_S.WITHDRAWN, _S.REJECTED, _S.NO_SHOW})
ABOUT_APPLICATIONS = frozenset(
    {
        CheckInKind.FIRM_CALLED,
        CheckInKind.STARTED_WORK,
        CheckInKind.APPLICANT_CALLED,
        CheckInKind.APPLICANT_STARTED,
    }
)


class ApplicationStateError(UserError):
    """What was asked cannot follow the state the application is in."""

    def __init__(self) -> None:
        super().__init__("applications.refused.not_possible")


def is_sent(application: Application | None) -> bool:
    """Tell whether the firm knows of this application and it has not ended."""
    return application is not None and application.status in (_FIRMS_WORDS | {_S.SENT}) - OVER


def express_interest(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    vacancy: Vacancy,
    address: ContactAddress,
) -> Application:
    """Return the worker's application for this vacancy, begun as `interested` if there is none.

    The firm learns nothing of it.
    """
    known = uow.applications.of_pair(worker.id, vacancy.id)
    if known is not None:
        return known
    now = deployment.now
    return uow.applications.add(
        Application(
            worker_id=worker.id,
            vacancy_id=vacancy.id,
            address_id=address.id,
            status=_S.INTERESTED,
            created_at=now,
            changed_at=now,
        )
    )


def apply(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    vacancy: Vacancy,
    address: ContactAddress,
) -> Application:
    """Send the worker's application to the firm, once; the caller recorded the consent.

    Raises:
        UserError: The vacancy is closed by now, or the firm said no to this worker before.
    """
    held = uow.vacancies.lock(vacancy.id)
    if held is None or held.status is not VacancyStatus.PUBLISHED:
        raise UserError("applications.closed.now")
    application = express_interest(uow, deployment, worker, held, address)
    if is_sent(application):
        return application
    if application.status is not _S.CONSENTED:
        _move(deployment, application, _S.CONSENTED)
    _move(deployment, application, _S.SENT)
    application.sent_at = deployment.now
    application.address_id = address.id
    uow.session.flush()
    respond(uow, deployment, worker.id, held.id, Response.APPLIED)
    tell_firm_of_new(uow, deployment, application, worker=worker, vacancy=held)
    check_ins.plan_for_application(uow, deployment, application)
    return application


def mark(
    uow: UnitOfWork,
    deployment: Deployment,
    application: Application,
    status: ApplicationStatus,
    *,
    source: Source,
    started_on: date | None = None,
) -> None:
    """Put an application into `status` on somebody's word, and do what follows from it.

    The worker hears of the firm's and the officer's words, the firm of a withdrawal. `hired`
    opens a spell and counts against the headcount; the last place closes the vacancy.

    Args:
        uow: The transaction.
        deployment: The bureau.
        application: Locked here, so two words at once follow one another.
        status: The new state; the present one again changes nothing.
        source: Whose word it is.
        started_on: First day of work of somebody hired; today when None.

    Raises:
        ApplicationStateError: `status` cannot follow the present state.
    """
    held = uow.applications.lock(application.id) or application
    if held.status is status and status is not _S.HIRED:
        return
    vacancy = uow.vacancies.need(held.vacancy_id)
    worker = uow.workers.need(held.worker_id)
    if status is _S.HIRED:
        # The spell compares this word with what was said before, so it comes first.
        _check(held, status)
        _open_spell(uow, deployment, held, source=source, started_on=started_on)
        if held.status is status:
            return
    _move(deployment, held, status)
    uow.session.flush()
    _follow_up(uow, deployment, held, worker=worker, vacancy=vacancy, source=source)


def _open_spell(
    uow: UnitOfWork,
    deployment: Deployment,
    application: Application,
    *,
    source: Source,
    started_on: date | None,
) -> None:
    vacancy = uow.vacancies.need(application.vacancy_id)
    employments.open_spell(
        uow,
        deployment,
        worker=uow.workers.need(application.worker_id),
        started_on=started_on or deployment.today,
        source=source,
        application=application,
        vacancy=vacancy,
        enterprise_id=vacancy.enterprise_id,
    )


def _follow_up(
    uow: UnitOfWork,
    deployment: Deployment,
    application: Application,
    *,
    worker: Worker,
    vacancy: Vacancy,
    source: Source,
) -> None:
    if application.status in OVER:
        # Of an absence the worker is asked too: the firm's word is one of two.
        is_one_word = application.status is _S.NO_SHOW and source is not Source.WORKER
        kept = {CheckInKind.STARTED_WORK} if is_one_word else set[CheckInKind]()
        check_ins.cancel_for_application(uow, application.id, ABOUT_APPLICATIONS - kept)
    if application.status is _S.NO_SHOW:
        _take_back_spell(uow, deployment, application, worker=worker, source=source)
    if source is not Source.WORKER:
        tell_worker(uow, deployment, application, vacancy)
    elif application.status is _S.WITHDRAWN and application.sent_at is not None:
        tell_firm_of_withdrawal(uow, deployment, application, worker=worker, vacancy=vacancy)
    if application.status is _S.HIRED:
        close_if_full(uow, deployment, vacancy)


def close_if_full(uow: UnitOfWork, deployment: Deployment, vacancy: Vacancy) -> bool:
    """Close the vacancy as filled when as many were hired as were wanted; tell whether it was.

    A vacancy that never said how many it wants stays open until the firm closes it.
    """
    if vacancy.headcount is None or vacancy.status is not VacancyStatus.PUBLISHED:
        return False
    if uow.applications.hired_count(vacancy.id) < vacancy.headcount:
        return False
    vacancies.close(uow, deployment, vacancy, VacancyStatus.FILLED)
    return True


def _take_back_spell(
    uow: UnitOfWork,
    deployment: Deployment,
    application: Application,
    *,
    worker: Worker,
    source: Source,
) -> None:
    """Undo what this side said before; against the other side's word an officer looks at it."""
    if employments.note_absence(uow, deployment, application, source=source):
        return
    spell = uow.employments.of_application(application.id)
    if spell is not None and spell.ended_on is None and spell.source is source:
        employments.end_spell(
            uow,
            deployment,
            worker,
            on=spell.started_on,
            reason=EndReason.CORRECTED,
            source=source,
        )


def _check(application: Application, status: ApplicationStatus) -> None:
    if application.status is not status and status not in ALLOWED[application.status]:
        raise ApplicationStateError


def _move(deployment: Deployment, application: Application, status: ApplicationStatus) -> None:
    _check(application, status)
    application.status = status
    application.changed_at = deployment.now
