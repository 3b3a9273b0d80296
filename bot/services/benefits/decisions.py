"""Officers' decisions about benefits: one proposes, another approves; nothing decides by itself."""

from __future__ import annotations

import uuid
from datetime import date

from bot.errors import UserError
from bot.services.benefits import receipts
from bot.services.benefits.alerts import found_for
from bot.services.benefits.application_facts import rule_amount, verdict_on
from bot.services.benefits.applications import promise_answer
from bot.services.benefits.decision_steps import (
    ANSWERING,
    BACK,
    ENDS,
    TO,
    DecidedError,
    Step,
    hold,
    is_alone_in_demo,
    newest_step,
    own_hands,
    record,
    worker_of,
)
from bot.services.benefits.identity import last_signs
from bot.services.deployment import Deployment
from content.benefits.verdicts import Standing
from storage.models import BenefitApplication, Officer, Worker
from storage.unit_of_work import UnitOfWork


def needs_reason(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    worker: Worker,
    *,
    amount_fen: int | None,
) -> bool:
    """Tell whether proposing wants a reason: a warning, an open verdict, another sum than fixed."""
    verdict = verdict_on(uow, deployment, application, worker)
    is_clear = verdict is not None and verdict.verdict is Standing.LIKELY
    fixed = rule_amount(uow, deployment, application, worker)
    return (
        not is_clear or amount_fen != fixed or bool(found_for(uow, deployment, application, worker))
    )


def propose(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    officer: Officer,
    *,
    amount_fen: int | None,
    note: str | None = None,
) -> None:
    """Propose to grant an application with a sum; a second officer is asked.

    Args:
        uow: The transaction.
        deployment: The bureau.
        application: In `submitted`.
        officer: Who proposes.
        amount_fen: No more than the rule fixes; None for a benefit that is no sum.
        note: Why, wherever `needs_reason` says that one is needed.

    Raises:
        DecidedError: It is no longer waiting.
        UserError: No ID number is known, the sum is too high, or the reason is missing.
    """
    held, worker = hold(uow, application, Step.PROPOSE)
    _refuse_without_id(uow, worker)
    fixed = rule_amount(uow, deployment, held, worker)
    if amount_fen is not None and (amount_fen <= 0 or (fixed is not None and amount_fen > fixed)):
        raise UserError("benefit_queue.refused.above_rule")
    if not note and needs_reason(uow, deployment, held, worker, amount_fen=amount_fen):
        raise UserError("benefit_queue.refused.no_reason")
    held.amount_fen = amount_fen
    record(uow, deployment, held, officer, Step.PROPOSE, note=note)
    receipts.ask_second_officer(uow, deployment, held, worker, besides=own_hands(uow, held))


def approve(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    officer: Officer,
    *,
    seen: uuid.UUID | None = None,
) -> bool:
    """Approve what another officer proposed, and tell the worker.

    Args:
        uow: The transaction.
        deployment: The bureau.
        application: In `proposed`.
        officer: Who approves.
        seen: The newest step that the officer's screen showed; None where there was no screen.

    Returns:
        True where the demo's only officer approved their own proposal, which has to be said.

    Raises:
        DecidedError: It is no longer proposed.
        UserError: This officer proposed or filed it, or it changed since it was shown.
    """
    held, worker = hold(uow, application, Step.APPROVE)
    if seen is not None and seen != newest_step(uow, held):
        raise UserError("benefit_queue.refused.changed")
    is_own = officer.id in own_hands(uow, held)
    if is_own and not is_alone_in_demo(uow, deployment, officer, worker):
        raise UserError("benefit_queue.refused.own")
    _refuse_without_id(uow, worker)
    record(uow, deployment, held, officer, Step.APPROVE, note=None)
    receipts.tell_worker(uow, deployment, held, "approved")
    return is_own


def give_back(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    officer: Officer,
    *,
    reason: str,
) -> None:
    """Send an application back to the worker to be corrected, with the reason.

    Raises:
        DecidedError: It is no longer waiting.
    """
    held, _worker = hold(uow, application, Step.GIVE_BACK)
    record(uow, deployment, held, officer, Step.GIVE_BACK, note=reason)
    receipts.tell_worker(uow, deployment, held, "returned", reason=reason)


def refuse(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    officer: Officer,
    *,
    reason: str,
) -> None:
    """Refuse an application, with the reason; the worker may ask a person about it.

    Raises:
        DecidedError: It is no longer waiting.
    """
    held, _worker = hold(uow, application, Step.REFUSE)
    record(uow, deployment, held, officer, Step.REFUSE, note=reason)
    receipts.tell_worker(uow, deployment, held, "refused", reason=reason)


def mark_paid(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    officer: Officer,
    *,
    on: date,
) -> None:
    """Note that the money went out on a day; from then on nothing is taken back here.

    Raises:
        DecidedError: It is not approved.
        UserError: The day lies in the future or before the approval.
    """
    held, _worker = hold(uow, application, Step.PAY)
    approved = held.decided_at.astimezone(deployment.clock.timezone) if held.decided_at else None
    if on > deployment.today or (approved is not None and on < approved.date()):
        raise UserError("benefit_queue.refused.paid_day")
    held.paid_on = on
    record(uow, deployment, held, officer, Step.PAY, note=None)
    receipts.tell_worker(uow, deployment, held, "paid")


def undoable(
    uow: UnitOfWork, deployment: Deployment, application: BenefitApplication, officer: Officer
) -> Step | None:
    """Return the officer's own last step of today, if it is the newest one and nothing was paid."""
    rows = uow.benefit_applications.decisions_of(application.id)
    last = rows[-1] if rows else None
    if last is None or last.officer_id != officer.id or last.step not in ENDS:
        return None
    if last.at.astimezone(deployment.clock.timezone).date() != deployment.today:
        return None
    step = Step(last.step)
    return step if application.status is TO[step] else None


def undo(
    uow: UnitOfWork, deployment: Deployment, application: BenefitApplication, officer: Officer
) -> None:
    """Take the officer's own last step of today back, and tell the worker what they were told.

    Raises:
        DecidedError: There is none, or the worker or another officer went on from it.
    """
    held = uow.benefit_applications.lock(application.id)
    step = undoable(uow, deployment, held, officer) if held is not None else None
    worker = worker_of(uow, held) if held is not None else None
    if held is None or step is None or worker is None:
        raise DecidedError(held or application)
    record(uow, deployment, held, officer, Step.UNDO, note=None)
    held.status = BACK[step]
    held.published_at = None
    if step in ANSWERING:
        promise_answer(uow, deployment, held, worker)
        receipts.tell_worker(uow, deployment, held, "undone")


def _refuse_without_id(uow: UnitOfWork, worker: Worker) -> None:
    """Whose identity nobody has seen can apply, but nothing is granted to them (domain S-REG)."""
    if last_signs(uow, worker) is None:
        raise UserError("benefit_queue.refused.no_id_number")
