"""One broadcast on its way: replicas that send it, people who tap meanwhile, one kill."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import math
import time
import uuid
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func, select, update

from storage.clocks import database_seconds
from storage.database import Database
from storage.models import ChannelAccount, ContactAddress, Delivery
from storage.states import DeliveryStatus
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.broadcast_generation import Generated
from tests.benchmarks.broadcast_outcome import Killed, Outcome, Sent
from tests.benchmarks.far_end import Arrival, FarEnd
from tests.benchmarks.http_load import Poster
from tests.benchmarks.served import Served, Store, start
from tests.benchmarks.telegram_town import (
    FIRST_ELSEWHERE,
    SECRET,
    SECRET_HEADER,
    greetings,
    tap,
)
from tests.stand_ins.telegram.stand_in import system_seconds

TAPPERS = 240
TAP_EVERY = 0.5
GLANCE, LOOK_EVERY = 0.1, 1.0
PATIENCE = 45.0
HELD = 3_600.0
SETTLED_AFTER = 1.5  # what a living replica had on the wire is written down by then
UNDER_WAY = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY, DeliveryStatus.SENDING)


class Sending:
    """Sends what waits in one store."""

    def __init__(self, store: Store, end: FarEnd, *, per_second: float, replicas: int) -> None:
        self._store, self._end = store, end
        self._per_second, self._replicas = per_second, replicas
        self._numbers = itertools.count(1)
        self._buttons: dict[int, str] = {}
        self._tapped: dict[int, float] = {}

    def meet_those_who_tap(self) -> None:
        """Let people from elsewhere greet, so that they have a button to tap."""
        chats = range(FIRST_ELSEWHERE, FIRST_ELSEWHERE + TAPPERS)
        bodies = greetings(chats, "你好", numbers=self._numbers)
        begin = self._end.count()
        with self._serving(1, "1000") as (served,):
            asyncio.run(_poster(served).post_all(bodies, per_second=100.0))
            until = time.monotonic() + PATIENCE
            while self._end.count() < begin + TAPPERS and time.monotonic() < until:
                time.sleep(GLANCE)
        found = self._end.arrivals(begin)
        self._buttons = {each.chat: each.button for each in found if each.button is not None}

    def send(self, database: Database, generated: Generated) -> Outcome:
        """Send all of a broadcast; return what became of it."""
        begin = self._end.count()
        database.run(_hold)
        with self._serving(self._replicas, str(self._per_second)) as served:
            began, work = time.monotonic(), self._end.child.cpu_seconds
            idle = [each.child.cpu_seconds for each in served]
            database.run(_release)
            killed = asyncio.run(self._watch(database, generated, served))
            took = time.monotonic() - began
            alive = served[: self._replicas - (killed is not None)]
            busy = sum(
                each.child.cpu_seconds - before for each, before in zip(alive, idle, strict=False)
            )
        arrivals = self._end.arrivals(begin)
        states, accepted = database.read(lambda uow: _states(uow, generated.key))
        got = {each.chat for each in arrivals if each.is_bulk}
        return Outcome(
            generated,
            Sent.of(arrivals, self._per_second),
            states,
            len(accepted - got),
            self._waits(arrivals),
            killed,
            (busy, self._end.child.cpu_seconds - work, took),
        )

    @contextlib.contextmanager
    def _serving(self, count: int, per_second: str) -> Iterator[list[Served]]:
        served = [start(self._store, self._end, per_second=per_second) for _ in range(count)]
        try:
            for each in served:
                each.child.ready()
            yield served
        finally:
            for each in served:
                each.child.stop()

    async def _watch(
        self, database: Database, generated: Generated, served: list[Served]
    ) -> Killed | None:
        tapping = asyncio.ensure_future(self._tap(served[0]))
        killed = None
        if len(served) > 1:
            await self._until_half(generated.count)
            killed = await self._kill(database, generated.key, served[-1])
        count, since = -1, time.monotonic()
        while time.monotonic() < since + PATIENCE:
            left = await asyncio.to_thread(database.read, lambda uow: _left(uow, generated.key))
            if not left:
                break
            if left != count:
                count, since = left, time.monotonic()
            await asyncio.sleep(LOOK_EVERY)
        tapping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await tapping
        await asyncio.sleep(LOOK_EVERY)  # the last taps are answered
        return killed

    async def _until_half(self, count: int) -> None:
        until = time.monotonic() + PATIENCE + count / self._per_second
        while await asyncio.to_thread(self._end.count) < count / 2 + TAPPERS:
            if time.monotonic() > until:
                return
            await asyncio.sleep(GLANCE)

    async def _kill(self, database: Database, key: uuid.UUID, victim: Served) -> Killed:
        victim.child.kill()
        began = time.monotonic()
        await asyncio.sleep(0)
        on_wire = await asyncio.to_thread(database.read, lambda uow: _on_the_wire(uow, key))
        await asyncio.sleep(SETTLED_AFTER)
        orphans = on_wire & await asyncio.to_thread(
            database.read, lambda uow: _on_the_wire(uow, key)
        )
        waiting, seconds = orphans, 0.0
        while waiting and seconds < PATIENCE:
            await asyncio.sleep(GLANCE)
            now = await asyncio.to_thread(database.read, lambda uow: _on_the_wire(uow, key))
            waiting, seconds = waiting & now, time.monotonic() - began
        return Killed(len(orphans), seconds)

    async def _tap(self, served: Served) -> None:
        poster = _poster(served)
        for chat, button in self._buttons.items():
            self._tapped[chat] = system_seconds()
            await poster.post(tap(next(self._numbers), chat, button))
            await asyncio.sleep(TAP_EVERY)

    def _waits(self, arrivals: list[Arrival]) -> list[float]:
        """Return milliseconds from each tap to the first message after it."""
        replies: dict[int, list[float]] = {}
        for each in arrivals:
            if each.chat in self._tapped:
                replies.setdefault(each.chat, []).append(each.at)
        return sorted(
            (next((it for it in replies.get(chat, ()) if it >= at), math.inf) - at) * 1000
            for chat, at in self._tapped.items()
        )


def _poster(served: Served) -> Poster:
    return Poster(served.child.port, served.webhook_path, {SECRET_HEADER: SECRET})


def _hold(uow: UnitOfWork) -> None:
    uow.session.execute(
        update(ChannelAccount)
        .where(ChannelAccount.channel == "telegram")
        .values(paused_until=database_seconds(uow.session) + HELD)
    )


def _release(uow: UnitOfWork) -> None:
    now = database_seconds(uow.session)
    uow.session.execute(
        update(ChannelAccount)
        .where(ChannelAccount.channel == "telegram")
        .values(paused_until=0.0, tokens=0.0, refilled_at=now)
    )


def _left(uow: UnitOfWork, key: uuid.UUID) -> int:
    question = select(func.count()).where(
        Delivery.broadcast_id == key, Delivery.status.in_(UNDER_WAY)
    )
    return uow.session.scalar(question) or 0


def _on_the_wire(uow: UnitOfWork, key: uuid.UUID) -> set[uuid.UUID]:
    question = select(Delivery.id).where(
        Delivery.broadcast_id == key, Delivery.status == DeliveryStatus.SENDING
    )
    return set(uow.session.scalars(question))


def _states(uow: UnitOfWork, key: uuid.UUID) -> tuple[Counter[str], set[int]]:
    """Return how many rows stand in each state, and the chats of those that are accepted."""
    question = (
        select(Delivery.status, ContactAddress.address)
        .join(ContactAddress, ContactAddress.id == Delivery.address_id)
        .where(Delivery.broadcast_id == key)
    )
    rows = uow.session.execute(question).all()
    accepted = {int(chat) for status, chat in rows if status is DeliveryStatus.ACCEPTED}
    return Counter(status.value for status, _chat in rows), accepted
