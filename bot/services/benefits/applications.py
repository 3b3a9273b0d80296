"""The way of an application for a benefit: begun, handed in, taken back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from bot.errors import UserError
from bot.services.benefits.application_facts import ANSWERS, ASKED, forget_ticket, rule_amount
from bot.services.benefits.periods import period_of
from bot.services.cases import promises
from bot.services.cases.office_hours import add_office_hours
from bot.services.deployment import Deployment
from bot.services.people import acting, officers
from bot.services.people.reachable import is_phone
from content.benefits.rules import BenefitRule
from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication, BenefitDecision, ContactAddress, Worker
from storage.repositories.benefit_applications import OPEN
from storage.unit_of_work import UnitOfWork

# Three days of a desk: the deadline that the worker is told.
ANSWER_HOURS = 18
# The step of an officer who fills in what somebody says on the telephone.
FILED = "filed"
CHANGEABLE = (BenefitStatus.DRAFT, BenefitStatus.RETURNED)
CAN_WITHDRAW = (*OPEN, BenefitStatus.DRAFT)


class AlreadyFiledError(UserError):
    """The same benefit is already applied for in the same period."""

    def __init__(self, application: BenefitApplication) -> None:
        super().__init__("benefit_application.refused.already", number=reference(application))
        self.application = application


class NotOpenError(UserError):
    """The application is no longer in a state in which this can be done."""

    def __init__(self, application: BenefitApplication) -> None:
        super().__init__("benefit_application.refused.not_open")
        self.application = application


@dataclass(frozen=True, slots=True)
class Filed:
    """An application that officers have now, and by when the worker was promised an answer."""

    application: BenefitApplication
    due_at: datetime


def reference(application: BenefitApplication) -> str:
    """Return the number by which people name an application, such as B-0001."""
    return f"B-{max(0, application.number):04d}"


def open_one(
    uow: UnitOfWork, worker: Worker, code: str, period: str | None = None
) -> BenefitApplication | None:
    """Return the worker's application for a benefit that is still on its way, or None."""
    for row in uow.benefit_applications.of_worker(worker.id):
        if row.code == code and row.status in OPEN and period in {None, row.period}:
            return row
    return None


def begin(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker,
    rule: BenefitRule,
    address: ContactAddress,
) -> BenefitApplication:
    """Return the worker's draft for a benefit: the one begun before, else a new one.

    Raises:
        AlreadyFiledError: The same benefit is on its way for the same period.
    """
    uow.workers.lock(worker.id)  # of two phones only one begins
    period = period_of(rule, deployment.today)
    filed = open_one(uow, worker, rule.code, period)
    if filed is not None:
        raise AlreadyFiledError(filed)
    for row in uow.benefit_applications.of_worker(worker.id):
        if row.code == rule.code and row.status is BenefitStatus.DRAFT:
            row.rule_id, row.period, row.address_id = rule.id, period, address.id
            return row
    bureau = worker.bureau_adcode
    return uow.benefit_applications.add(
        BenefitApplication(
            bureau_adcode=bureau,
            # Drafts count below zero: the numbers that people read have no gaps.
            number=-uow.records.next_number(f"benefit_draft:{bureau}"),
            worker_id=worker.id,
            address_id=address.id,
            code=rule.code,
            rule_id=rule.id,
            period=period,
            facts={ANSWERS: {}, ASKED: []},
            status=BenefitStatus.DRAFT,
            created_at=deployment.now,
        )
    )


def submit(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    worker: Worker,
    address: ContactAddress,
) -> Filed:
    """Give an application to the officers and promise the worker an answer.

    Raises:
        NotOpenError: It is no draft and was not sent back.
        AlreadyFiledError: The same was filed meanwhile, on another phone.
    """
    uow.workers.lock(worker.id)
    held = uow.benefit_applications.lock(application.id)
    if held is None or held.status not in CHANGEABLE:
        raise NotOpenError(application)
    other = open_one(uow, worker, held.code, held.period)
    if other is not None and other.id != held.id:
        raise AlreadyFiledError(other)
    if held.status is BenefitStatus.DRAFT:
        held.number = uow.records.next_number(f"benefit:{held.bureau_adcode}")
    held.status, held.submitted_at = BenefitStatus.SUBMITTED, deployment.now
    held.address_id, held.filed_by = address.id, _filed_by(uow, address, worker)
    held.amount_fen = rule_amount(uow, deployment, held, worker)
    _note_filing(uow, deployment, held)
    return Filed(held, promise_answer(uow, deployment, held, worker))


def promise_answer(
    uow: UnitOfWork, deployment: Deployment, application: BenefitApplication, worker: Worker
) -> datetime:
    """Promise an officer's answer after three desk days; return by when."""
    due_at = add_office_hours(deployment.now, ANSWER_HOURS, deployment.clock.timezone)
    promises.promise(
        uow,
        deployment,
        what=promises.BENEFIT,
        subject_id=application.id,
        scope=officers.code_of_worker(worker, worker.bureau_adcode),
        due_at=due_at,
    )
    return due_at


def withdraw(uow: UnitOfWork, deployment: Deployment, application: BenefitApplication) -> None:
    """Take an application back, at any time before it is paid; a draft is dropped.

    The ticket goes at once, its photo too: nobody has to look at it any more.

    Raises:
        NotOpenError: It was paid, refused or taken back before.
    """
    held = uow.benefit_applications.lock(application.id)
    if held is None or held.status not in CAN_WITHDRAW:
        raise NotOpenError(application)
    forget_ticket(uow, held)
    if held.status is BenefitStatus.DRAFT:
        uow.session.delete(held)
        uow.session.flush()
        return
    held.status, held.decided_at = BenefitStatus.WITHDRAWN, deployment.now
    promises.keep(uow, deployment, what=promises.BENEFIT, subject_id=held.id)


def _note_filing(uow: UnitOfWork, deployment: Deployment, filed: BenefitApplication) -> None:
    """Keep who filed it: the next filing overwrites `filed_by`, and may be the worker's own."""
    if filed.filed_by is not None:
        uow.benefit_applications.add_decision(
            BenefitDecision(
                application_id=filed.id,
                officer_id=filed.filed_by,
                step=FILED,
                amount_fen=filed.amount_fen,
                at=deployment.now,
            )
        )


def _filed_by(uow: UnitOfWork, address: ContactAddress, worker: Worker) -> uuid.UUID | None:
    """Return the officer who speaks for the worker on the telephone, or None."""
    if not is_phone(uow, address):
        return None
    for officer in uow.officers.covering(officers.code_of_worker(worker, worker.bureau_adcode)):
        own = uow.addresses.need(officer.address_id)
        spoken = acting.current(own.memory or {})
        if spoken is not None and spoken.address_id == address.id:
            return officer.id
    return None
