"""A broadcast that cannot go on by itself: it stands still, and an officer is told."""

from __future__ import annotations

from uuid import UUID

from bot.messages import Body, Option
from bot.services.broadcasts.broadcast_progress import options
from bot.services.broadcasts.broadcasts import STOPPABLE, reference
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.sending.deliveries import Draft, push
from bot.services.sending.one_by_one import succeeds
from storage.models import Broadcast, Officer
from storage.states import BroadcastStatus, DeliveryKind
from storage.unit_of_work import UnitOfWork

JOB = "broadcasts_running"


def pause(uow: UnitOfWork, deployment: Deployment, key: UUID) -> bool:
    """Let a broadcast whose messages could not be made stand still, as `broadcasts.stop` does.

    Its officer, or who looks after the place now, may go on with it or end it.

    Returns:
        False where it stood still already.
    """
    broadcast = uow.broadcasts.lock(key)
    if broadcast is None or broadcast.status not in STOPPABLE:
        return False
    broadcast.status = BroadcastStatus.PAUSED
    uow.session.flush()
    uow.broadcasts.stop(key)
    succeeds(
        uow,
        lambda: _tell(uow, deployment, broadcast, name="making"),
        job=JOB,
        kind="broadcast",
        key=key,
    )
    return True


def drop_preview(uow: UnitOfWork, deployment: Deployment, key: UUID) -> bool:
    """Let nobody wait any more for a preview that cannot be shown; the draft stays.

    Returns:
        False where nobody waited.
    """
    broadcast = uow.broadcasts.lock(key)
    if broadcast is None or broadcast.progress_at is None:
        return False
    broadcast.progress_at = None
    uow.session.flush()
    succeeds(
        uow,
        lambda: _tell(uow, deployment, broadcast, name="preview"),
        job=JOB,
        kind="broadcast",
        key=key,
    )
    return True


def _tell(uow: UnitOfWork, deployment: Deployment, broadcast: Broadcast, *, name: str) -> bool:
    officer = _who(uow, deployment, broadcast)
    language = officers.language_of(uow, officer)
    key = f"broadcasting.failed.{name}"
    buttons: tuple[Option, ...] = ()
    if broadcast.status is BroadcastStatus.PAUSED:
        buttons = options(deployment, broadcast, language=language)
    words = deployment.text(key, language, number=reference(broadcast))
    draft = Draft(
        key=key,
        body=Body(words, buttons),
        dedupe_key=f"broadcast_failed:{broadcast.id.hex}:{deployment.now.timestamp():.3f}",
        kind=DeliveryKind.TASK,
        subject_id=broadcast.id,
    )
    address = uow.addresses.need(officer.address_id)
    return push(uow, address, draft, now=deployment.now) is not None


def _who(uow: UnitOfWork, deployment: Deployment, broadcast: Broadcast) -> Officer:
    """Return the officer whose broadcast it is, or who covers its place after a retirement."""
    officer = uow.officers.need(broadcast.officer_id)
    if officer.retired_at is None:
        return officer
    return officers.owner_for(uow, broadcast.scope, bureau=deployment.bureau_adcode)
