"""The chat page, its messages out and its messages in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse

from bot.clock import Clock
from bot.web.cookies import keep_token, read_token, thread_mark
from bot.web.limits import MAX_BODY_BYTES, MessageLimit, check_announced_size, read_body
from bot.web.pages import Pages, remember_language
from bot.web.ports import ChatSite, PageMessage
from bot.web.posted import read_posted
from bot.web.refusals import NO_COOKIE, WRONG_MESSAGE, WRONG_TYPE, RefusedError
from bot.web.security import check_same_origin

LONGEST_WAIT_SECONDS = 25
MAX_CURSOR_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Door:
    """One chat page.

    Attributes:
        path: `/chat` or `/demo/ROLE`; the cookie is valid below it only.
        role: The demo's role, or empty on the public page.
    """

    path: str
    role: str = ""


class ChatPage:
    """Serves a door: its page, its posted messages, its stream of answers."""

    def __init__(
        self,
        site: ChatSite,
        *,
        pages: Pages,
        clock: Clock,
        limit: MessageLimit,
        arrivals: MessageLimit,
        new_token: Callable[[], str],
        secure: bool,
    ) -> None:
        self._site = site
        self._pages = pages
        self._clock = clock
        self._limit = limit
        self._arrivals = arrivals
        self._new_token = new_token
        self._secure = secure

    async def show_public(self, request: Request) -> HTMLResponse:
        """Show the page; a first visitor gets a cookie, and an address only with the script."""
        token = read_token(request) or self._new_token()
        response = self.render(request, Door("/chat"), token=token)
        keep_token(response, token, path="/chat", secure=self._secure)
        return response

    def render(self, request: Request, door: Door, *, token: str) -> HTMLResponse:
        """Render the chat page of `door` for the holder of `token`."""
        language = self._pages.language_of(request)
        page = self._pages.render(
            "chat.html",
            language=language,
            door=door,
            thread=thread_mark(token),
            words=self._script_words(language),
            now=_instant(self._clock.now()),
            offset_minutes=self._offset_minutes(),
            most_bytes=MAX_BODY_BYTES,
        )
        return remember_language(request, page, secure=self._secure)

    async def post(self, request: Request, door: Door) -> JSONResponse:
        """Store one press or text; 202 means that it is durable."""
        check_announced_size(request)
        check_same_origin(request)
        if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
            raise RefusedError(WRONG_TYPE)
        token = _token_or_refuse(request)
        self._count(request, thread_mark(token))
        posted = read_posted(await read_body(request))
        language = self._pages.language_of(request)
        # Taken before storing, so that the answer's time is never before the question's.
        at = self._clock.now()
        address = await self._site.open_address(token, path=door.path, language=language)
        await self._site.receive(posted.inbound(address=address, language=language), path=door.path)
        return JSONResponse({"id": posted.id, "at": _instant(at)}, status_code=202)

    def _count(self, request: Request, visitor: str) -> None:
        """Count the message; a fresh cookie for every message must not get around the limit."""
        if not self._limit.knows(visitor):
            self._arrivals.count(request.client.host if request.client else "")
        self._limit.count(visitor)

    async def read(self, request: Request, door: Door) -> JSONResponse:
        """Return what is new for the cookie's own address, waiting for it if asked to."""
        token = _token_or_refuse(request)
        after = _whole(request, "after")
        wait = min(_whole(request, "wait"), LONGEST_WAIT_SECONDS)
        language = self._pages.language_of(request)
        address = await self._site.open_address(token, path=door.path, language=language)
        messages = await self._site.messages_after(address, after, wait_seconds=wait)
        return JSONResponse(
            {
                "messages": [_shown(message) for message in messages],
                "cursor": max([after, *(message.cursor for message in messages)]),
                "now": _instant(self._clock.now()),
            }
        )

    def _script_words(self, language: str) -> str:
        # The script fills dates in itself, so these placeholders pass through as they are.
        parts = {"year": "{year}", "month": "{month}", "day": "{day}"}
        words = self._pages.words_of("script", language, **parts)
        return json.dumps(words, ensure_ascii=False)

    def _offset_minutes(self) -> int:
        offset = self._clock.now().astimezone(self._clock.timezone).utcoffset()
        return int(offset.total_seconds() // 60) if offset else 0


def _token_or_refuse(request: Request) -> str:
    token = read_token(request)
    if token is None:
        raise RefusedError(NO_COOKIE)
    return token


def _whole(request: Request, name: str) -> int:
    value = request.query_params.get(name, "0")
    if not (value.isascii() and value.isdigit()) or len(value) > MAX_CURSOR_DIGITS:
        raise RefusedError(WRONG_MESSAGE)
    return int(value)


def _instant(at: datetime) -> str:
    """Return an ISO instant that old browsers parse: milliseconds and a Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _shown(message: PageMessage) -> dict[str, object]:
    body = message.body
    return {
        "cursor": message.cursor,
        "id": message.id,
        "text": body.text,
        "options": [
            {"number": option.number, "label": option.label, "data": option.data}
            for option in body.options
        ],
        "link": body.link,
        "edits": message.edits,
        "closed": body.closed,
        "at": _instant(message.at),
    }
