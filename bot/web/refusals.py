"""Answers to requests that cannot be served: JSON for scripts, a page for people."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.pages import Pages


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a request is refused.

    Attributes:
        status: HTTP status.
        code: Stable name for scripts; the text is `web.error.{code}`.
    """

    status: int
    code: str


TOO_LONG = Reason(413, "too_long")
TOO_MANY = Reason(429, "too_many")
WRONG_ORIGIN = Reason(403, "wrong_origin")
WRONG_TYPE = Reason(415, "wrong_type")
WRONG_MESSAGE = Reason(400, "wrong_message")
EMPTY = Reason(400, "empty")
NO_COOKIE = Reason(401, "no_cookie")
LINK_NEEDED = Reason(403, "link_needed")
NOT_FOUND = Reason(404, "not_found")
WRONG_METHOD = Reason(405, "wrong_method")
STORAGE_DOWN = Reason(503, "storage_down")
OUR_FAULT = Reason(500, "our_fault")


class RefusedError(Exception):
    """Ends a request with `reason`; `retry_after_seconds` says when it may succeed."""

    def __init__(self, reason: Reason, *, retry_after_seconds: int | None = None) -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.retry_after_seconds = retry_after_seconds


def answer(
    request: Request,
    pages: Pages,
    reason: Reason,
    *,
    retry_after_seconds: int | None = None,
    code: str = "",
) -> Response:
    """Render a refusal in the person's language.

    Args:
        request: What was asked; a browser opening a page gets a page, all else JSON.
        pages: Texts and templates.
        reason: Why.
        retry_after_seconds: Sent as Retry-After and told in the text.
        code: The short code that also stands in the log; shown with the text.
    """
    language = pages.language_of(request)
    message = pages.say(
        f"web.error.{reason.code}",
        language,
        code=code,
        seconds=retry_after_seconds or 0,
        phone=pages.phone,
    )
    response = _body(request, pages, reason, message=message, language=language)
    if retry_after_seconds is not None:
        response.headers["Retry-After"] = str(retry_after_seconds)
    return response


def _body(
    request: Request, pages: Pages, reason: Reason, *, message: str, language: str
) -> Response:
    opens_a_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if opens_a_page:
        return pages.render(
            "refusal.html", language=language, status=reason.status, message=message
        )
    error = {"code": reason.code, "message": message}
    return JSONResponse({"error": error}, status_code=reason.status)
