"""The cases of the past weeks: closed ones, and two that stand open at the demo's own firm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.app.demo.rows import morning_of
from bot.services.cases.cases import SERIES
from bot.services.deployment import Deployment
from storage.models import Case, Employment, Worker
from storage.states import CaseStatus, CheckInStatus, EndReason, Matter, WorkerStatus
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:  # the city holds what is written here
    from bot.app.demo.city import Written

CLOSED_AFTER = timedelta(days=3)
OPEN = "open"


def write_cases(
    uow: UnitOfWork, deployment: Deployment, city: Written, spells: Sequence[Employment]
) -> None:
    """Write the cases of the figures, oldest first.

    The open ones belong to workers of the demo's own firm; one who lost the work has left it.
    """
    own = [spell for spell in spells if spell.enterprise_id == city.firms[0].id]
    others = [spell for spell in spells if spell.enterprise_id != city.firms[0].id]
    rows = city.figures.population["cases"].rows("rows", int, str, str, str)
    for days_ago, matter, words, outcome in rows:
        spell = (own if outcome == OPEN else others).pop()
        case = _case(
            uow,
            deployment,
            city,
            spell,
            days_ago=int(str(days_ago)),
            matter=Matter(str(matter)),
            words=str(words),
            outcome=CaseStatus(str(outcome)),
        )
        if outcome == OPEN and matter == Matter.UNEMPLOYMENT:
            _lose(uow, city, spell, case)


def _case(
    uow: UnitOfWork,
    deployment: Deployment,
    city: Written,
    spell: Employment,
    *,
    days_ago: int,
    matter: Matter,
    words: str,
    outcome: CaseStatus,
) -> Case:
    opened_at = morning_of(deployment, city.now, days_ago)
    is_open = outcome is CaseStatus.OPEN
    case = Case(
        bureau_adcode=deployment.bureau_adcode,
        number=uow.records.next_number(f"{SERIES}:{deployment.bureau_adcode}"),
        worker_id=spell.worker_id,
        address_id=city.addresses[spell.worker_id].id,
        enterprise_id=spell.enterprise_id,
        officer_id=city.officer_id,
        matters=[matter.value],
        urgent=matter is Matter.GRIEVANCE,
        words=words,
        # The officer has spoken with those whose case is open; what was promised is kept.
        status=CaseStatus.CONTACTED if is_open else outcome,
        opened_at=opened_at,
        closed_at=None if is_open else min(city.now, opened_at + CLOSED_AFTER),
        reopened=0,
    )
    uow.cases.add(case)
    uow.cases.add_event(case, "opened", at=opened_at)
    uow.cases.add_event(case, "said", at=opened_at, note=words)
    uow.cases.add_event(case, "contacted", at=opened_at, officer_id=city.officer_id)
    return case


def _lose(uow: UnitOfWork, city: Written, spell: Employment, case: Case) -> None:
    """End the spell of somebody who lost the work on the day the case was opened."""
    spell.ended_on, spell.end_reason = case.opened_at.date(), EndReason.LOST
    worker = uow.session.get_one(Worker, spell.worker_id)
    worker.status = WorkerStatus.SEEKING
    for row in uow.check_ins.of_employment(spell.id):
        if row.status is CheckInStatus.SCHEDULED:
            row.status = CheckInStatus.CANCELLED
    uow.employments.record(spell, at=case.opened_at)
