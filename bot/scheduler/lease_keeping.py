"""Claimed chunks kept from other replicas for as long as the work on them lasts."""

from __future__ import annotations

import functools
import threading
from types import TracebackType
from typing import Self

from bot.log import describe, logger
from storage.database import Database
from storage.repositories.ranking_runs import LEASE, Chunk
from storage.unit_of_work import UnitOfWork

EVERY = LEASE / 3
# Work that takes longer hangs: the chunk is left to somebody else.
MOST_RENEWALS = 90


class LeaseKeeper:
    """Renews what a replica has claimed, from a thread of its own, until it is dropped or lost."""

    def __init__(self, database: Database, *, token: str, every: float = EVERY) -> None:
        """Make it.

        Args:
            database: Where the chunks are.
            token: With which they were claimed.
            every: Seconds from one renewal to the next.
        """
        self._database = database
        self._token = token
        self._every = every
        self._renewals: dict[Chunk, int] = {}
        self._guard = threading.Lock()
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="leases", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ends.set()
        self._thread.join()

    def keep(self, chunk: Chunk) -> None:
        """Renew this chunk from now on."""
        with self._guard:
            self._renewals[chunk] = 0

    def drop(self, chunk: Chunk) -> None:
        """Leave this chunk to its lease."""
        with self._guard:
            self._renewals.pop(chunk, None)

    def _serve(self) -> None:
        while not self._ends.wait(self._every):
            with self._guard:
                held = list(self._renewals)
            for chunk in held:
                self._renew(chunk)

    def _renew(self, chunk: Chunk) -> None:
        try:
            is_held = self._database.run(functools.partial(self._hold, chunk=chunk))
        except Exception as error:  # the next renewal may succeed
            logger().warning("ranking.lease_not_renewed", error=describe(error))
            return
        with self._guard:
            if chunk in self._renewals:
                self._renewals[chunk] += 1
                if not is_held or self._renewals[chunk] >= MOST_RENEWALS:
                    del self._renewals[chunk]

    def _hold(self, uow: UnitOfWork, *, chunk: Chunk) -> bool:
        return uow.ranking_runs.hold(chunk, token=self._token)
