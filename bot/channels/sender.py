"""The one way out: what is due is claimed, sent, and its fate written down."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import random
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from bot.channels.base import Channel, SendError
from bot.errors import StorageUnavailableError
from bot.log import describe, logger
from bot.messages import SendErrorKind, SendFailure
from bot.services import outbox
from bot.services.deployment import Deployment
from bot.services.outbox import Claimed, Fate
from storage.database import Database
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
LONGEST_SLEEP = 1.0


class Sender:
    """Sends what waits on one account of one channel; made inside a running event loop."""

    def __init__(
        self,
        database: Database,
        deployment: Deployment,
        channel: Channel,
        account_id: UUID,
        *,
        jitter: random.Random,
    ) -> None:
        self._database = database
        self._deployment = deployment
        self._channel = channel
        self._account_id = account_id
        self._jitter = jitter
        self._woken = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._is_closing = False

    def wake(self) -> None:
        """Look for work now; may be called from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop closed while a turn was ending
            self._loop.call_soon_threadsafe(self._woken.set)

    def close(self) -> None:
        """Stop after the message that is under way."""
        self._is_closing = True
        self._woken.set()

    async def run(self) -> None:
        """Send until closed; a database that is away is waited for."""
        while not self._is_closing:
            self._woken.clear()
            try:
                dealt_with = await self.send_due()
            except StorageUnavailableError as error:
                logger().warning("sender.database_unavailable", error=describe(error))
                dealt_with = 0
            except Exception as error:
                logger().error("sender.failed", error=describe(error))
                dealt_with = 0
            if not dealt_with:
                await self._sleep()

    async def send_due(self) -> int:
        """Send what is due now; return how many messages were dealt with."""
        if self._channel.capabilities.reads_outbox:
            return await self._publish_due()
        abilities = self._channel.capabilities
        claim = functools.partial(
            outbox.claim,
            deployment=self._deployment,
            account_id=self._account_id,
            per_second=abilities.per_second,
            burst=abilities.burst,
        )
        claimed = await self._submit(claim)
        if not claimed:
            return 0
        fates = await asyncio.gather(*(self._send(item) for item in claimed))
        settle = functools.partial(
            outbox.settle, deployment=self._deployment, fates=fates, jitter=self._jitter
        )
        await self._submit(settle)
        return len(claimed)

    async def recover(self) -> int:
        """Take back what a dead sender had on the wire; return how many rows."""
        return await self._submit(
            functools.partial(
                outbox.recover, deployment=self._deployment, account_id=self._account_id
            )
        )

    async def _publish_due(self) -> int:
        publish = functools.partial(
            outbox.publish, deployment=self._deployment, account_id=self._account_id
        )
        addresses = await self._submit(publish)
        if addresses:
            self._channel.published(addresses)
        return len(addresses)

    async def _send(self, item: Claimed) -> Fate:
        try:
            external_id = await self._channel.send(item.message)
        except SendError as error:
            return Fate(item.delivery_id, failure=error.failure)
        except Exception as error:
            # A bug in one message must not leave the others on the wire.
            logger().error("sender.bug", delivery=item.delivery_id.hex, error=describe(error))
            return Fate(item.delivery_id, failure=SendFailure(SendErrorKind.UNKNOWN, code="bug"))
        return Fate(item.delivery_id, external_id)

    async def _submit(self, work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))

    async def _sleep(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), timeout=LONGEST_SLEEP)
