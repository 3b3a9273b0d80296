"""The port on loopback: opened, closed, and pulled out while a test watches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tests.stand_ins.telegram.http import Connection, Hold, HttpRequest, Reply

LOOPBACK = "127.0.0.1"
LOOK_EVERY = 0.02


class Line:
    """Listens on one port.

    Args:
        answer: Answers a request.
        outage: Says whether nothing should listen now.
    """

    def __init__(
        self, answer: Callable[[HttpRequest], Reply | Hold], outage: Callable[[], bool]
    ) -> None:
        self.port = 0
        self._answer = answer
        self._outage = outage
        self._lines: set[Connection] = set()
        self._server: asyncio.Server | None = None
        self._watch: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def open(self, port: int = 0) -> None:
        """Listen on `port`, or on a free one; watch for outages."""
        self._loop = asyncio.get_running_loop()
        self.port = port
        await self.plug_in()
        self._watch = self._loop.create_task(self._mind_outages())

    async def close(self) -> None:
        """Stop for good."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        await self.unplug()
        self._loop = None

    async def plug_in(self) -> None:
        """Listen again on the same port."""
        if self._server is None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(
                lambda: Connection(self._answer, self._lines), LOOPBACK, self.port, backlog=1_000
            )
            self.port = int(self._server.sockets[0].getsockname()[1])

    async def unplug(self) -> None:
        """Stop listening and cut every connection: from now on connecting is refused."""
        if self._server is None:
            return
        server, self._server = self._server, None
        server.close()
        for line in list(self._lines):
            line.abort()
        await server.wait_closed()

    async def until(self, *, is_open: bool) -> None:
        """Wait until an outage of the schedule has begun, or is over."""
        while (self._server is not None) != is_open:  # noqa: ASYNC110 - as the watch looks
            await asyncio.sleep(LOOK_EVERY)

    def soon(self, work: Callable[[], None]) -> None:
        """Run `work` in the loop that listens, from whichever thread; nothing while closed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(work)

    async def _mind_outages(self) -> None:
        pulled = False
        while True:
            if self._outage() != pulled:
                pulled = not pulled
                await (self.unplug() if pulled else self.plug_in())
            await asyncio.sleep(LOOK_EVERY)
