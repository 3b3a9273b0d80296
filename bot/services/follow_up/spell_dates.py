"""The days of spells: room for a new one, an end, a corrected start; none ever overlap."""

from __future__ import annotations

from datetime import date, timedelta

from bot.services.deployment import Deployment
from bot.services.follow_up import check_ins
from storage.models import Employment, Worker
from storage.states import EndReason
from storage.unit_of_work import UnitOfWork

ONE_DAY = timedelta(days=1)


def close_spell(
    uow: UnitOfWork, deployment: Deployment, spell: Employment, *, on: date, reason: EndReason
) -> None:
    """Write a spell's last day, keep what was believed before, and stop asking about it."""
    spell.ended_on, spell.end_reason = on, reason
    uow.employments.record(spell, at=deployment.now)
    check_ins.cancel_for_spell(uow, spell.id)


def make_room(
    uow: UnitOfWork, deployment: Deployment, worker: Worker, started_on: date
) -> date | None:
    """Close what covers the new start; return the new spell's end when a later one is known."""
    later = None
    for spell in uow.employments.of_worker(worker.id):
        if spell.started_on > started_on:
            later = later or spell
        elif spell.ended_on is None or spell.ended_on >= started_on:
            is_replaced = spell.started_on == started_on
            close_spell(
                uow,
                deployment,
                spell,
                on=started_on if is_replaced else started_on - ONE_DAY,
                reason=EndReason.CORRECTED if is_replaced else EndReason.CHANGED,
            )
    return None if later is None else later.started_on - ONE_DAY


def correct_start(
    uow: UnitOfWork, deployment: Deployment, spell: Employment, started_on: date
) -> bool:
    """Move a spell's start and its check-ins; False when an earlier spell leaves no room."""
    spells = uow.employments.of_worker(spell.worker_id)
    place = [other.id for other in spells].index(spell.id)
    before = spells[place - 1] if place else None
    if before is not None and before.started_on >= started_on:
        return False
    if spell.ended_on is not None and started_on > spell.ended_on:
        return False
    if before is not None and (before.ended_on or started_on) >= started_on - ONE_DAY:
        close_spell(uow, deployment, before, on=started_on - ONE_DAY, reason=EndReason.CHANGED)
    elif before is not None and before.end_reason is EndReason.CHANGED:
        before.ended_on = started_on - ONE_DAY
        uow.employments.record(before, at=deployment.now)
    spell.started_on = started_on
    uow.employments.record(spell, at=deployment.now)
    if spell.ended_on is None:
        check_ins.plan_for_spell(uow, deployment, spell)
    return True
