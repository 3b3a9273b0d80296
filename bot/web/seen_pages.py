"""Which pages are open: noted when they ask for messages, seldom enough to cost nothing."""

from __future__ import annotations

import asyncio
import functools
from datetime import datetime, timedelta
from uuid import UUID

from bot.services.deployment import Deployment
from storage.database import Database
from storage.unit_of_work import UnitOfWork

NOTED_EVERY = timedelta(minutes=10)
MOST_REMEMBERED = 20_000


class SeenPages:
    """Notes that a page is open, at most every ten minutes for each address."""

    def __init__(self, database: Database, deployment: Deployment) -> None:
        self._database = database
        self._deployment = deployment
        self._noted_at: dict[UUID, datetime] = {}

    async def note(self, address_id: UUID) -> None:
        """Note that the page of this address asks for messages now.

        Raises:
            StorageUnavailableError: The database is down.
        """
        now = self._deployment.now
        last = self._noted_at.get(address_id)
        if last is not None and timedelta() <= now - last < NOTED_EVERY:
            return
        if len(self._noted_at) >= MOST_REMEMBERED:
            self._noted_at.clear()
        self._noted_at[address_id] = now
        write = functools.partial(_write, address_id=address_id, now=now)
        await asyncio.wrap_future(self._database.submit(write))


def _write(uow: UnitOfWork, *, address_id: UUID, now: datetime) -> None:
    uow.addresses.note_page_seen(address_id, now, unless_since=now - NOTED_EVERY)
