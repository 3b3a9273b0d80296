"""What an answer on the phone had changed, put back when its outcome is taken back."""

from __future__ import annotations

from bot.services.cases import promises
from bot.services.deployment import Deployment
from bot.services.follow_up import applications
from bot.services.follow_up.employments import resume_spell
from bot.services.follow_up.spell_dates import close_spell
from bot.services.phoning.call_reasons import CHECK_IN, VACANCY
from storage.models import CheckIn, PhoneCall, PhoneTask, Worker
from storage.states import (
    ApplicationStatus,
    CallOutcome,
    CaseStatus,
    CheckInStatus,
    EndReason,
    Matter,
    Source,
)
from storage.unit_of_work import UnitOfWork

BEGUN = frozenset(
    {ApplicationStatus.INTERESTED, ApplicationStatus.CONSENTED, ApplicationStatus.SENT}
)


def put_back_answer(
    uow: UnitOfWork, deployment: Deployment, task: PhoneTask, call: PhoneCall
) -> None:
    """Put a check-in, a spell of work or an application back to what it was before `call`."""
    worker = uow.workers.need(task.worker_id)
    if task.kind == CHECK_IN and task.subject_id is not None:
        row = uow.check_ins.get(task.subject_id)
        if row is not None:
            _reopen(uow, deployment, worker, row, call)
    if task.kind == VACANCY and task.subject_id is not None:
        _withdraw(uow, deployment, worker, task, call)


def _reopen(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, row: CheckIn, call: PhoneCall
) -> None:
    if row.answered_at is None or row.answered_at < call.at:
        return
    if call.outcome is CallOutcome.NOT_WORKING:
        _forget_loss(uow, deployment, worker, row)
    if call.outcome is CallOutcome.CHANGED:
        _forget_change(uow, deployment, worker)
    row.status, row.answered_at, row.receipt_id = CheckInStatus.SENT, None, None


def _forget_loss(uow: UnitOfWork, deployment: Deployment, worker: Worker, row: CheckIn) -> None:
    spells = uow.employments.of_worker(worker.id)
    if spells and spells[-1].end_reason is EndReason.LOST:
        resume_spell(uow, deployment, worker, spells[-1])
    if row.address_id is None:
        return
    case = uow.cases.find_open(worker_id=worker.id, address_id=row.address_id)
    if case is None or Matter.UNEMPLOYMENT not in case.matters:
        return
    uow.cases.add_event(case, "false_alarm", at=deployment.now)
    rest = [matter for matter in case.matters if matter != Matter.UNEMPLOYMENT]
    if rest:
        case.matters = rest
        return
    case.status, case.closed_at = CaseStatus.FALSE_ALARM, deployment.now
    promises.keep(uow, deployment, what=promises.CASE, subject_id=case.id)


def _forget_change(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> None:
    spells = uow.employments.of_worker(worker.id)
    if len(spells) < 2 or spells[-2].end_reason is not EndReason.CHANGED:  # noqa: PLR2004 - old, new
        return
    old, new = spells[-2], spells[-1]
    close_spell(uow, deployment, new, on=new.started_on, reason=EndReason.CORRECTED)
    uow.session.flush()
    resume_spell(uow, deployment, worker, old)


def _withdraw(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, task: PhoneTask, call: PhoneCall
) -> None:
    for application, vacancy in uow.applications.of_worker(worker.id):
        is_from_call = application.created_at >= call.at and application.status in BEGUN
        if vacancy.id == task.subject_id and is_from_call:
            applications.mark(
                uow, deployment, application, ApplicationStatus.WITHDRAWN, source=Source.WORKER
            )
