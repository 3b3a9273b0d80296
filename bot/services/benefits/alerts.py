"""What speaks against paying: found again at every look, never decided by a machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.services.benefits.application_facts import rule_amount, verdict_on
from bot.services.benefits.applications import FILED, reference
from bot.services.benefits.identity import last_signs
from bot.services.deployment import Deployment
from content.benefits.verdicts import Standing
from storage.benefit_states import BenefitStatus
from storage.models import BenefitApplication, BenefitDecision, Worker
from storage.unit_of_work import UnitOfWork

PROPOSED, APPROVED, UNDONE, RETURNED = "proposed", "approved", "undone", "returned"
GRANTED = (BenefitStatus.APPROVED, BenefitStatus.PAID)


class Alert(StrEnum):
    """What an officer has to know before deciding."""

    DUPLICATE = "duplicate"
    SAME_TICKET = "same_ticket"
    OUTSIDE_PAYMENT = "outside_payment"
    ALREADY_RECEIVED = "already_received"
    EXCLUDED = "excluded"
    ABOVE_RULE = "above_rule"
    NO_ID_NUMBER = "no_id_number"
    ONE_PAIR_OF_EYES = "one_pair_of_eyes"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that speaks against paying.

    Attributes:
        alert: What it is.
        numbers: Other applications that it is about, such as B-0007.
        department: Who else paid, for `outside_payment`.
        amount_fen: What they paid, or what the rule fixes, for `above_rule`.
    """

    alert: Alert
    numbers: tuple[str, ...] = ()
    department: str = ""
    amount_fen: int | None = None


def found_for(
    uow: UnitOfWork, deployment: Deployment, application: BenefitApplication, worker: Worker
) -> list[Found]:
    """Return what speaks against paying one application, the gravest first."""
    found = [*_same(uow, application), *_outside(uow, application, worker)]
    earlier = [
        row
        for row in uow.benefit_applications.paid_of(worker.id, application.code)
        if row.id != application.id and row.period == application.period
    ]
    if earlier:
        found.append(Found(Alert.ALREADY_RECEIVED, _numbers(earlier)))
    verdict = verdict_on(uow, deployment, application, worker)
    if verdict is None or verdict.verdict is Standing.NOT:
        found.append(Found(Alert.EXCLUDED))
    fixed = rule_amount(uow, deployment, application, worker)
    if fixed is not None and (application.amount_fen or 0) > fixed:
        found.append(Found(Alert.ABOVE_RULE, amount_fen=fixed))
    if last_signs(uow, worker) is None:
        found.append(Found(Alert.NO_ID_NUMBER))
    return found


def breaks_four_eyes(
    application: BenefitApplication, decisions: Sequence[BenefitDecision]
) -> Found | None:
    """Return an alert where who approved had proposed or filed the same application.

    Args:
        application: Approved or paid.
        decisions: Officers' steps on it, oldest first.
    """
    if application.status not in GRANTED:
        return None
    filers = {application.filed_by, *(it.officer_id for it in decisions if it.step == FILED)}
    proposer = approver = None
    for decision in decisions:
        if decision.step == PROPOSED:
            proposer = decision.officer_id
        elif decision.step == APPROVED:
            approver = decision.officer_id
        elif decision.step == UNDONE:
            approver = None
        elif decision.step == RETURNED:
            proposer = approver = None
    is_alone = approver is None or approver in {proposer, *filers}
    return Found(Alert.ONE_PAIR_OF_EYES) if is_alone else None


def _same(uow: UnitOfWork, application: BenefitApplication) -> list[Found]:
    rows = uow.benefit_applications
    alike = [row for row in rows.alike(application) if row.status is not BenefitStatus.PAID]
    ticket = rows.with_ticket(application)
    found = [Found(Alert.DUPLICATE, _numbers(alike))] if alike else []
    return [*found, *([Found(Alert.SAME_TICKET, _numbers(ticket))] if ticket else [])]


def _outside(uow: UnitOfWork, application: BenefitApplication, worker: Worker) -> list[Found]:
    return [
        Found(Alert.OUTSIDE_PAYMENT, department=payment.department, amount_fen=payment.amount_fen)
        for payment in uow.benefit_applications.outside_payments_of(worker.id, application.code)
    ]


def _numbers(rows: Sequence[BenefitApplication]) -> tuple[str, ...]:
    return tuple(reference(row) for row in rows)
