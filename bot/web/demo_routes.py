"""The demo's three roles and its clock; they exist only in the demo and on this computer."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.web.chat_routes import ChatPage, Door
from bot.web.cookies import keep_token, read_token
from bot.web.limits import check_announced_size, read_body
from bot.web.pages import Pages, remember_language
from bot.web.ports import ChatSite
from bot.web.refusals import LINK_NEEDED, NOT_FOUND, WRONG_MESSAGE, RefusedError
from bot.web.security import check_loopback, check_same_origin

ROLES = ("worker", "enterprise", "officer")
JUMPS_IN_DAYS = (1, 7, 30)
MAX_KEY_LENGTH = 128


class DemoRoutes:
    """Opens the roles by the links printed at start, and moves business time."""

    def __init__(
        self, site: ChatSite, *, pages: Pages, chat: ChatPage, clock: Clock, secure: bool
    ) -> None:
        self._site = site
        self._pages = pages
        self._chat = chat
        self._clock = clock
        self._secure = secure

    def routes(self) -> list[Route]:
        """Return the routes; the clock stands before the roles, which match any name."""
        return [
            Route("/demo/clock", self._show_clock, methods=["GET"]),
            Route("/demo/clock", self._move_clock, methods=["POST"]),
            Route("/demo/{role}", self._show_role, methods=["GET"]),
            Route("/demo/{role}/messages", self._read, methods=["GET"]),
            Route("/demo/{role}/messages", self._post, methods=["POST"]),
        ]

    async def _show_role(self, request: Request) -> Response:
        door = _door(request)
        key = request.query_params.get("k")
        if key is not None:
            return await self._open_role(request, door, key=key)
        token = read_token(request)
        if token is None:
            raise RefusedError(LINK_NEEDED)
        return self._chat.render(request, door, token=token)

    async def _open_role(self, request: Request, door: Door, *, key: str) -> Response:
        """Set the cookies of every role that `key` opens, so the links between roles work."""
        tokens = {role: await self._site.demo_link(role, key[:MAX_KEY_LENGTH]) for role in ROLES}
        if tokens[door.role] is None:
            raise RefusedError(LINK_NEEDED)
        response = RedirectResponse(door.path, status_code=303)
        for role, token in tokens.items():
            if token is not None:
                keep_token(response, token, path=f"/demo/{role}", secure=self._secure)
        return response

    async def _read(self, request: Request) -> Response:
        return await self._chat.read(request, _door(request))

    async def _post(self, request: Request) -> Response:
        check_announced_size(request)
        return await self._chat.post(request, _door(request))

    async def _show_clock(self, request: Request) -> HTMLResponse:
        check_loopback(request)
        page = self._pages.render(
            "clock.html",
            language=self._pages.language_of(request),
            today=self._clock.today(),
            jumps=JUMPS_IN_DAYS,
            days_left=self._site.days_to_pass(),
        )
        return remember_language(request, page, secure=self._secure)

    async def _move_clock(self, request: Request) -> Response:
        check_announced_size(request)
        check_loopback(request)
        check_same_origin(request)
        form = parse_qs((await read_body(request)).decode("utf-8", "replace"))
        days = form.get("days", [""])[0]
        if days not in {str(jump) for jump in JUMPS_IN_DAYS}:
            raise RefusedError(WRONG_MESSAGE)
        await self._site.advance_clock(int(days))
        return RedirectResponse("/demo/clock", status_code=303)


def _door(request: Request) -> Door:
    check_loopback(request)
    role = request.path_params["role"]
    if role not in ROLES:
        raise RefusedError(NOT_FOUND)
    return Door(f"/demo/{role}", role)
