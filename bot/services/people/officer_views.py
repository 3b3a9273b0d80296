"""What officers looked at, and what they reached for in vain: written down, without values."""

from __future__ import annotations

import uuid

from bot.services.deployment import Deployment
from bot.services.people import officers
from storage.models import Officer
from storage.unit_of_work import UnitOfWork


def audit_view(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    action: str,
    *,
    subject_kind: str,
    subject_id: uuid.UUID,
) -> None:
    """Write down that an officer saw a name, a phone or somebody's words."""
    uow.records.audit(
        officers.actor_of(officer),
        action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        scope=officer.scope,
        at=deployment.now,
    )


def audit_refusal(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    *,
    subject_kind: str,
    subject_id: uuid.UUID,
) -> None:
    """Write down that an officer reached for something outside the scope."""
    audit_view(
        uow,
        deployment,
        officer,
        "refused_out_of_scope",
        subject_kind=subject_kind,
        subject_id=subject_id,
    )
