from __future__ import annotations

import aiohttp
import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.errors import failure_of, is_unchanged
from bot.messages import SendErrorKind

REFUSED, BLOCKED = SendErrorKind.REFUSED, SendErrorKind.BLOCKED
UNKNOWN, TEMPORARY = SendErrorKind.UNKNOWN, SendErrorKind.TEMPORARY
THROTTLED = SendErrorKind.THROTTLED


def caused(error: TelegramError, cause: BaseException) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), BLOCKED, "blocked"),
        (Forbidden("Forbidden: user is deactivated"), BLOCKED, "deactivated"),
        (
            Forbidden("Forbidden: bot can't initiate conversation with a user"),
            BLOCKED,
            "never_started",
        ),
        (Forbidden("Forbidden: bot was kicked from the group chat"), BLOCKED, "kicked"),
        (Forbidden("Forbidden: something new"), BLOCKED, "forbidden"),
        (BadRequest("Bad Request: chat not found"), BLOCKED, "chat_not_found"),
        (BadRequest("Bad Request: PEER_ID_INVALID"), BLOCKED, "chat_not_found"),
        (BadRequest("Bad Request: message to edit not found"), REFUSED, "edit_not_found"),
        (BadRequest("Bad Request: message can't be edited"), REFUSED, "edit_refused"),
        (
            BadRequest("Bad Request: there is no text in the message to edit"),
            REFUSED,
            "edit_refused",
        ),
        (BadRequest("Bad Request: message is too long"), REFUSED, "too_long"),
        (BadRequest("Bad Request: message text is empty"), REFUSED, "empty"),
        (BadRequest("Bad Request: BUTTON_DATA_INVALID"), REFUSED, "button_data"),
        (
            BadRequest("Bad Request: wrong file identifier/HTTP URL specified"),
            REFUSED,
            "file_gone",
        ),
        (BadRequest("Bad Request: something new"), REFUSED, "bad_request"),
        (ChatMigrated(-100), REFUSED, "group"),
        (InvalidToken("Not Found"), REFUSED, "no_such_method"),
        (InvalidToken("Unauthorized"), THROTTLED, "token_refused"),
        (NetworkError("Bad Gateway"), UNKNOWN, "gateway"),
        (NetworkError("Gateway Timeout (504)"), UNKNOWN, "gateway"),
        (NetworkError("Service Unavailable (503)"), TEMPORARY, "server_error"),
        (NetworkError("Internal Server Error (500)"), TEMPORARY, "server_error"),
        (NetworkError("Too Many Requests (429)"), THROTTLED, "retry_after"),
        (
            caused(NetworkError("Bad Gateway (502)"), TelegramError("Invalid server response")),
            UNKNOWN,
            "gateway",
        ),
        (caused(NetworkError("x"), httpx.ConnectError("x")), TEMPORARY, "no_route"),
        (caused(TimedOut(), httpx.ConnectTimeout("x")), TEMPORARY, "no_route"),
        (caused(TimedOut(), httpx.PoolTimeout("x")), TEMPORARY, "no_route"),
        (caused(TimedOut(), httpx.ReadTimeout("x")), UNKNOWN, "timed_out"),
        (caused(NetworkError("x"), httpx.ReadError("x")), UNKNOWN, "cut"),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("x")), UNKNOWN, "cut"),
        (caused(TimedOut(), aiohttp.ConnectionTimeoutError()), TEMPORARY, "no_route"),
        (caused(TimedOut(), aiohttp.SocketTimeoutError()), UNKNOWN, "timed_out"),
        (caused(NetworkError("x"), aiohttp.ServerDisconnectedError()), UNKNOWN, "cut"),
        (TelegramError("Invalid server response"), UNKNOWN, "unexpected"),
        (Conflict("Conflict: terminated by other getUpdates request"), UNKNOWN, "unexpected"),
    ],
)
def test_each_error_has_its_meaning(error: TelegramError, kind: SendErrorKind, code: str) -> None:
    failure = failure_of(error)
    assert failure.kind is kind
    assert failure.code == code


@pytest.mark.parametrize("seconds", [1, 35])
def test_the_platforms_pause_is_obeyed(seconds: int) -> None:
    failure = failure_of(RetryAfter(seconds))
    assert failure.kind is THROTTLED
    assert failure.retry_after == seconds


def test_an_edit_that_changes_nothing_is_no_failure() -> None:
    said = "Bad Request: message is not modified: specified new message content is the same"
    assert is_unchanged(BadRequest(said))
    assert not is_unchanged(BadRequest("Bad Request: message can't be edited"))
