"""Makes approved broadcasts' messages, keeps their officers informed, and notes the end."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from bot.conversations.engine import Engine
from bot.conversations.officer.broadcast_lines import Lines, Shown, shown
from bot.conversations.officer.broadcasting import show_counted
from bot.errors import StorageUnavailableError
from bot.log import describe, logger
from bot.scheduler.ticks import Tick
from bot.services.broadcasts import broadcast_failures, broadcast_progress
from bot.services.broadcasts.broadcast_batches import Made, make_batch
from bot.services.broadcasts.broadcast_preview import preview
from bot.services.deployment import Deployment
from bot.services.people import officers
from storage.repositories.broadcasts import StateCount
from storage.states import BroadcastStatus
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
# Shown while rows are made, about as often as while they are sent.
STRETCHES_A_LOOK = 10


def run(tick: Tick) -> int:
    """Make what is approved, a stretch of each broadcast in turn, so that none waits for another.

    One that fails stands still, and an officer is told; the others go on.

    Returns:
        How many workers were looked at, and how many broadcasts changed otherwise.
    """
    done = _show(tick)
    rounds = 0
    running = _under_way(tick, BroadcastStatus.APPROVED)
    while running:
        still = []
        for key, deployment in running:
            made = _make(tick, deployment, key)
            done += made.count
            if made.is_more:
                still.append((key, deployment))
        running = still
        rounds += 1
        if rounds % STRETCHES_A_LOOK == 0:
            _look(tick, still)
    return done + _look(tick, _under_way(tick))


def _make(tick: Tick, deployment: Deployment, key: UUID) -> Made:
    work = functools.partial(make_batch, deployment=deployment, key=key)
    made = _alone(lambda: tick.database.run(work), key)
    if made is None:
        tick.database.run(lambda uow: broadcast_failures.pause(uow, deployment, key))
        return Made(0, is_more=False)
    return made


def _alone(work: Callable[[], T], key: UUID) -> T | None:
    """Run `work` for one broadcast; None where it failed, which a log line tells.

    Raises:
        StorageUnavailableError: That is no broadcast's fault.
    """
    try:
        return work()
    except StorageUnavailableError:
        raise
    except Exception as error:
        logger().error("broadcast.failed", broadcast=key.hex, error=describe(error))
        return None


def _show(tick: Tick) -> int:
    """Count for the officers who wait for a preview, beside everybody's turns."""
    count = 0
    for key, bureau in tick.database.read(lambda uow: uow.broadcasts.to_be_shown()):
        engine = tick.engine.of(bureau)
        shown_now = _alone(functools.partial(_show_one, tick, engine, key), key)
        if shown_now is None:
            drop = functools.partial(
                broadcast_failures.drop_preview, deployment=engine.deployment, key=key
            )
            tick.database.run(drop)
        count += shown_now or 0
    return count


def _show_one(tick: Tick, engine: Engine, key: UUID) -> bool:
    counted = tick.database.read(functools.partial(_counted, deployment=engine.deployment, key=key))
    show = functools.partial(show_counted, engine=engine, key=key, counted=counted)
    return tick.database.run(show)


def _counted(uow: UnitOfWork, *, deployment: Deployment, key: UUID) -> Shown:
    broadcast = uow.broadcasts.need(key)
    officer = uow.officers.need(broadcast.officer_id)
    lines = Lines(uow, deployment, officers.language_of(uow, officer))
    return shown(lines, broadcast, preview(uow, deployment, broadcast))


def _under_way(tick: Tick, *statuses: BroadcastStatus) -> list[tuple[UUID, Deployment]]:
    found = tick.database.read(lambda uow: uow.broadcasts.under_way(*statuses))
    return [(key, tick.deployment.of(bureau)) for key, bureau in found]


def _look(tick: Tick, broadcasts: list[tuple[UUID, Deployment]]) -> int:
    """Bring each officer's message up to date; return how many changed."""
    changed = 0
    for key, deployment in broadcasts:
        changed += _alone(functools.partial(_look_at, tick, deployment, key), key) or 0
    return changed


def _look_at(tick: Tick, deployment: Deployment, key: UUID) -> bool:
    counts = tick.database.read(functools.partial(_counts, key=key))
    refresh = functools.partial(_refresh, deployment=deployment, key=key, counts=counts)
    return tick.database.run(refresh)


def _counts(uow: UnitOfWork, *, key: UUID) -> list[StateCount]:
    return uow.broadcasts.state_counts(key)


def _refresh(
    uow: UnitOfWork, *, deployment: Deployment, key: UUID, counts: list[StateCount]
) -> bool:
    broadcast = uow.broadcasts.lock_if_free(key)
    if broadcast is None:
        return False
    return broadcast_progress.refresh(uow, deployment, broadcast, counts)
