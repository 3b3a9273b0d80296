"""How much one visitor may send: bytes in a body, messages in a minute."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable

from starlette.requests import Request

from bot.web.refusals import TOO_LONG, TOO_MANY, RefusedError

MAX_BODY_BYTES = 4096
MESSAGES_A_MINUTE = 20
ARRIVALS_A_MINUTE = 120
WINDOW_SECONDS = 60.0
MOST_VISITORS_KEPT = 50_000


def check_announced_size(request: Request) -> None:
    """Refuse a body that says it is too long, before anything else is looked at.

    Raises:
        RefusedError: It says more than 4 KB, or no number at all.
    """
    announced = request.headers.get("content-length", "0")
    if not announced.isascii() or not announced.isdigit() or int(announced[:9]) > MAX_BODY_BYTES:
        raise RefusedError(TOO_LONG)


async def read_body(request: Request) -> bytes:
    """Return the body, reading no further than the limit.

    Raises:
        RefusedError: It is longer than 4 KB.
    """
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY_BYTES:
            raise RefusedError(TOO_LONG)
    return bytes(body)


class MessageLimit:
    """At most so many messages within any 60 seconds for each visitor of this process.

    Args:
        monotonic: Seconds that only grow; not business time, which the demo moves.
        most: Messages a minute; many people may share one network address, none a cookie.
    """

    def __init__(self, monotonic: Callable[[], float], *, most: int = MESSAGES_A_MINUTE) -> None:
        self._monotonic = monotonic
        self._most = most
        self._sent: dict[str, deque[float]] = {}
        self._forgot_at = monotonic()

    def count(self, visitor: str) -> None:
        """Count one message of `visitor`.

        Raises:
            RefusedError: One too many within a minute; it says after how many seconds to retry.
        """
        now = self._monotonic()
        sent = self._sent.setdefault(visitor, deque())
        while sent and sent[0] <= now - WINDOW_SECONDS:
            sent.popleft()
        if len(sent) >= self._most:
            wait = math.ceil(sent[0] + WINDOW_SECONDS - now)
            raise RefusedError(TOO_MANY, retry_after_seconds=max(1, wait))
        sent.append(now)
        is_full = len(self._sent) > MOST_VISITORS_KEPT
        if is_full and now > self._forgot_at + WINDOW_SECONDS:
            self._forgot_at = now
            self._forget_idle(now)

    def knows(self, visitor: str) -> bool:
        """Return whether this visitor has sent something lately."""
        return visitor in self._sent

    def _forget_idle(self, now: float) -> None:
        self._sent = {
            visitor: sent
            for visitor, sent in self._sent.items()
            if sent and sent[-1] > now - WINDOW_SECONDS
        }
