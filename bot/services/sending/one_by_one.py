"""Rows of a scheduled job, each on its own: what fails with one must not keep the others back."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from bot.log import describe, logger
from storage.unit_of_work import UnitOfWork


def succeeds(
    uow: UnitOfWork, work: Callable[[], bool], *, job: str, kind: str, key: uuid.UUID
) -> bool | None:
    """Run `work` for one row in a savepoint and return what it returns.

    Returns:
        None when it failed: what it wrote is undone and a log line names the row.
    """
    try:
        with uow.savepoint():
            return work()
    except Exception as error:
        logger().error("row.failed", job=job, error=describe(error), **{kind: key.hex})
        return None
