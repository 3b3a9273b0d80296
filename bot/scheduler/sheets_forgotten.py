"""Forgets uploaded sheets after a day, and what their undo needed once it is too late for one."""

from __future__ import annotations

import functools
from datetime import datetime

from bot.scheduler.ticks import Tick
from bot.services.register.importing import SHEET_KEPT
from bot.services.register.undoing import UNDO_WITHIN
from storage.repositories.personal_register import PersonalRegister
from storage.unit_of_work import UnitOfWork

AT_ONCE = 500


def forget(tick: Tick) -> int:
    """Forget files, and rows of old sheets batch by batch; return how many rows."""
    tick.database.run(lambda uow: uow.import_batches.forget_sheets(tick.now - SHEET_KEPT))
    work = functools.partial(_forget, before=tick.now - UNDO_WITHIN)
    total = 0
    while found := tick.database.run(work):
        total += found
    return total


def _forget(uow: UnitOfWork, *, before: datetime) -> int:
    return PersonalRegister(uow.session).forget_before(before, limit=AT_ONCE)
