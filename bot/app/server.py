"""One serving process: pages, receiver, senders and ticks, started and stopped in order."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import random
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import uvicorn
from starlette.applications import Starlette

from bot.app.build import App
from bot.channels.receiver import STUCK_AFTER, Receiver
from bot.channels.sender import Sender
from bot.channels.web_chat import WebChat
from bot.log import describe, logger
from bot.scheduler.runner import Runner
from bot.web.routes import SiteOptions, create_app
from bot.web.site import DemoDoors, Site

SWEEP_SECONDS = 5.0
BOARD_SECONDS = 2.0
LONGEST_GOODBYE = 5


class _PageServer(uvicorn.Server):
    """Leaves signals to us: pages that wait must be let go before the server stops."""

    def __init__(self, config: uvicorn.Config, *, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Catch nothing."""
        yield


@dataclass
class Server:
    """Everything that runs while a process serves."""

    app: App
    demo: DemoDoors | None = None

    async def serve(self, *, ready: Callable[[], None]) -> None:
        """Serve until SIGINT or SIGTERM; call `ready` once the first page can be opened.

        The order of stopping is: no new messages, finish turns, stop senders; the caller
        closes the database.
        """
        account_id = await asyncio.to_thread(self.app.account_id, "web")
        async with self._running(account_id) as site:
            config = uvicorn.Config(
                self._pages(site),
                host=self.app.settings.host,
                port=self.app.settings.port,
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=LONGEST_GOODBYE,
            )
            await self._serve_pages(_PageServer(config, ready=ready), site)

    async def _serve_pages(self, server: uvicorn.Server, site: Site) -> None:
        def stop() -> None:
            site.close()
            server.should_exit = True

        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, stop)
        await server.serve()

    def _pages(self, site: Site) -> Starlette:
        settings = self.app.settings
        options = SiteOptions(
            secure=settings.serves_https,
            demo=self.demo is not None,
            bureau=settings.bureau_name,
            phone=settings.bureau_phone,
            public_url=self.app.deployment.public_url,
            language=settings.language,
        )
        deployment = self.app.deployment
        return create_app(
            site, texts=deployment.catalogue.texts, clock=deployment.clock, options=options
        )

    @contextlib.asynccontextmanager
    async def _running(self, account_id: UUID) -> AsyncIterator[Site]:
        """Run receiver, sender, sweeps and ticks while the block lasts."""
        app, web_chat = self.app, WebChat()
        jitter = random.Random()  # noqa: S311 - spreads retries, guards nothing
        sender = Sender(app.database, app.deployment, web_chat, account_id, jitter=jitter)
        wake, tell_everybody = _waking(web_chat, sender)
        receiver = Receiver(app.database, app.engine, wake=wake, pages=(account_id,))
        site = Site(
            database=app.database,
            deployment=app.deployment,
            receiver=receiver,
            web_chat=web_chat,
            account_id=account_id,
            demo=self.demo,
        )
        # Nobody else serves a SQLite file, so what was left over needs no patience.
        patience = timedelta() if app.database.is_sqlite else STUCK_AFTER
        await receiver.sweep(account_id, older_than=patience)
        await asyncio.to_thread(app.refresh_board)
        runner = Runner(app.database, app.engine, account_ids=[account_id], wake=tell_everybody)
        sending = asyncio.ensure_future(sender.run())
        runner.start()
        try:
            async with _repeating(
                (SWEEP_SECONDS, functools.partial(receiver.sweep, account_id)),
                (BOARD_SECONDS, functools.partial(asyncio.to_thread, app.refresh_board)),
            ):
                yield site
        finally:
            await asyncio.to_thread(runner.stop)
            await receiver.close()
            sender.close()
            await sending


def _waking(
    web_chat: WebChat, sender: Sender
) -> tuple[Callable[[UUID, UUID], None], Callable[[], None]]:
    """Return what a turn's thread calls once it answered, and a tick's once it asked people."""
    loop = asyncio.get_running_loop()

    def wake(_account_id: UUID, address_id: UUID) -> None:
        with contextlib.suppress(RuntimeError):  # the loop closed while a turn was ending
            loop.call_soon_threadsafe(web_chat.published, (address_id,))
        sender.wake()

    def tell_everybody() -> None:
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(web_chat.tell_everybody)
        sender.wake()

    return wake, tell_everybody


@contextlib.asynccontextmanager
async def _repeating(
    *works: tuple[float, Callable[[], Awaitable[object]]],
) -> AsyncIterator[None]:
    """Do each piece of work every so many seconds while the block lasts."""
    tasks = [asyncio.ensure_future(_every(seconds, work)) for seconds, work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _every(seconds: float, work: Callable[[], Awaitable[object]]) -> None:
    """Do `work` again and again; what fails is logged and tried the next time."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception as error:
            logger().warning("sweep.failed", error=describe(error))
