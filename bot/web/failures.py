"""Turns whatever goes wrong in a request into an answer the person can read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import StorageUnavailableError
from bot.log import describe, logger
from bot.web.pages import Pages
from bot.web.ports import TokenUnknownError
from bot.web.refusals import (
    LINK_NEEDED,
    NOT_FOUND,
    OUR_FAULT,
    STORAGE_DOWN,
    WRONG_METHOD,
    RefusedError,
    answer,
)

RETRY_STORAGE_AFTER_SECONDS = 5
METHOD_NOT_ALLOWED = 405

ExceptionAnswer = Callable[[Request, Exception], Awaitable[Response]]


class Failures:
    """Answers for each kind of error.

    Args:
        pages: Texts and templates.
        new_code: Makes the short code that stands both in the answer and in the log.
    """

    def __init__(self, pages: Pages, *, new_code: Callable[[], str]) -> None:
        self._pages = pages
        self._new_code = new_code

    def by_type(self) -> Mapping[type[Exception], ExceptionAnswer]:
        """Return the answers to errors that are part of normal work."""
        return {
            RefusedError: self._refused,
            HTTPException: self._no_route,
            StorageUnavailableError: self._storage_down,
            TokenUnknownError: self._token_unknown,
        }

    def our_fault(self, request: Request, error: Exception) -> Response:
        """Log a defect by place and code, never by its message, and apologise."""
        code = self._new_code()
        logger().error("request_failed", code=code, error=describe(error), method=request.method)
        return answer(request, self._pages, OUR_FAULT, code=code)

    async def _refused(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, RefusedError):
            raise error
        return answer(
            request, self._pages, error.reason, retry_after_seconds=error.retry_after_seconds
        )

    async def _no_route(self, request: Request, error: Exception) -> Response:
        wrong_method = getattr(error, "status_code", 0) == METHOD_NOT_ALLOWED
        return answer(request, self._pages, WRONG_METHOD if wrong_method else NOT_FOUND)

    async def _storage_down(self, request: Request, error: Exception) -> Response:
        code = self._new_code()
        logger().error("storage_unavailable", code=code, error=describe(error))
        return answer(
            request,
            self._pages,
            STORAGE_DOWN,
            retry_after_seconds=RETRY_STORAGE_AFTER_SECONDS,
            code=code,
        )

    async def _token_unknown(self, request: Request, _error: Exception) -> Response:
        return answer(request, self._pages, LINK_NEEDED)


class LastResort:
    """Catches what no answer was written for, so that no message text reaches a server's log."""

    def __init__(self, app: ASGIApp, *, failures: Failures) -> None:
        self._app = app
        self._failures = failures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a started answer can only be broken off."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception as error:
            response = self._failures.our_fault(Request(scope), error)
            if started:
                raise ConnectionAbortedError("the answer broke off") from None
            await response(scope, receive, send)
