"""The landing page, and the links and pictures that lead people in."""

from __future__ import annotations

import io
import re

import segno
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.web.pages import Pages, remember_language
from bot.web.refusals import NOT_FOUND, RefusedError

# What a messenger's start link may carry; the same alphabet serves every channel.
RETURN_PREFIX = "r_"
START_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Landing:
    """Says what this is, whom to ask, and opens the chat."""

    def __init__(self, pages: Pages, *, secure: bool, public_url: str) -> None:
        self._pages = pages
        self._secure = secure
        self._public_url = public_url

    async def show(self, request: Request) -> HTMLResponse:
        """Show the page in the visitor's language."""
        page = self._pages.render("landing.html", language=self._pages.language_of(request))
        return remember_language(request, page, secure=self._secure)

    async def join(self, request: Request) -> Response:
        """Open the chat with the start token of an invitation or a poster."""
        token = _start_token(request)
        return RedirectResponse(f"/chat?start={token}", status_code=303)

    async def come_back(self, request: Request) -> Response:
        """Open the chat with the token of a return link; the chat itself looks at it."""
        token = _start_token(request)
        return RedirectResponse(f"/chat?start={RETURN_PREFIX}{token}", status_code=303)

    async def join_picture(self, request: Request) -> Response:
        """Return the QR code of a start link."""
        token = _start_token(request)
        return Response(qr_code(f"{self._public_url}/join/{token}"), media_type="image/svg+xml")


def qr_code(address: str) -> bytes:
    """Return an SVG picture of `address` as a QR code."""
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=6, border=3)
    return picture.getvalue()


def _start_token(request: Request) -> str:
    token = str(request.path_params["token"])
    if not START_TOKEN.fullmatch(token):
        raise RefusedError(NOT_FOUND)
    return token
