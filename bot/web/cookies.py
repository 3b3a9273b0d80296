"""The cookie that stands for one person's chat on one page."""

from __future__ import annotations

import hashlib
import re

from starlette.requests import Request
from starlette.responses import Response

NAME = "wengong_chat"
HALF_A_YEAR_SECONDS = 182 * 24 * 3600
_SHAPE = re.compile(r"[A-Za-z0-9_-]{22,64}")


def read_token(request: Request) -> str | None:
    """Return the cookie's token, or None where it is absent or could not be ours."""
    token = request.cookies.get(NAME, "")
    return token if _SHAPE.fullmatch(token) else None


def keep_token(response: Response, token: str, *, path: str, secure: bool) -> None:
    """Set the token for `path` only, so three demo roles live side by side in one browser."""
    response.set_cookie(
        NAME,
        token,
        max_age=HALF_A_YEAR_SECONDS,
        path=path,
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def thread_mark(token: str) -> str:
    """Return a mark by which the page knows whether lines kept in the browser are this chat's.

    It tells nothing about the token and opens nothing.
    """
    return hashlib.sha256(b"thread mark " + token.encode()).hexdigest()[:12]
