"""Updates that the platform brings to us: answered 200 once they are durable."""

from __future__ import annotations

import hashlib
import hmac
import json
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.constants import SUPPORTED_WEBHOOK_PORTS

from bot.channels.telegram.intake import Intake
from bot.errors import StorageUnavailableError
from bot.log import describe, logger

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST_BODY = 1_000_000
DEFAULT_PORTS = {"https": 443, "http": 80}


class Webhook:
    """The route of one bot."""

    def __init__(self, path: str, *, secret: str) -> None:
        """Make a route.

        Args:
            path: Where the platform posts, beginning with a slash.
            secret: What it has to send with every update.
        """
        self.path = path
        self._secret = secret.encode()
        self._intake: Intake | None = None

    def open(self, intake: Intake) -> None:
        """Take updates from now on; until then the platform is told to come again."""
        self._intake = intake

    def close(self) -> None:
        """Take no more updates."""
        self._intake = None

    def route(self) -> Route:
        """Return the route for the site."""
        return Route(self.path, self._post, methods=["POST"])

    async def _post(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return Response(status_code=403)
        if int(request.headers.get("content-length") or 0) > LARGEST_BODY:
            return Response(status_code=413)
        raw = _update(await request.body())
        if raw is None:
            return Response(status_code=400)
        intake = self._intake
        if intake is None:
            return Response(status_code=503)
        return await _answered(intake, raw)


async def _answered(intake: Intake, raw: dict[str, object]) -> Response:
    arrival = intake.read(raw)
    try:
        await intake.take(arrival)
    except StorageUnavailableError as error:
        logger().warning("telegram.database_unavailable", error=describe(error))
        return Response(status_code=503)
    except Exception as error:
        # One that can never be stored must not come again for ever.
        code = f"update:{arrival.update_id}"
        logger().error("telegram.update_lost", code=code, error=describe(error))
    return Response(status_code=200)


def secret_for(token: str, chosen: str = "") -> str:
    """Return the secret that was chosen, else one that only who has the token can make."""
    return chosen or hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()


def why_unreachable(public_url: str, *, own_api: bool) -> str | None:
    """Return what keeps the platform from bringing updates to this address, or None.

    Returns:
        `missing`, `https` or `port`. A Bot API server of one's own takes any address.
    """
    parts = urlsplit(public_url)
    if not parts.scheme or not parts.hostname:
        return "missing"
    if own_api:
        return None
    if parts.scheme != "https":
        return "https"
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    return None if port in SUPPORTED_WEBHOOK_PORTS else "port"


def _update(body: bytes) -> dict[str, object] | None:
    if len(body) > LARGEST_BODY:
        return None
    try:
        raw = json.loads(body)
    except ValueError:
        return None
    is_update = isinstance(raw, dict) and isinstance(raw.get("update_id"), int)
    return raw if is_update else None
