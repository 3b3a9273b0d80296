"""One serving process: pages, receiver, senders and ticks, started and stopped in order."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import random
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.app.build import App
from bot.app.lines import Lines, begin_anew
from bot.app.published_policies import published_policies
from bot.channels.receiver import STUCK_AFTER, Receiver
from bot.channels.sender import Sender
from bot.channels.web_chat import WebChat
from bot.log import describe, logger
from bot.scheduler.runner import Runner
from bot.understanding import TextReader
from bot.web.documents import Documents
from bot.web.public_lists import PublicLists
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
        documents = Documents(self.app.database, self.app.deployment)
        lists = PublicLists(
            self.app.database, self.app.deployment, secure=self.app.settings.serves_https
        )
        async with self._running(account_id) as (site, lines):
            config = uvicorn.Config(
                self._pages(site, [*lines.routes(), *documents.routes(), *lists.routes()]),
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

    def _pages(self, site: Site, more_routes: Sequence[BaseRoute]) -> Starlette:
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
            site,
            texts=deployment.catalogue.texts,
            clock=deployment.clock,
            options=options,
            policies=published_policies(self.app.database, deployment),
            more_routes=more_routes,
        )

    @contextlib.asynccontextmanager
    async def _running(self, account_id: UUID) -> AsyncIterator[tuple[Site, Lines]]:
        """Run receiver, senders, sweeps and ticks while the block lasts.

        Raises:
            SettingsError: A platform refuses its token.
        """
        parts = await asyncio.to_thread(_Parts, self.app, account_id)
        parts.connect(self.demo)
        await parts.catch_up()
        sending = asyncio.ensure_future(parts.pages.run())
        try:
            await parts.lines.start(parts.receiver)
            parts.runner.start()
            async with _repeating(*parts.sweeps()), _warmed(self.app.deployment.reader):
                yield parts.site, parts.lines
        finally:
            await parts.lines.stop_taking()
            await asyncio.to_thread(parts.runner.stop)
            await parts.receiver.close()
            parts.pages.close()
            await sending
            await parts.lines.close()


class _Parts:
    """What runs beside the web server, made in the order in which one needs the other."""

    receiver: Receiver
    pages: Sender
    site: Site
    runner: Runner

    def __init__(self, app: App, page_account: UUID) -> None:
        self._app = app
        self._page_account = page_account
        self._jitter = random.Random()  # noqa: S311 - spreads retries, guards nothing
        self.lines = Lines(app, jitter=self._jitter)
        self.account_ids = (page_account, *self.lines.account_ids)

    def connect(self, demo: DemoDoors | None) -> None:
        """Make what needs the running event loop."""
        app, web_chat, account_id = self._app, WebChat(), self._page_account
        self.pages = Sender(
            app.database,
            app.deployment,
            web_chat,
            account_id,
            jitter=self._jitter,
            engine=app.engine,
        )
        waking = _Waking(web_chat, self.pages, self.lines)
        self.receiver = Receiver(
            app.database,
            app.engine,
            wake=waking.wake,
            pages=(account_id,),
            engine_of=app.engine_of,
        )
        self.site = Site(
            database=app.database,
            deployment=app.deployment,
            receiver=self.receiver,
            web_chat=web_chat,
            account_id=account_id,
            demo=demo,
            states=self.lines.states,
            line_counts=self.lines.counts,
        )
        self.runner = Runner(
            app.database, app.engine, account_ids=self.account_ids, wake=waking.tell_everybody
        )

    async def catch_up(self) -> None:
        """Answer what a process that died left over, and read the vacancies."""
        await asyncio.to_thread(begin_anew, self._app.database, self.account_ids)
        # Nobody else serves a SQLite file, so what was left over needs no patience.
        patience = timedelta() if self._app.database.is_sqlite else STUCK_AFTER
        for account_id in self.account_ids:
            await self.receiver.sweep(account_id, older_than=patience)
        await asyncio.to_thread(self._app.refresh_board)

    def sweeps(self) -> list[tuple[float, Callable[[], Awaitable[object]]]]:
        """Return what is looked after every few seconds."""
        refresh = functools.partial(asyncio.to_thread, self._app.refresh_board)
        return [
            *(
                (SWEEP_SECONDS, functools.partial(self.receiver.sweep, each))
                for each in self.account_ids
            ),
            (BOARD_SECONDS, refresh),
        ]


class _Waking:
    """What a turn's thread calls once it answered, and a tick's once it asked people."""

    def __init__(self, web_chat: WebChat, pages: Sender, lines: Lines) -> None:
        self._web_chat = web_chat
        self._pages = pages
        self._lines = lines
        self._loop = asyncio.get_running_loop()

    def wake(self, _account_id: UUID, address_id: UUID) -> None:
        """Send what a turn left; it may have told people on other accounts as well."""
        self._call(self._web_chat.published, (address_id,))
        self._pages.wake()
        self._lines.wake()

    def tell_everybody(self) -> None:
        """Send what a tick left, for whomever."""
        self._call(self._web_chat.tell_everybody)
        self._pages.wake()
        self._lines.wake()

    def _call(self, work: Callable[..., None], *values: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop closed while a turn was ending
            self._loop.call_soon_threadsafe(functools.partial(work, *values))


@contextlib.asynccontextmanager
async def _warmed(reader: TextReader) -> AsyncIterator[None]:
    """Read the reader's large tables beside the first pages: whoever writes first waits less."""
    warming = asyncio.ensure_future(asyncio.to_thread(_warm, reader))
    try:
        yield
    finally:
        await asyncio.wait([warming])


def _warm(reader: TextReader) -> None:
    try:
        reader.warm()
    except Exception as error:
        # The first message meets the same fault, and its writer a person.
        logger().error("reader.not_warmed", error=describe(error))


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
