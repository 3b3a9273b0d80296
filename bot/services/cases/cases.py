"""People who need a person: their cases, who owns them, and until when."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.cases import promises
from bot.services.cases.case_messages import employer_alert, tell_owner
from bot.services.cases.case_words import added_words
from bot.services.cases.office_hours import deadline_today_or_next
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.people.officer_views import audit_refusal
from storage.models import Case, ContactAddress, Officer, Worker
from storage.states import CaseStatus, Matter
from storage.unit_of_work import UnitOfWork

SERIES = "C"
REOPENS_WITHIN = timedelta(days=30)
LASTING = frozenset({Matter.UNEMPLOYMENT, Matter.GRIEVANCE, Matter.LOST_CONTACT})


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case that was opened or added to.

    Attributes:
        case: The row.
        officer: Its owner.
        due_at: By when the owner calls, as the person is told.
        is_new: It did not stand open before (a closed one that reopens counts as new).
    """

    case: Case
    officer: Officer
    due_at: datetime
    is_new: bool


def reference(case: Case) -> str:
    """Return the number by which officers name a case, such as C-0007."""
    return f"C-{case.number:04d}"


def place_of(uow: UnitOfWork, case: Case) -> str:
    """Return the place code by which a case's officers are found."""
    worker = uow.workers.get(case.worker_id) if case.worker_id is not None else None
    return officers.code_of_worker(worker, case.bureau_adcode)


def open_case(
    uow: UnitOfWork,
    deployment: Deployment,
    *,
    address: ContactAddress,
    worker: Worker | None,
    matters: Sequence[Matter],
    words: str,
    urgent: bool = False,
    enterprise_id: uuid.UUID | None = None,
) -> OpenedCase:
    """Open a person's case, or add to the one that stands open.

    The owner is told at once where something is new; the call promised to the person becomes
    a deadline row. A grievance is always urgent. A case that was closed within 30 days
    reopens when the same trouble comes back.

    Args:
        uow: The transaction; the caller holds the address's row.
        deployment: The bureau.
        address: Where the person wrote.
        worker: The person, or None for somebody who has not registered.
        matters: What it is about; at least one.
        words: What was said, kept encrypted.
        urgent: Marked red and listed first.
        enterprise_id: The firm it is about; three workers in 14 days make an alert.

    Raises:
        NoOfficerError: No officer covers the person's place or the bureau's area.
    """
    case, is_new = _current(uow, deployment, address, worker, matters)
    worker_id = worker.id if worker is not None else None
    is_more = _add(uow, deployment, case, worker_id, matters, words, urgent, enterprise_id)
    due_at, is_promised_anew = promise_call(uow, deployment, case)
    officer = uow.officers.need(case.officer_id)
    if is_new or is_more or is_promised_anew:
        tell_owner(uow, deployment, case, officer, due_at=due_at)
    employer_alert(uow, deployment, case)
    return OpenedCase(case, officer, due_at, is_new)


def visible_case(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, key: uuid.UUID
) -> Case | None:
    """Return the case where this officer may see it; a look beyond the scope is audited."""
    case = uow.cases.get_in_scope(key, scope=officer.scope, bureau_adcode=deployment.bureau_adcode)
    if case is None and uow.cases.get(key) is not None:
        audit_refusal(uow, deployment, officer, subject_kind="case", subject_id=key)
    return case


def note_offer(uow: UnitOfWork, deployment: Deployment, case: Case) -> None:
    """Note that fresh vacancies were shown to the person."""
    if case.status is CaseStatus.OPEN:
        case.status = CaseStatus.OFFERED
    uow.cases.add_event(case, "offered", at=deployment.now)


def pending_deadline(uow: UnitOfWork, case: Case) -> datetime | None:
    """Return by when the owner has promised to act, or None."""
    return promises.due_at(uow, what=promises.CASE, subject_id=case.id)


def _current(
    uow: UnitOfWork,
    deployment: Deployment,
    address: ContactAddress,
    worker: Worker | None,
    matters: Sequence[Matter],
) -> tuple[Case, bool]:
    """Return the person's open case, reopened or opened if need be, and whether it is new."""
    worker_id = worker.id if worker is not None else None
    if worker_id is not None:  # two addresses of one person open one case
        uow.session.flush()
        uow.workers.lock(worker_id)
    case = uow.cases.find_open(worker_id=worker_id, address_id=address.id)
    if case is not None:
        return case, False
    case = _reopened(uow, deployment, worker_id, address, matters)
    return case or _opened(uow, deployment, address, worker), True


