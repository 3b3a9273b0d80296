"""The one way out: what is due is claimed, sent, and its fate written down."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import random
from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from bot.channels.base import Channel
from bot.channels.flights import Flights, send, wait_for_event
from bot.conversations.engine import Engine
from bot.errors import StorageUnavailableError
from bot.log import describe, logger
from bot.services.deployment import Deployment
from bot.services.sending import outbox
from bot.services.sending.outbox import Claims
from bot.services.sending.outbox_fates import Fate, settle
from bot.services.sending.stale_questions import Wanted
from storage.database import Database
from storage.models import ContactAddress
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
LONGEST_SLEEP = 1.0
FLUSH_SECONDS = 0.05
FLUSH_COUNT = 200
KEEP_SECONDS = 2.0
PAGES_REST = 0.05
FAILED = Claims(wait=LONGEST_SLEEP, is_dry=True)


class Sender:
    """Sends what waits on one account of one channel; made inside a running event loop.

    Three things go on beside each other: rows are claimed as the allowance lets them, each is
    sent in a task of its own, and fates are stored together. A slow chat holds up nobody but
    itself. Every two seconds the leases of what is on the wire are prolonged, and rows of
    senders that died are taken back.
    """

    def __init__(
        self,
        database: Database,
        deployment: Deployment,
        channel: Channel,
        account_id: UUID,
        *,
        jitter: random.Random,
        engine: Engine | None = None,
    ) -> None:
        """Make a sender.

        Args:
            database: Where the outbox is.
            deployment: Of the account's bureau.
            channel: Sends.
            account_id: The account whose rows it sends.
            jitter: Spreads retries.
            engine: Asks an open question anew where an old one waited too long; without it
                that is left to the person's next message.
        """
        abilities = channel.capabilities
        self._woken = asyncio.Event()
        self._database = database
        self._deployment = deployment
        self._channel = channel
        self._account_id = account_id
        self._jitter = jitter
        self._engine = engine
        self._flights = Flights(channel, most=abilities.at_once, roomy=self._woken.set)
        self._claim_limit = outbox.CLAIM_LIMIT
        self._loop = asyncio.get_running_loop()
        self._lacks_tokens = False
        self._is_asked = False
        self._is_closing = False

    def wake(self) -> None:
        """Look for work now; may be called from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop closed while a turn was ending
            self._loop.call_soon_threadsafe(self._ask)

    def close(self) -> None:
        """Stop after the messages that are on the wire."""
        self._is_closing = True
        self._woken.set()

    async def run(self) -> None:
        """Send until closed; a database that is away is waited for."""
        storing = asyncio.ensure_future(self._store_fates())
        keeping = asyncio.ensure_future(self._keep_leases())
        try:
            while not self._is_closing:
                self._woken.clear()
                await self._rest(await self._look())
        finally:
            await self._flights.close()
            await storing
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)

    async def send_due(self) -> int:
        """Send what is due now and store what became of it; return how many messages went out.

        One round, for those who wait for its end: a slow message holds the round up.
        """
        if self._channel.capabilities.reads_outbox:
            return await self._publish_due()
        claims = await self._claim(self._claim_limit)
        while not claims.items and claims.is_changed:
            claims = await self._claim(self._claim_limit)
        fates = await asyncio.gather(*(send(self._channel, item) for item in claims.items))
        if fates:
            await self._write(fates)
        return len(fates)

    async def recover(self) -> int:
        """Take back what a dead sender had on the wire; return how many rows."""
        return await self._submit(
            functools.partial(
                outbox.recover, deployment=self._deployment, account_id=self._account_id
            )
        )

    def _ask(self) -> None:
        # What was queued while fates were being stored may have been invisible to both sides.
        self._is_asked = True
        self._woken.set()

    async def _look(self) -> Claims:
        """Put what may go on the wire; return what there is to wait for."""
        try:
            if self._channel.capabilities.reads_outbox:
                return Claims(is_changed=bool(await self._publish_due()))
            room = min(self._flights.room, self._claim_limit)
            self._lacks_tokens = False
            if not room:
                return Claims()
            claims = await self._claim(room, bulk_limit=min(room, self._flights.bulk_room))
        except StorageUnavailableError as error:
            logger().warning("sender.database_unavailable", error=describe(error))
            return FAILED
        except Exception as error:
            logger().error("sender.failed", error=describe(error))
            return FAILED
        self._lacks_tokens = claims.wait is not None
        self._flights.start(claims.items)
        return claims

    async def _rest(self, claims: Claims) -> None:
        """Sleep until a new look is worth it: exactly until the next token, where it lacks."""
        seconds = LONGEST_SLEEP if claims.wait is None else min(claims.wait, LONGEST_SLEEP)
        if claims.is_changed:
            return
        if self._channel.capabilities.reads_outbox and not self._is_closing:
            await asyncio.sleep(PAGES_REST)  # every turn wakes us; few have anything for us
        if claims.is_dry and not self._is_closing:
            await asyncio.sleep(seconds)  # whoever wakes us now could not be served either
        elif seconds > 0:
            await wait_for_event(self._woken, seconds=seconds)

    async def _store_fates(self) -> None:
        """Store what became of messages, many at a time, until nothing is left to be stored."""
        while fates := await self._flights.gather(count=FLUSH_COUNT, seconds=FLUSH_SECONDS):
            self._is_asked = False
            waits = True
            try:
                waits = await self._write(fates)
            except StorageUnavailableError as error:
                logger().warning("sender.fates_wait", error=describe(error))
                if self._is_closing:
                    return  # their leases run out, and whoever comes next takes them back
                self._flights.put_back(fates)
                await asyncio.sleep(LONGEST_SLEEP)
            except Exception as error:
                logger().error("sender.fates_failed", error=describe(error))
                await self._write_one_by_one(fates)
            if (waits or self._is_asked) and not self._lacks_tokens:
                self._woken.set()  # the next message of these addresses may go now

    async def _write_one_by_one(self, fates: Sequence[Fate]) -> None:
        """Keep the one fate that cannot be stored from taking the others with it."""
        for fate in fates:
            try:
                await self._write([fate])
            except Exception as error:
                delivery = fate.claimed.delivery_id.hex
                logger().error("sender.fate_lost", delivery=delivery, error=describe(error))

    async def _keep_leases(self) -> None:
        """Keep what is on the wire ours, and take back what dead senders left."""
        while True:
            await asyncio.sleep(KEEP_SECONDS)
            try:
                ids = self._flights.ids()
                if ids:
                    await self._submit(functools.partial(outbox.prolong, delivery_ids=ids))
                if await self.recover():
                    self._woken.set()
            except Exception as error:
                logger().warning("sender.leases_not_kept", error=describe(error))

    async def _claim(self, limit: int, *, bulk_limit: int = outbox.CLAIM_LIMIT) -> Claims:
        abilities = self._channel.capabilities
        return await self._submit(
            functools.partial(
                outbox.claim,
                deployment=self._deployment,
                account_id=self._account_id,
                per_second=abilities.per_second,
                burst=abilities.burst,
                limit=limit,
                bulk_limit=bulk_limit,
                renew=self._renew if self._engine else None,
            )
        )

    async def _write(self, fates: Sequence[Fate]) -> bool:
        return await self._submit(
            functools.partial(
                settle,
                deployment=self._deployment,
                account_id=self._account_id,
                fates=fates,
                jitter=self._jitter,
            )
        )

    def _renew(self, uow: UnitOfWork, address: ContactAddress, wanted: Wanted) -> None:
        if self._engine is not None:
            self._engine.renew(
                uow, address, wanted.origin, kind=wanted.kind, subject_id=wanted.subject_id
            )

    async def _publish_due(self) -> int:
        publish = functools.partial(
            outbox.publish, deployment=self._deployment, account_id=self._account_id
        )
        addresses = await self._submit(publish)
        if addresses:
            self._channel.published(addresses)
        return len(addresses)

    async def _submit(self, work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))
