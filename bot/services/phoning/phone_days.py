"""The turn of a day on the phone list: what moves on, what is let go, who is told."""

from __future__ import annotations

from datetime import time

from bot.messages import Option
from bot.services.cases.office_hours import WORKDAYS
from bot.services.deployment import Deployment
from bot.services.people import officers
from bot.services.phoning import phone_list
from bot.services.phoning.call_reasons import CASE, LIFE, OFFER_LIFE, reasons_against
from bot.services.sending.deliveries import action_data
from storage.models import Officer
from storage.states import CaseStatus
from storage.unit_of_work import UnitOfWork

MORNING, EVENING = time(9), time(17, 30)
CASES_LOOKED_AT = 50
LOOKED_AT = 100
# Nobody promised these people a call any more, or they have been called.
WAITING_FOR_A_CALL = frozenset({CaseStatus.OPEN, CaseStatus.OFFERED})


def officers_of(uow: UnitOfWork, deployment: Deployment) -> list[Officer]:
    """Return who looks after a bureau's area or a part of it."""
    return uow.officers.within(scope=officers.scope_of(deployment.bureau_adcode))


def add_urgent_cases(uow: UnitOfWork, deployment: Deployment, officer: Officer) -> int:
    """Put everybody with an urgent case of this officer on the list; return how many are new."""
    added = 0
    bureau = deployment.bureau_adcode
    for due in uow.cases.in_scope(scope=officer.scope, limit=CASES_LOOKED_AT, bureau_adcode=bureau):
        case = due.case
        is_mine = case.urgent and case.officer_id == officer.id
        worker = uow.workers.get(case.worker_id) if case.worker_id is not None else None
        if not is_mine or worker is None or case.status not in WAITING_FOR_A_CALL:
            continue
        task = phone_list.add(
            uow,
            deployment,
            worker,
            kind=CASE,
            subject_id=case.id,
            dedupe=f"call:case:{case.id.hex}:{case.reopened or 0}",
        )
        added += task is not None
    return added


def roll_over(uow: UnitOfWork, deployment: Deployment, officer: Officer) -> int:
    """Bring an officer's list up to today; return how many calls were let go.

    What needs no call any more, or has waited too long, is let go with its reason, on whatever
    day it stands. What is left from earlier days stands on today's list; what today has no
    room for moves to the next working day, the least grave first.
    """
    now, today = deployment.now, deployment.today
    overtaken = uow.phone_tasks.overtaken(
        officer.id, before=now - LIFE, offers_before=now - OFFER_LIFE, limit=LOOKED_AT
    )
    reasons = reasons_against(uow, deployment, overtaken)
    gone = sum(
        phone_list.let_go(uow, deployment, task, reason=reasons[task.id])
        for task in overtaken
        if task.id in reasons
    )
    chosen, gone_today = phone_list.today_and_gone(uow, deployment, officer)
    uow.phone_tasks.plan(
        officer.id,
        today=today,
        later=phone_list.next_workday(today),
        chosen=[task.id for task in chosen],
    )
    return gone + gone_today


def tell(uow: UnitOfWork, deployment: Deployment, officer: Officer) -> bool:
    """Tell an officer in the morning of a working day how many calls there are, once a day."""
    local = deployment.now.astimezone(deployment.clock.timezone)
    is_working = local.weekday() in WORKDAYS and MORNING <= local.time() < EVENING
    dedupe = f"phone_list:{deployment.today.isoformat()}"
    if not is_working or uow.phone_tasks.is_queued(f"{dedupe}:{officer.id.hex}"):
        return False
    tasks = phone_list.day_list(uow, deployment, officer).tasks
    if not tasks:
        return False
    language = officers.language_of(uow, officer)
    label = deployment.text("phone_list.choice.open", language)
    officers.inform(
        uow,
        deployment,
        officer,
        "phone_list.today.morning",
        dedupe=dedupe,
        options=[Option(1, label, action_data("phone_today"))],
        count=len(tasks),
    )
    return True
