"""An officer acts for a worker who has nothing but a phone: for whom, until when, written down."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.officer_views import audit_refusal, audit_view
from storage.models import ContactAddress, Officer, Worker
from storage.unit_of_work import UnitOfWork

MEMORY = "acting"
LIFE = timedelta(hours=1)
ACT_FOR, ENDED = "act_for", "act_for_ended"


@dataclass(frozen=True, slots=True)
class Acting:
    """For whom an officer speaks at the moment.

    Attributes:
        address_id: The phone address whose conversation goes on.
        worker_id: The person, or None while nobody is registered there.
        until: When it ends by itself.
        then: The officer's own step that follows, or None.
    """

    address_id: uuid.UUID
    worker_id: uuid.UUID | None
    until: datetime
    then: str | None


def begin(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    memory: dict[str, object],
    *,
    address: ContactAddress,
    worker: Worker | None,
    then: str | None = None,
) -> Acting:
    """Let `officer` act for a worker at the phone address from the next line on, for an hour.

    Args:
        uow: The transaction.
        deployment: The bureau.
        officer: Who acts; `may_act_for` was asked.
        memory: What is kept at the officer's own address.
        address: The worker's phone address.
        worker: The person, or None where nobody is registered yet.
        then: The officer's own step to go on with.
    """
    acting = Acting(
        address.id, worker.id if worker is not None else None, deployment.now + LIFE, then
    )
    _keep(memory, acting)
    if worker is not None:
        address.acting_for = worker.id
    note(uow, deployment, officer, acting)
    return acting


def go_on_for(memory: dict[str, object], acting: Acting, worker_id: uuid.UUID) -> Acting:
    """Let the same conversation be about another person, as was said in it; return that."""
    changed = replace(acting, worker_id=worker_id)
    _keep(memory, changed)
    return changed


def current(memory: dict[str, object]) -> Acting | None:
    """Return for whom the officer of this memory acts, even when the hour is over, or None."""
    stored = memory.get(MEMORY)
    if not isinstance(stored, dict):
        return None
    worker, then = stored.get("worker"), stored.get("then")
    return Acting(
        uuid.UUID(str(stored["address"])),
        uuid.UUID(str(worker)) if worker else None,
        datetime.fromisoformat(str(stored["until"])),
        str(then) if then else None,
    )


def note(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, acting: Acting, action: str = ACT_FOR
) -> None:
    """Write one step taken for somebody else into the audit."""
    is_known = acting.worker_id is not None
    audit_view(
        uow,
        deployment,
        officer,
        action,
        subject_kind="worker" if is_known else "address",
        subject_id=acting.worker_id or acting.address_id,
    )


def end(
    uow: UnitOfWork, deployment: Deployment, officer: Officer | None, memory: dict[str, object]
) -> Acting | None:
    """Stop acting for somebody; return for whom it was."""
    acting = current(memory)
    memory.pop(MEMORY, None)
    if acting is not None and officer is not None:
        note(uow, deployment, officer, acting, ENDED)
    return acting


def may_act_for(uow: UnitOfWork, deployment: Deployment, officer: Officer, worker: Worker) -> bool:
    """Tell whether an officer looks after a worker; reaching for somebody else is audited."""
    if looks_after(uow, deployment, officer, worker):
        return True
    audit_refusal(uow, deployment, officer, subject_kind="worker", subject_id=worker.id)
    return False


def looks_after(uow: UnitOfWork, deployment: Deployment, officer: Officer, worker: Worker) -> bool:
    """Tell whether a worker's home lies in an officer's scope.

    Where nobody looks after a distant home, the officers of the bureau do.
    """
    code = officers.code_of_worker(worker, worker.bureau_adcode)
    is_ours = worker.bureau_adcode == deployment.bureau_adcode
    if is_ours and officers.is_in_scope(officer, code):
        return True
    is_orphan = is_ours and not uow.officers.covering(code, bureau=worker.bureau_adcode)
    return is_orphan and officers.is_in_scope(officer, worker.bureau_adcode)


def _keep(memory: dict[str, object], acting: Acting) -> None:
    memory[MEMORY] = {
        "address": acting.address_id.hex,
        "worker": acting.worker_id.hex if acting.worker_id is not None else None,
        "until": acting.until.isoformat(),
        "then": acting.then,
    }
