"""What the worker and the officers hear as an application goes its way."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from bot.messages import Body, Option
from bot.services.benefits.applications import reference
from bot.services.benefits.sums import yuan_words
from bot.services.cases.office_hours import spoken_moment
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.reachable import address_of
from bot.services.sending.deliveries import Draft, action_data, push
from storage.models import BenefitApplication, Officer, Worker
from storage.states import DeliveryKind
from storage.unit_of_work import UnitOfWork

OPEN_ACTION, CORRECT_ACTION = "benefit", "benefit_fix"
RETURNED = "returned"
WITH_SUM = frozenset({"approved", "paid"})


def name_key(code: str) -> str:
    """Return the text key of a benefit's plain name."""
    return f"benefit_application.name.{code}"


def tell_worker(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    outcome: str,
    *,
    reason: str = "",
) -> None:
    """Tell the worker what was decided, in plain words, once for each decision.

    Args:
        uow: The transaction.
        deployment: The bureau.
        application: As it stands now.
        outcome: `approved`, `returned`, `refused`, `paid` or `undone`.
        reason: The officer's words.
    """
    if application.worker_id is None:
        return
    address = address_of(uow, application.worker_id, preferred=application.address_id)
    if address is None:
        return
    key, words = _outcome(deployment, application, outcome, address.language, reason=reason)
    options = _options(deployment, application, outcome, address.language)
    steps = len(uow.benefit_applications.decisions_of(application.id))
    draft = Draft(
        key,
        Body(words, options),
        f"benefit:{application.id.hex}:{steps}:{outcome}",
        kind=DeliveryKind.TASK,
        subject_id=application.id,
        worker_id=application.worker_id,
    )
    push(uow, address, draft, now=deployment.now)


def tell_officer_of_new(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    worker: Worker,
    *,
    due_at: datetime,
) -> Officer | None:
    """Tell the officer of the worker's place that something waits; None where nobody is there."""
    covering = uow.officers.covering(
        officers.code_of_worker(worker, worker.bureau_adcode), bureau=worker.bureau_adcode
    )
    if not covering:
        return None
    others = [one for one in covering if one.id != application.filed_by] or covering
    nearest = [one for one in others if one.scope == others[0].scope]
    officer = nearest[worker.id.int % len(nearest)]  # the same person has the same officer
    language = officers.language_of(uow, officer)
    _inform(
        uow,
        deployment,
        application,
        officer,
        "new",
        due=spoken_moment(deployment, due_at, language),
    )
    return officer


def ask_second_officer(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    worker: Worker,
    *,
    besides: Collection[uuid.UUID],
) -> Officer | None:
    """Ask an officer who neither filed nor proposed it to approve; None where there is none."""
    covering = uow.officers.covering(
        officers.code_of_worker(worker, worker.bureau_adcode), bureau=worker.bureau_adcode
    )
    others = [one for one in covering if one.id not in besides]
    if not others:
        return None
    _inform(uow, deployment, application, others[0], "second")
    return others[0]


def tell_officers_of_withdrawal(
    uow: UnitOfWork, deployment: Deployment, application: BenefitApplication
) -> None:
    """Tell the officers who dealt with it that the worker took it back."""
    rows = uow.benefit_applications.decisions_of(application.id)
    for key in dict.fromkeys(row.officer_id for row in rows):
        officer = uow.officers.need(key)
        if officer.retired_at is None:
            _inform(uow, deployment, application, officer, "withdrawn")


def _inform(
    uow: UnitOfWork,
    deployment: Deployment,
    application: BenefitApplication,
    officer: Officer,
    purpose: str,
    **values: object,
) -> None:
    language = officers.language_of(uow, officer)
    label = deployment.text("benefit_queue.told.open", language)
    steps = len(uow.benefit_applications.decisions_of(application.id))
    officers.inform(
        uow,
        deployment,
        officer,
        f"benefit_queue.told.{purpose}",
        dedupe=f"benefit:{application.id.hex}:{purpose}:{steps}",
        subject_id=application.id,
        options=(Option(1, label, action_data(OPEN_ACTION, application.id.hex)),),
        number=reference(application),
        name=deployment.text(name_key(application.code), language),
        **values,
    )


def _outcome(
    deployment: Deployment,
    application: BenefitApplication,
    outcome: str,
    language: str,
    *,
    reason: str,
) -> tuple[str, str]:
    """Return the key and words of an outcome; one without a sum has words of its own."""
    is_bare = outcome in WITH_SUM and application.amount_fen is None
    key = f"benefit_application.told.{outcome}{'_bare' if is_bare else ''}"
    words = deployment.text(
        key,
        language,
        name=deployment.text(name_key(application.code), language),
        number=reference(application),
        reason=reason,
        amount=yuan_words(application.amount_fen or 0),
    )
    return key, words


def _options(
    deployment: Deployment, application: BenefitApplication, outcome: str, language: str
) -> tuple[Option, ...]:
    if outcome != RETURNED:
        return ()
    label = deployment.text("benefit_application.choice.correct", language)
    return (Option(1, label, action_data(CORRECT_ACTION, application.id.hex)),)
