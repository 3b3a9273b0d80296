"""What a gateway tells us: reports on messages, and texts that came in."""

from __future__ import annotations

import asyncio
import functools
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.channels.sms.gateway import NUMBER_IS_CLOSED
from bot.channels.sms.inbound import UnreadableError, read_inbound, read_reports
from bot.channels.sms.signing import is_signed, is_timely
from bot.clock import Clock
from bot.errors import StorageUnavailableError
from bot.log import logger
from bot.messages import Inbound
from bot.services.sending import sms_reports
from storage.database import Database

Take = Callable[[bytes], Awaitable[None]]
MOST_BYTES = 256 * 1024
MOST_LOGGED = 20
COUNTED = ("reports", "unknown_reports", "texts", "ignored_texts", "refused")
RETRY_SECONDS = "5"
# What may stand in a log: an id, and nothing that a stranger would like to see there.
_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class Receives(Protocol):
    """What makes a message durable; `bot.channels.receiver.Receiver` does."""

    async def receive(self, account_id: UUID, inbound: Inbound) -> None:
        """Store `inbound` and start its turn."""


class _RefusedError(Exception):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class Callbacks:
    """The two addresses that a gateway calls; nothing is believed that it did not sign."""

    def __init__(
        self,
        *,
        account_id: UUID,
        secret: str,
        database: Database,
        clock: Clock,
    ) -> None:
        self._account_id = account_id
        self._secret = secret
        self._database = database
        self._receiver: Receives | None = None
        self._clock = clock
        self._counts: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each of `COUNTED` happened since the start."""
        return dict(self._counts)

    def open(self, receiver: Receives) -> None:
        """Take texts from now on; until then the gateway is told to come again."""
        self._receiver = receiver

    def shut(self) -> None:
        """Take no more texts."""
        self._receiver = None

    def routes(self, path: str) -> list[Route]:
        """Return the routes below `path`."""
        return [
            Route(f"{path}/reports", self.reports, methods=["POST"]),
            Route(f"{path}/inbound", self.inbound, methods=["POST"]),
        ]

    async def reports(self, request: Request) -> JSONResponse:
        """Write down what became of messages; unknown ids are counted, and no error."""
        return await self._answered(request, self._take_reports)

    async def inbound(self, request: Request) -> JSONResponse:
        """Store a text that came in; 200 means that it is durable."""
        return await self._answered(request, self._take_text)

    async def _answered(self, request: Request, take: Take) -> JSONResponse:
        try:
            body = await self._signed_body(request)
            await take(body)
        except _RefusedError as error:
            return self._refused(error.status, error.code)
        except UnreadableError:
            return self._refused(400, "unreadable")
        except StorageUnavailableError:
            return self._refused(503, "storage")
        return JSONResponse({"ok": True})

    async def _signed_body(self, request: Request) -> bytes:
        now = self._clock.now()
        if not is_timely(request.headers, now=now):
            raise _RefusedError(403, "timestamp")
        announced = request.headers.get("content-length", "0")
        if not announced.isdecimal() or int(announced[:12]) > MOST_BYTES:
            raise _RefusedError(413, "too_long")
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                raise _RefusedError(413, "too_long")
        if not is_signed(request.headers, self._secret, bytes(body), now=now):
            raise _RefusedError(403, "signature")
        return bytes(body)

    async def _take_reports(self, body: bytes) -> None:
        """Write reports down, a batch after the other; after a failure all of them come again."""
        reports, unknown = read_reports(body), list[str]()
        for begin in range(0, len(reports), sms_reports.BATCH):
            batch = reports[begin : begin + sms_reports.BATCH]
            work = functools.partial(
                sms_reports.take_in,
                account_id=self._account_id,
                reports=batch,
                closed_numbers=NUMBER_IS_CLOSED,
                now=self._clock.now(),
            )
            unknown += await asyncio.wrap_future(self._database.submit(work))
            self._counts["reports"] += len(batch)
        self._counts["unknown_reports"] += len(unknown)
        self._log_unknown(unknown)

    async def _take_text(self, body: bytes) -> None:
        inbound = read_inbound(body)
        if inbound is None:
            self._counts["ignored_texts"] += 1
            logger().info("sms.text_ignored", account=self._account_id.hex)
            return
        if self._receiver is None:
            raise _RefusedError(503, "starting")
        await self._receiver.receive(self._account_id, inbound)
        self._counts["texts"] += 1

    def _log_unknown(self, unknown: Sequence[str]) -> None:
        for given in unknown[:MOST_LOGGED]:
            named = given if _ID.fullmatch(given) else "unreadable"
            logger().warning("sms.report_unknown", delivery=named, account=self._account_id.hex)

    def _refused(self, status: int, code: str) -> JSONResponse:
        self._counts["refused"] += 1
        logger().warning("sms.callback_refused", status=status, reason=code)
        again = {"Retry-After": RETRY_SECONDS} if status == 503 else None  # noqa: PLR2004
        return JSONResponse({"code": code}, status_code=status, headers=again)
