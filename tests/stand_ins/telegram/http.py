"""As much of HTTP/1.1 as bots speak, by hand, because benchmarks need the speed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

_END = b"\r\n\r\n"
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request: verb, path without the query, query, headers in small letters, body."""

    verb: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered.

    Attributes:
        status: HTTP status.
        body: As sent.
        content_type: Of the body.
        delay: Seconds until it is sent.
        cut: The connection ends instead.
    """

    status: int
    body: bytes
    content_type: str = "application/json"
    delay: float = 0.0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """An answer that comes when `until` is done; `reply` makes it. Cancelled with the line."""

    until: asyncio.Future[list[dict[str, object]]]
    reply: Callable[[], Reply]


class Connection(asyncio.Protocol):
    """One kept-alive connection: requests are answered one after the other."""

    def __init__(
        self, answer: Callable[[HttpRequest], Reply | Hold], lines: set[Connection]
    ) -> None:
        self._answer = answer
        self._lines = lines
        self._buffer = b""
        self._busy = False
        self._hold: Hold | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._lines.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._lines.discard(self)
        self._transport = None
        if self._hold is not None:
            self._hold.until.cancel()
        if self._timer is not None:
            self._timer.cancel()

    def abort(self) -> None:
        """End the line at once, without a word."""
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._next()

    def _next(self) -> None:
        while not self._busy and self._transport is not None:
            request = self._take_request()
            if request is None:
                return
            self._respond(self._answer(request))

    def _take_request(self) -> HttpRequest | None:
        end = self._buffer.find(_END)
        if end < 0:
            return None
        first, *lines = self._buffer[:end].decode("latin-1").split("\r\n")
        headers = {}
        for line in lines:
            name, _colon, value = line.partition(":")
            headers[name.lower()] = value.strip()
        begin = end + len(_END)
        length = int(headers.get("content-length", "0"))
        if len(self._buffer) < begin + length:
            return None
        body = self._buffer[begin : begin + length]
        self._buffer = self._buffer[begin + length :]
        verb, target, _version = first.split(" ", 2)
        path, _mark, query = target.partition("?")
        return HttpRequest(verb, path, query, headers, body)

    def _respond(self, answer: Reply | Hold) -> None:
        if isinstance(answer, Hold):
            self._busy, self._hold = True, answer
            answer.until.add_done_callback(self._held)
        elif answer.delay > 0:
            self._busy = True
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(answer.delay, self._write, answer)
        else:
            self._write(answer)

    def _held(self, until: asyncio.Future[list[dict[str, object]]]) -> None:
        if until.cancelled() or self._hold is None:
            return
        self._write(self._hold.reply())
        self._next()

    def _write(self, reply: Reply) -> None:
        was_busy, self._busy, self._hold, self._timer = self._busy, False, None, None
        if self._transport is None:
            return
        if reply.cut:
            self._transport.abort()
            return
        head = (
            f"HTTP/1.1 {reply.status} {_PHRASES.get(reply.status, 'Unknown')}\r\n"
            f"Content-Type: {reply.content_type}\r\nContent-Length: {len(reply.body)}\r\n\r\n"
        )
        self._transport.write(head.encode() + reply.body)
        if was_busy and self._buffer:
            asyncio.get_running_loop().call_soon(self._next)
