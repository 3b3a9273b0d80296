"""One bureau's text messages from start to stop: the channel out, the callbacks in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from starlette.routing import Route

from bot.channels.sms.callbacks import Callbacks, Receives
from bot.channels.sms.channel import Carrier, SmsChannel
from bot.channels.sms.file_outbox import FileOutbox
from bot.channels.sms.gateway import Gateway
from bot.errors import SettingsError
from bot.services.deployment import Deployment
from storage.database import Database

CALLBACKS = "/sms"
LARGEST_BURST = 5
SHORTEST_SECRET = 16


@dataclass(frozen=True, slots=True)
class SmsOptions:
    """What a bureau set of its text messages; the words of the settings without `sms_`.

    Attributes:
        url: The gateway's address; empty where a file takes the messages.
        account: The bureau's name at the gateway.
        secret: Signs what goes to and comes from it.
        file: A file instead of a gateway; it wins where both are set.
        per_second: What the account may send.
        burst: Messages that may go at once after a pause.
    """

    url: str = ""
    account: str = ""
    secret: str = ""
    file: Path | None = None
    per_second: float = 20.0
    burst: int = LARGEST_BURST


class Sms:
    """Text messages: made first, started once there is a receiver, closed last.

    Attributes:
        channel: What the sender sends through.
    """

    def __init__(
        self,
        options: SmsOptions,
        *,
        deployment: Deployment,
        database: Database,
        account_id: UUID,
        path: str = CALLBACKS,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Make the line; nothing is asked of the gateway yet.

        Args:
            options: What the bureau set.
            deployment: The bureau's own deployment; its clock stands in signatures.
            database: Where reports are written down.
            account_id: The bureau's account of channel `sms`.
            path: Where the gateway calls back; a second bureau's line needs its own.
            transport: Another way to the gateway than the network.

        Raises:
            SettingsError: The options cannot be right.
        """
        check_options(options)
        self._path = path
        self._carrier: Carrier = _carrier(options, deployment, transport)
        self.channel = SmsChannel(
            self._carrier,
            deployment.catalogue.texts,
            public_url=deployment.public_url,
            per_second=options.per_second,
            burst=options.burst,
        )
        self._callbacks = Callbacks(
            account_id=account_id,
            secret=options.secret,
            database=database,
            clock=deployment.clock,
        )
        self._stopping = asyncio.Event()

    @property
    def state(self) -> str:
        """One word for /readyz: `ok`, `starting`, `no_route`, `refused`."""
        return self._carrier.state

    @property
    def counts(self) -> Mapping[str, int]:
        """How many reports and texts came in, and how many were refused; for /metrics."""
        return self._callbacks.counts

    def routes(self) -> list[Route]:
        """Return what the gateway calls; it is told to come again until there is a receiver."""
        return self._callbacks.routes(self._path)

    async def start(self, receiver: Receives) -> None:
        """Take texts in from now on."""
        self._callbacks.open(receiver)

    async def run(self) -> None:
        """Wait until stopped: a gateway calls us, and is not asked."""
        await self._stopping.wait()

    async def stop(self) -> None:
        """Take no more texts; `run` ends."""
        self._callbacks.shut()
        self._stopping.set()

    async def close(self) -> None:
        """Close the connections, once nothing is sent any more."""
        await self._carrier.close()


def check_options(options: SmsOptions) -> None:
    """Make sure that the settings can be right, without asking the gateway.

    Raises:
        SettingsError: Some cannot; all of them are named.
    """
    if options.file is not None:
        return
    problems = []
    if urlsplit(options.url).scheme not in {"http", "https"} or not urlsplit(options.url).hostname:
        problems.append("WENGONG_SMS_URL: is no address; it looks like https://gateway.example/v1")
    if not options.account:
        problems.append("WENGONG_SMS_ACCOUNT: the bureau's name at the gateway is needed")
    if len(options.secret) < SHORTEST_SECRET:
        problems.append(
            f"WENGONG_SMS_SECRET: at least {SHORTEST_SECRET} characters that the gateway knows too"
        )
    if problems:
        raise SettingsError(problems)


def _carrier(
    options: SmsOptions, deployment: Deployment, transport: httpx.AsyncBaseTransport | None
) -> Carrier:
    if options.file is not None:
        return FileOutbox(options.file, clock=deployment.clock)
    return Gateway(
        options.url,
        account=options.account,
        secret=options.secret,
        clock=deployment.clock,
        transport=transport,
    )
