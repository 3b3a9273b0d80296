"""Headers on every answer, and where a request may come from."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.refusals import NOT_FOUND, WRONG_ORIGIN, RefusedError

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class SecurityHeaders:
    """Adds the same headers to every answer, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; everything but HTTP passes untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), path=scope["path"])
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _add_headers(headers: MutableHeaders, *, path: str) -> None:
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    # no-referrer would make browsers send "Origin: null" with the clock's form.
    headers["Referrer-Policy"] = "same-origin"
    if not path.startswith("/static/"):
        headers.setdefault("Cache-Control", "no-store")


def check_same_origin(request: Request) -> None:
    """Let a POST through only when the browser says that a page of this site sent it.

    Only host and port are compared: behind a proxy that ends TLS the scheme differs.

    Raises:
        RefusedError: Another site sent it, or the browser does not say who did.
    """
    origin = request.headers.get("origin")
    fetch_site = request.headers.get("sec-fetch-site")
    if origin is None and fetch_site is None:
        raise RefusedError(WRONG_ORIGIN)
    if fetch_site is not None and fetch_site != "same-origin":
        raise RefusedError(WRONG_ORIGIN)
    if origin is not None and _host_of(origin) != request.headers.get("host", "").lower():
        raise RefusedError(WRONG_ORIGIN)


def check_loopback(request: Request) -> None:
    """Answer the demo only to this computer.

    The Host header is checked too, or a hostile site could point its own name at 127.0.0.1.

    Raises:
        RefusedError: The visitor is elsewhere; to them the page does not exist.
    """
    visitor = request.client.host if request.client else ""
    if not _is_loopback(visitor) or request.url.hostname not in LOOPBACK_NAMES:
        raise RefusedError(NOT_FOUND)


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
