"""A gateway that keeps what it gets: for trials on one machine, and for tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import uuid4

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.sms.channel import TextMessage
from bot.channels.sms.signing import is_signed, signed_headers
from bot.clock import Clock

MOST_UNITS_WITH_LINK = 300
MOBILE_DIGITS = 11


class LoopbackGateway:
    """Follows the contract of `bot.channels.sms`, sends nothing, and remembers all of it."""

    def __init__(
        self,
        *,
        account: str,
        secret: str,
        clock: Clock,
        show: Callable[[TextMessage], None] = lambda _message: None,
    ) -> None:
        """Make a gateway.

        Args:
            account: The only account it knows.
            secret: What it shares with that account.
            clock: Tells which signatures are too old.
            show: Called with every new message.
        """
        self._account = account
        self._secret = secret
        self._clock = clock
        self._show = show
        self.accepted: dict[str, TextMessage] = {}
        self.ids: dict[str, str] = {}

    def app(self) -> Starlette:
        """Return the pages of the gateway."""
        return Starlette(routes=[Route("/messages", self.take, methods=["POST"])])

    async def take(self, request: Request) -> Response:
        """Take one message, as the contract says."""
        body = await request.body()
        if not is_signed(request.headers, self._secret, body, now=self._clock.now()):
            return JSONResponse({"code": "signature", "message": "not signed"}, status_code=401)
        return self.answer(body)

    def answer(self, body: bytes) -> Response:
        """Return what a signed request is answered."""
        try:
            fields = json.loads(body)
            message = TextMessage(fields["id"], fields["to"], fields["text"])
        except (ValueError, KeyError, TypeError):
            return _refused("unreadable", "id, to and text are needed")
        if fields.get("account") != self._account:
            return _refused("unknown_account", "no such account")
        if not (message.to.isdecimal() and len(message.to) == MOBILE_DIGITS):
            return _refused("bad_number", "eleven digits are needed")
        if not 0 < len(message.text) <= MOST_UNITS_WITH_LINK:
            return _refused("text_refused", "nothing, or too much")
        if message.id not in self.accepted:
            self.accepted[message.id] = message
            self.ids[message.id] = f"g{len(self.ids) + 1}"
            self._show(message)
        return JSONResponse({"id": self.ids[message.id]}, status_code=202)


class GatewayCalls:
    """What a gateway tells the product: texts that came in, and what became of messages."""

    def __init__(self, client: httpx.AsyncClient, *, secret: str, clock: Clock) -> None:
        """Make the caller; the base address of `client` is where the callbacks are."""
        self._client = client
        self._secret = secret
        self._clock = clock

    async def text(self, number: str, words: str, *, id: str | None = None) -> int:  # noqa: A002
        """Tell of a text that came in; return the status of the answer."""
        fields = {
            "id": id or uuid4().hex,
            "from": number,
            "text": words,
            "time": self._clock.now().isoformat(),
        }
        return await self.post("/sms/inbound", fields)

    async def report(self, *ids: str, status: str = "delivered", code: str = "") -> int:
        """Tell what became of messages; return the status of the answer."""
        listed = [{"id": one, "status": status, "code": code} for one in ids]
        return await self.post("/sms/reports", listed)

    async def post(self, path: str, fields: object) -> int:
        """Post anything, signed; return the status of the answer."""
        body = json.dumps(fields, ensure_ascii=False).encode("utf-8")
        headers = signed_headers(self._secret, body, now=self._clock.now())
        answer = await self._client.post(path, content=body, headers=headers)
        return answer.status_code


def _refused(code: str, message: str) -> Response:
    return JSONResponse({"code": code, "message": message}, status_code=400)
