"""Messages on the wire: sent at once, each in its own task, until their fates are stored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from uuid import UUID

from bot.channels.base import Channel, SendError
from bot.log import describe, logger
from bot.messages import SendErrorKind, SendFailure
from bot.services.sending.outbox import Claimed
from bot.services.sending.outbox_fates import Fate

LONGEST_SEND_SECONDS = 60.0
# Where bulk has taken every connection, this part of as many again lines up for replies.
REPLY_SHARE = 4
# Landed messages hold no connection; more than these mean that storing does not keep up.
MOST_LANDED = 200
STILL_SECONDS = 0.5


class Flights:
    """What one sender has on the wire, and the fates that are not stored yet."""

    def __init__(self, channel: Channel, *, most: int, roomy: Callable[[], None]) -> None:
        """Make an empty sky.

        Args:
            channel: Sends.
            most: On the wire at a time; a few replies may go beyond it.
            roomy: Called when half of the wire has become free.
        """
        self._channel = channel
        self._most = most
        self._roomy = roomy
        self._flying: dict[UUID, asyncio.Task[None]] = {}
        self._landed: list[Fate] = []
        self._news = asyncio.Event()
        self._started_at = 0.0
        self._is_closed = False

    @property
    def room(self) -> int:
        """How many more messages may go on the wire, replies among them."""
        return max(0, self._most + self._most // REPLY_SHARE - self._busy)

    @property
    def bulk_room(self) -> int:
        """How many messages that nobody waits for may go; 0 until they are worth a look.

        They are with half of the wire free or, where many chats hang, after a while.
        """
        free = max(0, self._most - self._busy)
        is_still = asyncio.get_running_loop().time() - self._started_at >= STILL_SECONDS
        return free if free >= self._half or is_still else 0

    @property
    def _half(self) -> int:
        return max(1, self._most // 2)

    @property
    def _busy(self) -> int:
        """Connections that are taken, and fates beyond those that are stored in one go."""
        return len(self._flying) + max(0, len(self._landed) - MOST_LANDED)

    def ids(self) -> list[UUID]:
        """Return the rows that nobody else may take: on the wire, or not stored yet."""
        return [*self._flying, *(fate.claimed.delivery_id for fate in self._landed)]

    def start(self, items: Iterable[Claimed]) -> None:
        """Send these messages, all at once."""
        for item in items:
            self._started_at = asyncio.get_running_loop().time()
            self._flying[item.delivery_id] = asyncio.ensure_future(self._fly(item))

    def take_fates(self) -> list[Fate]:
        """Return the fates that are to be stored; they count as stored from now on."""
        was_short = not self.bulk_room
        taken, self._landed = self._landed, []
        if was_short and self.bulk_room:
            self._roomy()
        return taken

    def put_back(self, fates: Iterable[Fate]) -> None:
        """Keep fates that could not be stored, for the next time."""
        self._landed = [*fates, *self._landed]

    async def gather(self, *, count: int, seconds: float) -> list[Fate]:
        """Return the fates that are to be stored, once they are worth a transaction.

        That is when there are `count`, when the first has waited so many seconds, or when
        nothing more is on the wire. There are none only once `close` was called. They count
        as stored until they are put back.
        """
        while not (self._landed or self._is_closed):
            await self._next_landing(seconds=LONGEST_SEND_SECONDS)
        clock = asyncio.get_running_loop()
        until = clock.time() + seconds
        while self._flying and len(self._landed) < count and (left := until - clock.time()) > 0:
            await self._next_landing(seconds=left)
        return self.take_fates()

    async def close(self) -> None:
        """Wait until nothing is on the wire, then let go whoever gathers."""
        while self._flying:
            await asyncio.gather(*self._flying.values(), return_exceptions=True)
        self._is_closed = True
        self._news.set()

    async def _next_landing(self, *, seconds: float) -> None:
        await wait_for_event(self._news, seconds=seconds)
        self._news.clear()

    async def _fly(self, item: Claimed) -> None:
        try:
            fate = await send(self._channel, item)
        finally:
            self._flying.pop(item.delivery_id, None)
        self._landed.append(fate)
        if self._most - self._busy == self._half:
            self._roomy()
        self._news.set()


async def send(channel: Channel, item: Claimed) -> Fate:
    """Send one message and return what became of it; nothing is raised."""
    try:
        async with asyncio.timeout(LONGEST_SEND_SECONDS):
            external_id = await channel.send(item.message)
    except SendError as error:
        return Fate(item, failure=error.failure)
    except TimeoutError:
        return Fate(item, failure=SendFailure(SendErrorKind.UNKNOWN, code="timeout"))
    except Exception as error:
        # A bug in one message must not leave the others on the wire.
        logger().error("sender.bug", delivery=item.delivery_id.hex, error=describe(error))
        return Fate(item, failure=SendFailure(SendErrorKind.UNKNOWN, code="bug"))
    return Fate(item, external_id)


async def wait_for_event(event: asyncio.Event, *, seconds: float) -> None:
    """Wait until `event` is set, or for so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
