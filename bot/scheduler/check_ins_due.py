"""Asks the check-ins that are due."""

from __future__ import annotations

import functools

from bot.conversations.engine import Engine
from bot.log import describe, logger
from bot.scheduler.ticks import BATCH, Progress, Tick
from bot.services.follow_up.check_in_calls import put_on_list
from bot.services.follow_up.check_in_rounds import POSTPONED_BY, Round, mark_sent, worker_round
from bot.services.follow_up.check_ins import FIRM_KINDS, plan_for_spell
from bot.services.follow_up.firm_questions import ask_firm
from bot.services.sending.sending_rules import end_of_quiet_hours
from storage.models import CheckIn, ContactAddress
from storage.states import CheckInKind, CheckInStatus, DeliveryKind, Way
from storage.unit_of_work import UnitOfWork

STEPS = {
    CheckInKind.STILL_THERE: "check_in.still_there",
    CheckInKind.FIRM_CALLED: "check_in_application.firm_called",
    CheckInKind.STARTED_WORK: "check_in_application.started_work",
}


def ask_due(tick: Tick) -> int:
    """Ask everybody whose check-in is due, outside the quiet hours; return how many."""
    timezone, limits = tick.deployment.clock.timezone, tick.deployment.limits
    if end_of_quiet_hours(tick.now, timezone, limits) is not None:
        return 0
    return tick.in_batches(functools.partial(_ask_batch, engine=tick.engine))


def _ask_batch(uow: UnitOfWork, *, engine: Engine) -> Progress:
    rows = uow.check_ins.due(engine.deployment.now, limit=BATCH)
    return Progress(seen=len(rows), done=sum(_ask_safely(uow, engine, row) for row in rows))


def _ask_safely(uow: UnitOfWork, engine: Engine, row: CheckIn) -> bool:
    """Ask one; a row that cannot be asked is put off and must not keep the others back."""
    check_in = row.id
    try:
        with uow.savepoint():
            return _ask(uow, engine, row)
    except Exception as error:
        logger().error("check_in.failed", check_in=check_in.hex, error=describe(error))
        row.not_before = engine.deployment.now + POSTPONED_BY
        return False


def _ask(uow: UnitOfWork, engine: Engine, row: CheckIn) -> bool:
    if row.status is not CheckInStatus.SCHEDULED:
        return False  # a newer one of this batch stands for it
    engine = engine.of(uow.workers.need(row.worker_id).bureau_adcode)
    deployment = engine.deployment
    if row.kind in FIRM_KINDS:
        return ask_firm(uow, deployment, row)
    found = worker_round(uow, deployment, row)
    if found is None:
        return False
    for address, way in found.asked:
        _put(uow, engine, found, address, way)
    mark_sent(deployment, row, found.address)
    spell = uow.employments.get(row.employment_id) if row.employment_id else None
    if spell is not None:
        plan_for_spell(uow, deployment, spell)
    return True


def _put(uow: UnitOfWork, engine: Engine, found: Round, address: ContactAddress, way: Way) -> None:
    """Ask at one address; on the telephone an officer does."""
    row = found.row
    occasion = f"checkin:{row.id.hex}:{row.attempt + 1}"
    engine.begin(
        uow,
        address,
        STEPS[row.kind],
        origin=occasion if address.id == found.address.id else f"{occasion}:{way.value}",
        kind=DeliveryKind.CHECK_IN,
        subject_id=row.id,
        check_in=row.id.hex,
    )
    if way is Way.PHONE:
        put_on_list(uow, engine.deployment, row, address, dedupe=occasion)
