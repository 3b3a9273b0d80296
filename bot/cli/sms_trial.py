"""A gateway for trials: shows what it gets, and passes on what is typed."""

from __future__ import annotations

import asyncio
import contextlib
import sys

import httpx
import uvicorn

from bot.channels.sms.channel import TextMessage
from bot.channels.sms.loopback import GatewayCalls, LoopbackGateway
from bot.cli.speaking import Speech
from bot.clock import SystemClock
from bot.settings import Settings

LOOPBACK = "127.0.0.1"
SHOWN_DIGITS = 3
TEXT_SIGN, FAILED_SIGN = "+", "-"


def masked(number: str) -> str:
    """Return a number of which a screen may be photographed: 139****1234."""
    return f"{number[:SHOWN_DIGITS]}****{number[-4:]}"


class Trial:
    """The loopback gateway with a keyboard."""

    def __init__(self, settings: Settings, speech: Speech, *, port: int, product: str) -> None:
        clock = SystemClock(settings.timezone)
        self._speech = speech
        self._port = port
        self._client = httpx.AsyncClient(base_url=product, trust_env=False)
        self._calls = GatewayCalls(self._client, secret=settings.sms_secret, clock=clock)
        self._gateway = LoopbackGateway(
            account=settings.sms_account,
            secret=settings.sms_secret,
            clock=clock,
            show=self._show,
        )

    async def run(self) -> None:
        """Serve until interrupted; a closed keyboard leaves the gateway serving."""
        config = uvicorn.Config(
            self._gateway.app(), host=LOOPBACK, port=self._port, log_level="warning"
        )
        reader = asyncio.ensure_future(self._read())
        try:
            await uvicorn.Server(config).serve()
        finally:
            reader.cancel()
            await self._client.aclose()

    def _show(self, message: TextMessage) -> None:
        number = self._gateway.ids[message.id]
        print(f"{number} {masked(message.to)}  {message.text}", flush=True)

    async def _read(self) -> None:
        stream = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stream), sys.stdin)
        while line := await stream.readline():
            with contextlib.suppress(httpx.HTTPError):
                await self._do(line.decode("utf-8", "replace").strip())
                continue
            self._speech.say("sms.product_away")

    async def _do(self, typed: str) -> None:
        sign, _, rest = typed.partition(" ")
        first, _, words = rest.strip().partition(" ")
        if sign == TEXT_SIGN and first:
            status = await self._calls.text(first, words)
        elif sign == FAILED_SIGN and first:
            code = words or "bad_number"
            status = await self._calls.report(first, status="failed", code=code)
        elif typed in self._gateway.ids.values():
            status = await self._calls.report(typed)
        else:
            self._speech.say("sms.gateway_keys")
            return
        self._speech.say("sms.product_answered", status=status)
