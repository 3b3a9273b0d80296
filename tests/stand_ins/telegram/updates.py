"""Updates on their way to a bot: kept until it has confirmed them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass

from telegram.constants import PollingLimit

from tests.stand_ins.telegram.values import ApiError, Json

NOT_UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
SECOND_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@dataclass(slots=True, eq=False)
class Waiting:
    """One update that the bot has not confirmed.

    Attributes:
        update: As the platform sends it.
        again: It comes once more although the bot has confirmed it.
        posted: It is on its way to a webhook.
    """

    update: Json
    again: bool = False
    posted: bool = False

    @property
    def update_id(self) -> int:
        """Its number."""
        return int(str(self.update["update_id"]))


class Updates:
    """The queue of one bot.

    Attributes:
        twice: Every update comes two times.
        backwards: Every batch comes newest first.
        kept: Every update there ever was, in order.
    """

    def __init__(self) -> None:
        self.twice = False
        self.backwards = False
        self.kept: list[Json] = []
        self.allowed: frozenset[str] | None = None
        self.waiting: list[Waiting] = []
        self.wake: Callable[[], None] = lambda: None
        self._next_id = 1_000
        self._lock = threading.RLock()  # a test's phone may live in another thread

    def add(self, kind: str, content: Json) -> int | None:
        """Queue one update; return its number, or None where the bot did not ask for the kind."""
        if self.allowed is None and kind in NOT_UNASKED:
            return None
        if self.allowed is not None and kind not in self.allowed:
            return None
        with self._lock:
            self._next_id += 1
            update: Json = {"update_id": self._next_id, kind: content}
            self.kept.append(update)
            self.waiting.append(Waiting(update))
            if self.twice:
                self.waiting.append(Waiting(update, again=True))
            number = self._next_id
        self.wake()
        return number

    def repeat(self, last: int = 1) -> None:
        """Deliver the newest `last` updates again, confirmed or not."""
        with self._lock:
            self.waiting += [Waiting(update, again=True) for update in self.kept[-last:]]
        self.wake()

    def ask_for(self, kinds: object) -> None:
        """Remember which kinds the bot wants; an empty list means the usual ones."""
        if isinstance(kinds, list):
            self.allowed = frozenset(map(str, kinds)) if kinds else None

    def confirm(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one keeps that many of the newest."""
        with self._lock:
            if offset < 0:
                self.waiting = self.waiting[offset:]
            elif offset > 0:
                self.waiting = [it for it in self.waiting if it.again or it.update_id >= offset]

    def drop(self, waiting: Waiting) -> None:
        """Forget one that a webhook has taken."""
        with self._lock:
            self.waiting.remove(waiting)

    def clear(self) -> None:
        """Forget all that wait."""
        with self._lock:
            self.waiting.clear()

    def take(self, limit: int) -> list[Json]:
        """Return the oldest updates; what comes again despite being confirmed goes for good."""
        with self._lock:
            taken = self.waiting[:limit]
            self.waiting = [it for it in taken if not it.again] + self.waiting[limit:]
        batch = [it.update for it in taken]
        return batch[::-1] if self.backwards else batch


class Poll:
    """The one `getUpdates` that a bot may have open."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._open: asyncio.Future[list[Json]] | None = None
        self._limit = int(PollingLimit.MAX_LIMIT)

    def begin(self, params: Json, *, longest: float) -> list[Json] | asyncio.Future[list[Json]]:
        """Return what there is, or a promise of what comes; end an older poll with 409.

        Must be called in the stand-in's loop.
        """
        self._end_older()
        offset, limit = params.get("offset", 0), params.get("limit", int(PollingLimit.MAX_LIMIT))
        timeout = params.get("timeout", 0)
        self._limit = limit if isinstance(limit, int) else int(PollingLimit.MAX_LIMIT)
        self._updates.ask_for(params.get("allowed_updates"))
        self._updates.confirm(offset if isinstance(offset, int) else 0)
        seconds = min(float(timeout), longest) if isinstance(timeout, int) else 0.0
        if self._updates.waiting or seconds <= 0:
            return self._updates.take(self._limit)
        loop = asyncio.get_running_loop()
        self._open = loop.create_future()
        timer = loop.call_later(seconds, self._answer, self._open)
        self._open.add_done_callback(lambda _done: timer.cancel())
        return self._open

    def answer(self) -> None:
        """Give an open poll what has come; must be called in the stand-in's loop."""
        if self._open is not None and self._updates.waiting:
            self._answer(self._open)

    def _answer(self, future: asyncio.Future[list[Json]]) -> None:
        if not future.done():
            future.set_result(self._updates.take(self._limit))
        if self._open is future:
            self._open = None

    def _end_older(self) -> None:
        if self._open is not None and not self._open.done():
            self._open.set_exception(ApiError(409, SECOND_POLLER))
        self._open = None
