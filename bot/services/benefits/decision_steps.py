"""The steps of a decision about a benefit: who may take which, from where it leads whither."""

from __future__ import annotations

import uuid
from datetime import timedelta
from enum import StrEnum

from bot.errors import UserError
from bot.services.benefits.applications import FILED, reference
from bot.services.cases import promises
from bot.services.deployment import Deployment
from bot.services.people import acting, officers
from bot.services.people.officer_views import audit_refusal, audit_view
from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication, BenefitDecision, Officer, Worker
from storage.repositories.benefit_applications import WaitingBenefit
from storage.unit_of_work import UnitOfWork


class Step(StrEnum):
    """What an officer does to an application."""

    PROPOSE = "proposed"
    APPROVE = "approved"
    GIVE_BACK = "returned"
    REFUSE = "refused"
    PAY = "paid"
    UNDO = "undone"


# From which states a step may be taken, and where it leads.
FROM = {
    Step.PROPOSE: (BenefitStatus.SUBMITTED,),
    Step.APPROVE: (BenefitStatus.PROPOSED,),
    Step.GIVE_BACK: (BenefitStatus.SUBMITTED, BenefitStatus.PROPOSED),
    Step.REFUSE: (BenefitStatus.SUBMITTED, BenefitStatus.PROPOSED),
    Step.PAY: (BenefitStatus.APPROVED,),
}
TO = {
    Step.PROPOSE: BenefitStatus.PROPOSED,
    Step.APPROVE: BenefitStatus.APPROVED,
    Step.GIVE_BACK: BenefitStatus.RETURNED,
    Step.REFUSE: BenefitStatus.REFUSED,
    Step.PAY: BenefitStatus.PAID,
}
# Where an undone step leads back to.
BACK = {
    Step.PROPOSE: BenefitStatus.SUBMITTED,
    Step.APPROVE: BenefitStatus.PROPOSED,
    Step.GIVE_BACK: BenefitStatus.SUBMITTED,
    Step.REFUSE: BenefitStatus.SUBMITTED,
}
ANSWERING = frozenset({Step.APPROVE, Step.GIVE_BACK, Step.REFUSE})
ONE_TICK = timedelta(microseconds=1)
ENDS = (Step.PROPOSE.value, Step.APPROVE.value, Step.GIVE_BACK.value, Step.REFUSE.value)


class DecidedError(UserError):
    """Somebody else was faster, or the worker took it back."""

    def __init__(self, application: BenefitApplication) -> None:
        super().__init__("benefit_queue.refused.decided", number=reference(application))


def waiting(uow: UnitOfWork, deployment: Deployment, officer: Officer) -> list[WaitingBenefit]:
    """Return what waits for officers of this one's scope, the oldest promise first."""
    return [
        row
        for row in uow.benefit_applications.waiting(scope=officer.scope)
        if acting.looks_after(uow, deployment, officer, row.worker)
    ]


def visible(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, application: BenefitApplication
) -> Worker | None:
    """Return the person where this officer looks after them; a look is audited, and so is a no."""
    key = application.worker_id
    worker = uow.workers.get(key) if key is not None else None
    if worker is None or not acting.looks_after(uow, deployment, officer, worker):
        audit_refusal(
            uow, deployment, officer, subject_kind="benefit_application", subject_id=application.id
        )
        return None
    audit_step(uow, deployment, officer, application, "view_benefit")
    return worker


def newest_step(uow: UnitOfWork, application: BenefitApplication) -> uuid.UUID | None:
    """Return the key of the newest step on an application, or None before the first."""
    rows = uow.benefit_applications.decisions_of(application.id)
    return rows[-1].id if rows else None


def own_hands(uow: UnitOfWork, application: BenefitApplication) -> set[uuid.UUID]:
    """Return the officers who ever filed or who proposed it, and so may not approve it."""
    rows = uow.benefit_applications.decisions_of(application.id)
    proposals = [row.officer_id for row in rows if row.step == Step.PROPOSE]
    filers = [row.officer_id for row in rows if row.step == FILED]
    filed_by = [] if application.filed_by is None else [application.filed_by]
    return {*proposals[-1:], *filers, *filed_by}


def reason_of(uow: UnitOfWork, application: BenefitApplication) -> str:
    """Return the reason of the newest step that has one, or nothing."""
    rows = uow.benefit_applications.decisions_of(application.id)
    return next((row.note for row in reversed(rows) if row.note), "")


def is_alone_in_demo(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, worker: Worker
) -> bool:
    """Tell whether this is a demo in which nobody else looks after the worker."""
    code = officers.code_of_worker(worker, worker.bureau_adcode)
    return deployment.is_demo and all(one.id == officer.id for one in uow.officers.covering(code))


def hold(
    uow: UnitOfWork, application: BenefitApplication, step: Step
) -> tuple[BenefitApplication, Worker]:
    """Re-read and hold the row, so that of two officers only the first decides."""
    held = uow.benefit_applications.lock(application.id)
    worker = worker_of(uow, held) if held is not None else None
    if held is None or worker is None or held.status not in FROM[step]:
        raise DecidedError(held or application)
    return held, worker


def record(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    officer: Officer,
    step: Step,
    *,
    note: str | None,
) -> None:
    """Write an officer's step down, move the application on, and keep the promise it answers."""
    before = uow.benefit_applications.decisions_of(application.id)[-1:]
    at = max([deployment.now, *(row.at + ONE_TICK for row in before)])
    uow.benefit_applications.add_decision(
        BenefitDecision(
            application_id=application.id,
            officer_id=officer.id,
            step=step.value,
            amount_fen=application.amount_fen,
            note=note,
            at=at,  # two steps of one instant keep their order
        )
    )
    if step in TO:
        application.status = TO[step]
    if step in ANSWERING:
        application.decided_at = deployment.now
        promises.keep(uow, deployment, what=promises.BENEFIT, subject_id=application.id)
    audit_step(uow, deployment, officer, application, f"benefit_{step.value}")


def worker_of(uow: UnitOfWork, application: BenefitApplication) -> Worker | None:
    """Return the person of an application; None once they were erased."""
    return uow.workers.get(application.worker_id) if application.worker_id is not None else None


def audit_step(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    application: BenefitApplication,
    action: str,
) -> None:
    """Write down what an officer did with an application."""
    audit_view(
        uow,
        deployment,
        officer,
        action,
        subject_kind="benefit_application",
        subject_id=application.id,
    )
