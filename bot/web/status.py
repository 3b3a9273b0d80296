"""Is the process alive, can it work, and its counts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.web.ports import ChatSite

NEEDED = frozenset({"database", "web", "content"})


class Status:
    """What a supervisor, a load balancer and a monitor ask."""

    def __init__(self, site: ChatSite) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """Return the routes of all three."""
        return [
            Route("/healthz", self._alive),
            Route("/readyz", self._ready),
            Route("/metrics", self._metrics),
        ]

    async def _alive(self, _request: Request) -> Response:
        return PlainTextResponse("ok")

    async def _ready(self, _request: Request) -> Response:
        parts = await self._site.readiness()
        # Without Telegram or text messages the pages serve on; restarting would mend nothing.
        ready = all(word == "ok" for part, word in parts.items() if part in NEEDED)
        return JSONResponse(
            {"ready": ready, "parts": dict(parts)}, status_code=200 if ready else 503
        )

    async def _metrics(self, _request: Request) -> Response:
        return PlainTextResponse(await self._site.metrics(), media_type="text/plain; version=0.0.4")
