"""Work that was lost and wrongs that were suffered: recorded, and handed to an officer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.services.cases import cases, promises
from bot.services.cases.cases import OpenedCase, open_case
from bot.services.deployment import Deployment
from bot.services.follow_up import employments
from bot.services.follow_up.check_ins import settle
from bot.services.people import officers
from bot.services.people.workers import ProfileDraft, profile_of
from bot.services.ranking.recommendations import Recommended, recommend
from storage.models import Case, ContactAddress, Employment, Worker
from storage.states import CaseStatus, CheckInKind, CheckInStatus, EndReason, Matter, Source
from storage.unit_of_work import UnitOfWork

MOST_OFFERS = 2
TAKEN_BACK_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of a report: the case, and the spell that ended, if one was open."""

    opened: OpenedCase
    spell: Employment | None


def report(
    uow: UnitOfWork,
    deployment: Deployment,
    *,
    address: ContactAddress,
    worker: Worker | None,
    matters: Sequence[Matter],
    words: str,
    urgent: bool = False,
    receipt_id: uuid.UUID | None = None,
) -> Reported:
    """Record a loss, a grievance or both, and open the case of the person.

    A lost job ends the open spell today and answers the open check-in; a grievance alone
    leaves the spell as it is. The caller holds the address's row; `worker` is None for
    somebody who has not registered; a message (`receipt_id`) answers a question once.
    """
    spell = uow.employments.open_of(worker.id) if worker is not None else None
    if worker is not None and Matter.UNEMPLOYMENT in matters:
        _answer_open_question(uow, deployment, worker, receipt_id)
        _end_today(uow, deployment, worker)
    opened = open_case(
        uow,
        deployment,
        address=address,
        worker=worker,
        matters=matters,
        words=words,
        urgent=urgent,
        enterprise_id=spell.enterprise_id if spell is not None else None,
    )
    return Reported(opened, spell)


def fresh_vacancies(
    uow: UnitOfWork,
    deployment: Deployment,
    *,
    worker: Worker | None,
    draft: ProfileDraft,
    key: str,
    left: Employment | None,
) -> list[Recommended]:
    """Return at most two feasible vacancies that the person has not applied for.

    The firm that was just left is not offered again.

    Args:
        uow: The transaction.
        deployment: The bureau.
        worker: The person, or None.
        draft: What is known of the person.
        key: A stable key of the person, by which equal scores are ordered.
        left: The spell that ended, or None.
    """
    skip = set[uuid.UUID]()
    if worker is not None:
        skip |= {vacancy.id for _, vacancy in uow.applications.of_worker(worker.id)}
    if left is not None and left.enterprise_id is not None:
        skip |= {vacancy.id for vacancy in uow.vacancies.of_enterprise(left.enterprise_id)}
    return recommend(
        uow,
        deployment,
        profile_of(draft, key=key, today=deployment.today),
        worker_id=worker.id if worker is not None else None,
        limit=MOST_OFFERS,
        skip=skip,
    )


def take_back(uow: UnitOfWork, deployment: Deployment, case: Case, worker: Worker | None) -> bool:
    """Close a case that was a false alarm (a holiday) and go on as if nothing had ended.

    A case that also holds a grievance stays open.

    Returns:
        False when the case is closed already or is not about lost work.
    """
    if case.closed_at is not None or Matter.UNEMPLOYMENT not in case.matters:
        return False
    if worker is not None:
        _resume(uow, deployment, worker)
    rest = [matter for matter in case.matters if matter != Matter.UNEMPLOYMENT]
    uow.cases.add_event(case, "false_alarm", at=deployment.now)
    if rest:
        case.matters = rest
    else:
        case.status, case.closed_at = CaseStatus.FALSE_ALARM, deployment.now
        promises.keep(uow, deployment, what=promises.CASE, subject_id=case.id)
    officers.inform(
        uow,
        deployment,
        uow.officers.need(case.officer_id),
        "loss.officer.false_alarm",
        dedupe=f"false_alarm:{case.id.hex}:{case.reopened or 0}",
        subject_id=case.id,
        reference=cases.reference(case),
    )
    return True


def note_leave(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, *, receipt_id: uuid.UUID | None
) -> None:
    """Note that a worker is on holiday: the spell goes on, and the open question is answered."""
    row = uow.check_ins.newest_open([worker.id], {CheckInKind.STILL_THERE})
    if row is not None:
        settle(uow, deployment, row, CheckInStatus.TEMP_LEAVE, receipt_id=receipt_id)
    spell = uow.employments.open_of(worker.id)
    if spell is not None:
        spell.last_confirmed_on = deployment.today


def _end_today(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> None:
    employments.end_spell(
        uow,
        deployment,
        worker,
        on=deployment.today,
        reason=EndReason.LOST,
        source=Source.WORKER,
    )


def _answer_open_question(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, receipt_id: uuid.UUID | None
) -> None:
    row = uow.check_ins.newest_open([worker.id], {CheckInKind.STILL_THERE})
    if row is not None:
        settle(uow, deployment, row, CheckInStatus.NOT_WORKING, receipt_id=receipt_id)


def _resume(uow: UnitOfWork, deployment: Deployment, worker: Worker) -> None:
    spells = uow.employments.of_worker(worker.id)
    last = spells[-1] if spells else None
    if last is None or last.ended_on is None or last.end_reason is not EndReason.LOST:
        return
    if last.ended_on >= deployment.today - TAKEN_BACK_WITHIN:
        employments.resume_spell(uow, deployment, worker, last)
