"""Posts updates to the address a bot named, again and again until it answers 2xx."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
from telegram.constants import SUPPORTED_WEBHOOK_PORTS, WebhookLimit

from tests.stand_ins.telegram.updates import Updates, Waiting
from tests.stand_ins.telegram.values import Json, Limits, ShapeError

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_SECRET_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def check_webhook(params: Json) -> None:
    """Refuse an address the platform would not post to; loopback is for tests and goes.

    Raises:
        ShapeError: Scheme, port, secret or number of connections is wrong.
    """
    parts = urlsplit(str(params.get("url", "")))
    if parts.hostname not in _LOOPBACK:
        if parts.scheme != "https":
            raise ShapeError("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in SUPPORTED_WEBHOOK_PORTS:
            raise ShapeError("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    secret = str(params.get("secret_token", ""))
    if len(secret) > WebhookLimit.MAX_SECRET_TOKEN_LENGTH or not _SECRET_LETTERS.issuperset(secret):
        raise ShapeError("secret token contains unallowed characters")
    most = params.get("max_connections", 40)
    longest = WebhookLimit.MAX_CONNECTIONS_LIMIT
    if not isinstance(most, int) or not WebhookLimit.MIN_CONNECTIONS_LIMIT <= most <= longest:
        raise ShapeError("bad webhook: max_connections is out of range")


class Poster:
    """One bot's webhook.

    Attributes:
        statuses: HTTP status of every post, 0 where no answer came.
        failed_at: Second since 1970 of the last post that was not taken.
    """

    def __init__(
        self, updates: Updates, params: Json, limits: Limits, *, now: Callable[[], float]
    ) -> None:
        self._now = now
        self.statuses: list[int] = []
        self.failed_at = 0
        self._updates = updates
        self._url = str(params["url"])
        secret = params.get("secret_token")
        self._headers = {SECRET_HEADER: str(secret)} if secret else {}
        most = params.get("max_connections", 40)
        self._room = asyncio.Semaphore(most if isinstance(most, int) else 40)
        self._limits = limits
        self._more = asyncio.Event()
        self._more.set()

    def wake(self) -> None:
        """Hear that there is more to post; must be called in the stand-in's loop."""
        self._more.set()

    async def run(self) -> None:
        """Post until cancelled."""
        timeout = self._limits.webhook_timeout
        async with (
            httpx.AsyncClient(trust_env=False, timeout=timeout) as client,
            asyncio.TaskGroup() as posts,
        ):
            while True:
                await self._more.wait()
                self._more.clear()
                fresh = [it for it in self._updates.waiting if not it.posted]
                for waiting in fresh[::-1] if self._updates.backwards else fresh:
                    waiting.posted = True
                    await self._room.acquire()
                    posts.create_task(self._post(client, waiting))

    async def _post(self, client: httpx.AsyncClient, waiting: Waiting) -> None:
        try:
            while not await self._taken(client, waiting):  # noqa: ASYNC110 - as it retries
                await asyncio.sleep(self._limits.webhook_retry)
            self._updates.drop(waiting)
        finally:
            self._room.release()

    async def _taken(self, client: httpx.AsyncClient, waiting: Waiting) -> bool:
        try:
            answer = await client.post(self._url, json=waiting.update, headers=self._headers)
        except httpx.TransportError:
            self.statuses.append(0)
        else:
            self.statuses.append(answer.status_code)
            if answer.is_success:
                return True
        self.failed_at = int(self._now())
        return False

    @property
    def failure(self) -> str:
        """The platform's words for the last post, where it was not taken."""
        last = self.statuses[-1] if self.statuses else 200
        if last == 0:
            return "Connection refused"
        return f"Wrong response from the webhook: {last}" if last >= 300 else ""
