"""Puts the pages together into one application."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from os import PathLike, stat_result

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan, Scope

from bot.clock import Clock
from bot.log import short_code
from bot.web.chat_routes import ChatPage, Door
from bot.web.demo_routes import DemoRoutes
from bot.web.failures import Failures, LastResort
from bot.web.limits import ARRIVALS_A_MINUTE, MessageLimit
from bot.web.pages import STATIC, Pages
from bot.web.policies import PolicyPages, PublishedPolicies
from bot.web.ports import ChatSite
from bot.web.public import Landing
from bot.web.security import SecurityHeaders
from bot.web.status import Status
from content.texts import Texts

TOKEN_BYTES = 16
PUBLIC_DOOR = Door("/chat")


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What a bureau decides about its pages.

    Attributes:
        secure: Cookies travel over https only.
        demo: Add the demo's roles and clock, and say there that all is invented.
        bureau: The bureau's name, shown in every header.
        phone: Its landline, or empty.
        public_url: Where links and QR codes point to.
        language: For people who have not chosen one, `zh` or `en`.
    """

    secure: bool
    demo: bool
    bureau: str
    phone: str
    public_url: str = ""
    language: str = "zh"


def new_token() -> str:
    """Return 128 random bits as 22 letters for a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def create_app(
    site: ChatSite,
    *,
    texts: Texts,
    clock: Clock,
    options: SiteOptions,
    policies: PublishedPolicies | None = None,
    more_routes: Sequence[BaseRoute] = (),
    lifespan: Lifespan[Starlette] | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> Starlette:
    """Build the site of one bureau.

    Args:
        site: The spine behind the pages.
        texts: The catalogue; the pages use `web.*`.
        clock: Business time, shown beside messages.
        options: What the bureau decides.
        policies: The cards behind `/policies`; None for a site without them.
        more_routes: Other edges of the same process, such as webhooks and posters.
        lifespan: What starts and stops with the server.
        monotonic: Seconds for the message limit.
    """
    pages = Pages(
        texts=texts,
        bureau=options.bureau,
        phone=options.phone,
        language=options.language,
        demo=options.demo,
    )
    failures = Failures(pages, new_code=short_code)
    own_routes = _routes(site, pages, clock=clock, options=options, monotonic=monotonic)
    if policies is not None:
        own_routes += PolicyPages(pages, policies, clock=clock, secure=options.secure).routes()
    return Starlette(
        routes=[*own_routes, *more_routes],
        middleware=[Middleware(SecurityHeaders), Middleware(LastResort, failures=failures)],
        exception_handlers=dict(failures.by_type()),
        lifespan=lifespan,
    )


def _routes(
    site: ChatSite,
    pages: Pages,
    *,
    clock: Clock,
    options: SiteOptions,
    monotonic: Callable[[], float],
) -> list[BaseRoute]:
    secure = options.secure
    limit = MessageLimit(monotonic)
    arrivals = MessageLimit(monotonic, most=ARRIVALS_A_MINUTE)
    chat = ChatPage(
        site,
        pages=pages,
        clock=clock,
        limit=limit,
        arrivals=arrivals,
        new_token=new_token,
        secure=secure,
    )
    landing = Landing(pages, secure=secure, public_url=options.public_url)
    demo = DemoRoutes(site, pages=pages, chat=chat, clock=clock, secure=secure)
    return [
        Route("/", landing.show),
        Route("/join/{token}", landing.join),
        Route("/r/{token}", landing.come_back),
        Route("/qr/{token}.svg", landing.join_picture),
        *_public_chat(chat),
        *(demo.routes() if options.demo else []),
        *Status(site).routes(),
        Mount("/static", VersionedFiles(directory=STATIC)),
    ]


def _public_chat(chat: ChatPage) -> list[Route]:
    async def post(request: Request) -> Response:
        return await chat.post(request, PUBLIC_DOOR)

    async def read(request: Request) -> Response:
        return await chat.read(request, PUBLIC_DOOR)

    return [
        Route("/chat", chat.show_public, methods=["GET"]),
        Route("/chat/messages", read, methods=["GET"]),
        Route("/chat/messages", post, methods=["POST"]),
    ]


class VersionedFiles(StaticFiles):
    """Static files whose address changes with their content, so a browser may keep them."""

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return the file, to be kept for a year under a versioned address, else an hour."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        versioned = scope["query_string"].startswith(b"v=")
        keep = "max-age=31536000, immutable" if versioned else "max-age=3600"
        response.headers["Cache-Control"] = f"public, {keep}"
        return response
