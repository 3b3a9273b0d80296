"""What people agreed to, each purpose for itself."""

from __future__ import annotations

import uuid
from datetime import timedelta

from bot.services.deployment import Deployment
from storage.models import Consent
from storage.states import Decision, Purpose
from storage.unit_of_work import UnitOfWork

# Network data regulation, article 22(5): whoever said no is not asked again for a while.
QUIET_AFTER_NO = timedelta(days=90)
ONE_TICK = timedelta(microseconds=1)


def is_granted(
    uow: UnitOfWork,
    address_id: uuid.UUID,
    purpose: Purpose,
    *,
    worker_id: uuid.UUID | None = None,
    subject_id: uuid.UUID | None = None,
) -> bool:
    """Return whether the newest answer is a yes.

    Args:
        uow: The transaction.
        address_id: Where the question was answered.
        purpose: What for.
        worker_id: Whose answer, where several share the address; any answer of the address
            counts without it.
        subject_id: The enterprise or vacancy the answer was about.
    """
    newest = uow.consents.newest(address_id, purpose, worker_id=worker_id, subject_id=subject_id)
    return newest is not None and newest.decision == Decision.GRANTED


def record(
    uow: UnitOfWork,
    deployment: Deployment,
    address_id: uuid.UUID,
    purpose: Purpose,
    decision: Decision,
    *,
    worker_id: uuid.UUID | None = None,
    subject_id: uuid.UUID | None = None,
) -> None:
    """Write down an answer with the version of the texts that was read."""
    last = uow.consents.newest(address_id, purpose, worker_id=worker_id, subject_id=subject_id)
    decided_at = deployment.now
    if last is not None and last.decided_at >= decided_at:
        decided_at = last.decided_at + ONE_TICK  # two answers of one instant keep their order
    uow.consents.add(
        Consent(
            address_id=address_id,
            worker_id=worker_id,
            purpose=purpose,
            subject_id=subject_id,
            text_version=deployment.catalogue.content_hash,
            decision=decision,
            decided_at=decided_at,
        )
    )


def may_ask(
    uow: UnitOfWork,
    deployment: Deployment,
    address_id: uuid.UUID,
    purpose: Purpose,
    *,
    subject_id: uuid.UUID | None = None,
) -> bool:
    """Return whether the question may be put: not within 90 days after a no."""
    newest = uow.consents.newest(address_id, purpose, worker_id=None, subject_id=subject_id)
    if newest is None or newest.decision != Decision.DECLINED:
        return True
    return deployment.now - newest.decided_at >= QUIET_AFTER_NO