def _owner(uow: UnitOfWork, deployment: Deployment, code: str, *, person: uuid.UUID) -> Officer:
    """Return the officer of a place; of the bureau where nobody looks after a distant home."""
    bureau = deployment.bureau_adcode
    try:
        return officers.owner_for(uow, code, person=person, bureau=bureau)
    except officers.NoOfficerError:
        return officers.owner_for(uow, bureau, person=person, bureau=bureau)


def _opened(
    uow: UnitOfWork, deployment: Deployment, address: ContactAddress, worker: Worker | None
) -> Case:
    code = officers.code_of_worker(worker, deployment.bureau_adcode)
    owner = _owner(uow, deployment, code, person=address.id)
    case = Case(
        bureau_adcode=deployment.bureau_adcode,
        number=uow.records.next_number(f"{SERIES}:{deployment.bureau_adcode}"),
        worker_id=worker.id if worker is not None else None,
        address_id=address.id,
        officer_id=owner.id,
        matters=[],
        urgent=False,
        status=CaseStatus.OPEN,
        opened_at=deployment.now,
    )
    uow.cases.add(case)
    uow.cases.add_event(case, "opened", at=deployment.now)
    return case


def _reopened(
    uow: UnitOfWork,
    deployment: Deployment,
    worker_id: uuid.UUID | None,
    address: ContactAddress,
    matters: Sequence[Matter],
) -> Case | None:
    since = deployment.now - REOPENS_WITHIN
    case = uow.cases.closed_since(since, worker_id=worker_id, address_id=address.id)
    if case is None or not LASTING & set(matters) & {Matter(said) for said in case.matters}:
        return None
    reopen_row(uow, deployment, case)
    return case


def reopen_row(
    uow: UnitOfWork, deployment: Deployment, case: Case, *, officer: Officer | None = None
) -> None:
    """Put a closed case back to open; an owner who left is replaced."""
    case.status, case.closed_at = CaseStatus.OPEN, None
    case.opened_at = deployment.now
    case.reopened = (case.reopened or 0) + 1
    owner = uow.officers.need(case.officer_id)
    if owner.retired_at is not None:
        found = _owner(uow, deployment, place_of(uow, case), person=case.address_id)
        case.officer_id = found.id
    uow.cases.add_event(
        case, "reopened", at=deployment.now, officer_id=officer.id if officer else None
    )


def _add(
    uow: UnitOfWork,
    deployment: Deployment,
    case: Case,
    worker_id: uuid.UUID | None,
    matters: Sequence[Matter],
    words: str,
    urgent: bool,
    enterprise_id: uuid.UUID | None,
) -> bool:
    """Write what was said now; True when the owner does not know it yet."""
    before = set(case.matters)
    case.matters = list(dict.fromkeys([*case.matters, *(matter.value for matter in matters)]))
    is_urgent = urgent or Matter.GRIEVANCE in matters
    is_more = before != set(case.matters) or (is_urgent and not case.urgent)
    case.urgent = case.urgent or is_urgent
    case.worker_id = case.worker_id or worker_id
    case.enterprise_id = enterprise_id or case.enterprise_id
    said = words.strip()
    if said:
        case.words = added_words(case.words, said)
        uow.cases.add_event(case, "said", at=deployment.now, note=said)
    uow.session.flush()
    return is_more


def promise_call(uow: UnitOfWork, deployment: Deployment, case: Case) -> tuple[datetime, bool]:
    """Return by when the owner calls, and whether that was promised just now."""
    pending = pending_deadline(uow, case)
    if pending is not None and pending > deployment.now:
        return pending, False
    due_at = deadline_today_or_next(deployment.now, deployment.clock.timezone)
    promises.promise(
        uow,
        deployment,
        what=promises.CASE,
        subject_id=case.id,
        scope=place_of(uow, case),
        due_at=due_at,
    )
    return due_at, True
