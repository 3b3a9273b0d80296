"""Nightly runs, their chunks that replicas share, and the lists that came of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from storage.clocks import database_seconds
from storage.inserts import insert_once, upsert
from storage.models.matching import RankedList, RankingChunk, RankingRun
from storage.models.people import Worker
from storage.repositories.base import Repository
from storage.repositories.stretches import AFTER_ALL, BEFORE_ALL, CHUNK, Stretches

LEASE = 120.0
# Whoever takes a chunk for the fifth time would likely die of it as well.
MOST_ATTEMPTS = 5
# The row that stands for all lists together: who holds it allocates.
ALLOCATION = -1
PAGE = 5_000
_EPOCH = datetime.fromtimestamp(0, UTC)


class Chunk(NamedTuple):
    """A stretch of the register that was claimed; both ends included.

    `attempts` counts this claim as well.
    """

    run_id: uuid.UUID
    number: int
    first_worker: uuid.UUID
    last_worker: uuid.UUID
    attempts: int


class Progress(NamedTuple):
    """How many chunks a run has, are ranked, and were given up."""

    chunks: int
    done: int
    given_up: int


class RankingRuns(Stretches, Repository[RankingRun]):
    """Nightly runs, their chunks and lists."""

    kind = RankingRun

    def open(
        self, bureau_adcode: str, for_day: date, *, now: datetime, size: int = CHUNK
    ) -> RankingRun:
        """Return the run of a bureau's day, opened and cut into chunks when it is the first.

        Args:
            bureau_adcode: The bureau.
            for_day: The day.
            now: The present instant.
            size: How many workers a chunk holds.
        """
        values = {
            "id": uuid.uuid4(),
            "bureau_adcode": bureau_adcode,
            "for_day": for_day,
            "started_at": now,
            "figures": {},
        }
        is_new = insert_once(self.session, RankingRun, values)
        run = self.of_day(bureau_adcode, for_day)
        if run is None:
            raise LookupError("the run of the day was deleted just now")
        if is_new:
            self._cut(run, size=size)
        return run

    def of_day(self, bureau_adcode: str, for_day: date) -> RankingRun | None:
        """Return the run of a bureau's day, or None."""
        return self.session.scalars(
            select(RankingRun).where(
                RankingRun.bureau_adcode == bureau_adcode, RankingRun.for_day == for_day
            )
        ).one_or_none()

    def begin_again(self, run: RankingRun, *, now: datetime, size: int = CHUNK) -> None:
        """Cut a run anew; its lists go, so that only new ones are spread."""
        for kind in (RankedList, RankingChunk):
            self.session.execute(delete(kind).where(kind.run_id == run.id))
        run.started_at, run.ranked_at, run.finished_at, run.figures = now, None, None, {}
        self._cut(run, size=size)

    def claim(self, run_id: uuid.UUID, *, token: str, seconds: float = LEASE) -> Chunk | None:
        """Return the next chunk that nobody ranks, held for `seconds`; None when there is none."""
        return self._take(RankingChunk.number >= 0, run_id, token=token, seconds=seconds)

    def claim_allocation(
        self, run_id: uuid.UUID, *, token: str, seconds: float = LEASE
    ) -> Chunk | None:
        """Return the allocation of a run once all its chunks are ranked or given up; else None."""
        now = _instant(self.session)
        waiting = select(RankingChunk.number).where(
            RankingChunk.run_id == run_id,
            RankingChunk.number >= 0,
            RankingChunk.done_at.is_(None),
            or_(RankingChunk.attempts < MOST_ATTEMPTS, ~_is_free(now)),
        )
        if self.session.execute(waiting.limit(1)).first() is not None:
            return None
        return self._take(RankingChunk.number == ALLOCATION, run_id, token=token, seconds=seconds)

    def has_chunks(self, run_id: uuid.UUID) -> bool:
        """Tell whether a chunk waits for somebody to claim it."""
        waiting = self._claimable(RankingChunk.number >= 0, run_id, _instant(self.session))
        return self.session.scalars(waiting.limit(1)).first() is not None

    def give_up(self, run_id: uuid.UUID, *, now: datetime) -> bool:
        """End an allocation that nobody may claim any more; True for the one who ended it."""
        found = self.session.execute(
            update(RankingChunk)
            .where(
                RankingChunk.run_id == run_id,
                RankingChunk.number == ALLOCATION,
                RankingChunk.done_at.is_(None),
                RankingChunk.attempts >= MOST_ATTEMPTS,
                _is_free(_instant(self.session)),
            )
            .values(done_at=now, token=None, leased_until=None)
            .returning(RankingChunk.number)
        )
        return found.first() is not None

    def hold(self, chunk: Chunk, *, token: str, seconds: float = LEASE) -> bool:
        """Hold a claimed chunk until the transaction ends, and for `seconds` more.

        Returns:
            Whether it is still the holder's of `token`; whoever lost it writes nothing.
        """
        row = self.session.scalars(
            select(RankingChunk)
            .where(*_held(chunk, token))
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        ).one_or_none()
        if row is None:
            return False
        row.leased_until = _instant(self.session) + timedelta(seconds=seconds)
        return True

    def finish(self, chunk: Chunk, *, token: str, now: datetime) -> bool:
        """Note that a chunk is done; False when another replica has taken it over."""
        found = self.session.execute(
            update(RankingChunk)
            .where(*_held(chunk, token))
            .values(done_at=now, token=None, leased_until=None)
            .returning(RankingChunk.number)
        )
        return found.first() is not None

    def progress(self, run_id: uuid.UUID) -> Progress:
        """Return how far a run has come; its allocation is not counted."""
        given_up = RankingChunk.done_at.is_(None) & (RankingChunk.attempts >= MOST_ATTEMPTS)
        row = self.session.execute(
            select(
                func.count(),
                func.count(RankingChunk.done_at),
                func.count().filter(given_up),
            ).where(RankingChunk.run_id == run_id, RankingChunk.number >= 0)
        ).one()
        return Progress(row[0], row[1], row[2])

    def store_lists(self, run_id: uuid.UUID, lists: Mapping[uuid.UUID, bytes]) -> None:
        """Store packed lists by worker, each in place of the one that stood there.

        Whoever was erased while the lists were made is left out.
        """
        known = self._present(lists)
        rows = [
            {"worker_id": key, "run_id": run_id, "entries": data}
            for key, data in lists.items()
            if key in known
        ]
        upsert(self.session, RankedList, rows, key=["worker_id"], replaced=["run_id", "entries"])

    def lists(self, run_id: uuid.UUID) -> Iterator[tuple[uuid.UUID, bytes]]:
        """Yield the packed lists of a run, ascending by worker."""
        after = BEFORE_ALL
        while True:
            rows = self.session.execute(
                select(RankedList.worker_id, RankedList.entries)
                .where(RankedList.run_id == run_id, RankedList.worker_id > after)
                .order_by(RankedList.worker_id)
                .limit(PAGE)
            ).all()
            yield from ((row[0], bytes(row[1])) for row in rows)
            if len(rows) < PAGE:
                return
            after = rows[-1][0]

    def forget_before(self, day: date) -> int:
        """Delete the runs of the days before `day` with their lists; return how many."""
        old = list(self.session.scalars(select(RankingRun.id).where(RankingRun.for_day < day)))
        if old:
            for kind in (RankedList, RankingChunk):
                self.session.execute(delete(kind).where(kind.run_id.in_(old)))
            self.session.execute(delete(RankingRun).where(RankingRun.id.in_(old)))
        return len(old)

    def _cut(self, run: RankingRun, *, size: int) -> None:
        stretches = [*enumerate(self.stretches(run.bureau_adcode, size=size))]
        stretches.append((ALLOCATION, (BEFORE_ALL, AFTER_ALL)))
        self.session.execute(
            insert(RankingChunk),
            [
                {"run_id": run.id, "number": number, "first_worker": first, "last_worker": last}
                for number, (first, last) in stretches
            ],
        )

    def _take(
        self, which: ColumnElement[bool], run_id: uuid.UUID, *, token: str, seconds: float
    ) -> Chunk | None:
        now = _instant(self.session)
        row = self.session.scalars(
            self._claimable(which, run_id, now)
            .limit(1)
            .with_for_update(skip_locked=True, key_share=True)
            .execution_options(populate_existing=True)
        ).one_or_none()
        if row is None:
            return None
        row.token, row.leased_until = token, now + timedelta(seconds=seconds)
        row.attempts += 1
        return Chunk(row.run_id, row.number, row.first_worker, row.last_worker, row.attempts)

    def _claimable(
        self, which: ColumnElement[bool], run_id: uuid.UUID, now: datetime
    ) -> Select[RankingChunk]:
        return (
            select(RankingChunk)
            .where(
                RankingChunk.run_id == run_id,
                which,
                RankingChunk.done_at.is_(None),
                RankingChunk.attempts < MOST_ATTEMPTS,
                _is_free(now),
            )
            .order_by(RankingChunk.number)
        )

    def _present(self, lists: Mapping[uuid.UUID, bytes]) -> set[uuid.UUID]:
        if not lists:
            return set()
        found = self.session.scalars(
            select(Worker.id)
            .where(Worker.id >= min(lists), Worker.id <= max(lists))
            .with_for_update(read=True, key_share=True)
        )
        return set(found) & set(lists)


def _instant(session: Session) -> datetime:
    """Return the clock of leases as an instant; on SQLite it counts from the machine's start."""
    return _EPOCH + timedelta(seconds=database_seconds(session))


def _is_free(now: datetime) -> ColumnElement[bool]:
    """Tell whether a lease ended; one that lies further ahead is from before a machine's start."""
    until = RankingChunk.leased_until
    return or_(until.is_(None), until < now, until > now + timedelta(seconds=10 * LEASE))


def _held(chunk: Chunk, token: str) -> tuple[ColumnElement[bool], ...]:
    return (
        RankingChunk.run_id == chunk.run_id,
        RankingChunk.number == chunk.number,
        RankingChunk.token == token,
        RankingChunk.done_at.is_(None),
    )
