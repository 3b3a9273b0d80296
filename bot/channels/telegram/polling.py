"""Asking for updates: confirmed only once they are durable, by one replica at a time."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from telegram.constants import PollingLimit
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.channels.telegram.api import PlainBot, Raw, is_token_refused
from bot.channels.telegram.errors import pause_of
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.updates import ALLOWED_UPDATES, Arrival
from bot.errors import StorageUnavailableError
from bot.log import describe, logger


class State(StrEnum):
    """How one bot stands, as /readyz tells it."""

    STARTING = "starting"
    OK = "ok"
    NO_ROUTE = "no_route"
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Pace:
    """How patiently updates are asked for, in seconds.

    Attributes:
        wait: How long the platform holds a request when nothing comes.
        grace: Beyond that, a request without an answer is given up.
        lease: How long a replica may ask without renewing, which it does three times in it;
            so long nobody asks after one that died.
        backoff: Pauses after failures in a row; the last one repeats.
        conflicts: So many refusals within `conflict_window` mean that somebody else polls; one
            alone is a predecessor that has just ended.
        conflict_window: See `conflicts`.
        conflict_pause: From then on we ask so seldom: somebody else may have ended.
        silence: Without a successful poll for so long, the log says so.
    """

    wait: float = 8.0
    grace: float = 10.0
    lease: float = 8.0
    backoff: tuple[float, ...] = (1.0, 2.0, 5.0, 10.0, 30.0)
    conflicts: int = 3
    conflict_window: float = 60.0
    conflict_pause: float = 60.0
    silence: float = 60.0


Lease = Callable[[], Awaitable[bool]]
# Telling the platform's own refusal from a mishap takes two in a row; only they are final.
REFUSALS = 2


class Polling:
    """The polling loop of one bot."""

    def __init__(
        self,
        bot: PlainBot,
        intake: Intake,
        *,
        lease: Lease,
        monotonic: Callable[[], float],
        pace: Pace | None = None,
    ) -> None:
        """Make a loop.

        Args:
            bot: Asks.
            intake: Makes updates durable.
            lease: Takes or renews this replica's right to ask; False while another has it.
            monotonic: Seconds since some instant.
            pace: How patiently.
        """
        self._bot = bot
        self._intake = intake
        self._lease = lease
        self._monotonic = monotonic
        self._pace = pace or Pace()
        self._offset: int | None = None
        self._failures = 0
        self._refusals = 0
        self._conflicts: list[float] = []
        self._last_success = monotonic()
        self._is_silent = False
        self._closing = asyncio.Event()
        self.state = State.OK

    def close(self) -> None:
        """Ask no more; what was not confirmed comes again after the next start."""
        self._closing.set()

    async def run(self) -> None:
        """Ask until closed, or until it is certain that the platform refuses the token."""
        while not self._closing.is_set() and self.state is not State.REFUSED:
            try:
                if await self._lease():
                    await self._poll_once()
                else:
                    await self._sleep(self._pace.lease / 5)
            except StorageUnavailableError as error:
                logger().warning("telegram.database_unavailable", error=describe(error))
                await self._sleep(self._pace.backoff[0])
            except Exception as error:
                logger().error("telegram.polling_failed", error=describe(error))
                await self._sleep(self._pace.backoff[0])

    async def _poll_once(self) -> None:
        try:
            async with self._renewing():
                updates = await self._fetch()
        except RetryAfter as error:
            await self._sleep(pause_of(error))
        except Conflict:
            await self._conflict()
        except TelegramError as error:
            self._refusals = self._refusals + 1 if is_token_refused(error) else 0
            if self._refusals < REFUSALS:
                await self._failed(error)
                return
            self.state = State.REFUSED
            logger().error("telegram.token_refused", error=describe(error))
        except TimeoutError as error:
            await self._failed(error)
        else:
            self._succeeded()
            async with self._renewing():
                await self._take_all(updates)

    @contextlib.asynccontextmanager
    async def _renewing(self) -> AsyncIterator[None]:
        """Keep the right to ask while the block lasts; pauses after failures leave it free."""
        done = asyncio.Event()
        renewing = asyncio.ensure_future(self._renew_until(done))
        try:
            yield
        finally:
            done.set()
            await renewing

    async def _renew_until(self, done: asyncio.Event) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), timeout=self._pace.lease / 3)
            # Once we close, the right is given back and must not be taken again.
            if done.is_set() or self._closing.is_set():
                return
            try:
                await self._lease()
            except StorageUnavailableError as error:
                logger().debug("telegram.database_unavailable", error=describe(error))

    async def _fetch(self) -> Sequence[Raw]:
        """Return what waits; give up where the request hangs or we are closing."""
        asking = asyncio.ensure_future(
            self._bot.raw_updates(
                offset=self._offset,
                limit=PollingLimit.MAX_LIMIT,
                wait=int(self._pace.wait),
                allowed=ALLOWED_UPDATES,
                patience=self._pace.grace,
            )
        )
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait(
                {asking, closing},
                timeout=self._pace.wait + self._pace.grace,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if asking.done():
                return asking.result()
            if self._closing.is_set():
                return ()
            raise TimeoutError
        finally:
            for task in (asking, closing):
                task.cancel()
            await asyncio.gather(asking, closing, return_exceptions=True)

    async def _take_all(self, updates: Sequence[Raw]) -> None:
        """Make all durable: different chats side by side, each chat in its order.

        What could not be stored, and everything after it, is asked for again.

        Raises:
            StorageUnavailableError: Some could not be stored.
        """
        arrivals = [self._intake.read(raw) for raw in updates]
        chats: dict[str, list[Arrival]] = {}
        for arrival in arrivals:
            address = arrival.inbound.address if arrival.inbound is not None else ""
            chats.setdefault(address, []).append(arrival)
        results = await asyncio.gather(*(self._take_chat(chat) for chat in chats.values()))
        lost = [result for result in results if result is not None]
        first_lost = min((number for number, _error in lost), default=None)
        for arrival in arrivals:
            if first_lost is None or arrival.update_id < first_lost:
                self._offset = max(self._offset or 0, arrival.update_id + 1)
        if lost:
            raise lost[0][1]

    async def _take_chat(
        self, arrivals: Sequence[Arrival]
    ) -> tuple[int, StorageUnavailableError] | None:
        """Return the first update that could not be stored, and why."""
        for arrival in arrivals:
            try:
                await self._intake.take(arrival)
            except StorageUnavailableError as error:
                return arrival.update_id, error
            except Exception as error:
                # One that can never be stored must not come again for ever.
                code = f"update:{arrival.update_id}"
                logger().error("telegram.update_lost", code=code, error=describe(error))
        return None

    async def _conflict(self) -> None:
        self._refusals = 0
        if self.state is State.CONFLICT:
            await self._sleep(self._pace.conflict_pause)
            return
        now = self._monotonic()
        recent = [at for at in self._conflicts if now - at < self._pace.conflict_window]
        self._conflicts = [*recent, now]
        if len(self._conflicts) >= self._pace.conflicts:
            self.state = State.CONFLICT
            logger().error("telegram.conflict", reason="another process polls the same bot")
            await self._sleep(self._pace.conflict_pause)
            return
        await self._sleep(self._pace.backoff[0])

    async def _failed(self, error: BaseException) -> None:
        self._failures += 1
        self.state = State.NO_ROUTE
        silent_for = self._monotonic() - self._last_success
        if silent_for >= self._pace.silence and not self._is_silent:
            self._is_silent = True
            logger().error("telegram.silent", seconds=round(silent_for), error=describe(error))
        elif self._failures == 1:
            logger().warning("telegram.no_route", error=describe(error))
        steps = self._pace.backoff
        await self._sleep(steps[min(self._failures, len(steps)) - 1])

    def _succeeded(self) -> None:
        if self._failures or self.state is State.CONFLICT:
            logger().info("telegram.back", attempts=self._failures)
        self._failures, self._refusals, self._is_silent = 0, 0, False
        self._last_success = self._monotonic()
        self.state = State.OK

    async def _sleep(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), timeout=seconds)
