"""What each error of the Bot API means for the message that met it."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.messages import SendErrorKind, SendFailure

UNCHANGED = "message is not modified"
UNAUTHORISED = "unauthorized"
TOO_MANY = "too many requests"
# A gateway in between gave up waiting: the message behind it may have been taken.
GATEWAY_GAVE_UP = ("bad gateway", "gateway time", "(502)", "(504)")
# Where the platform names no pause, or the token was withdrawn while we run: the account waits
# and no message pays for it.
SHORT_PAUSE = 5.0
TOKEN_PAUSE = 60.0

# What the platform says → our code; the first phrase that occurs counts.
FORBIDDEN = (
    ("blocked by the user", "blocked"),
    ("user is deactivated", "deactivated"),
    ("initiate conversation", "never_started"),
    ("kicked", "kicked"),
)
BAD_REQUESTS = (
    ("chat not found", SendErrorKind.BLOCKED, "chat_not_found"),
    ("user not found", SendErrorKind.BLOCKED, "chat_not_found"),
    ("peer_id_invalid", SendErrorKind.BLOCKED, "chat_not_found"),
    ("message to edit not found", SendErrorKind.REFUSED, "edit_not_found"),
    ("message can't be edited", SendErrorKind.REFUSED, "edit_refused"),
    ("no text in the message to edit", SendErrorKind.REFUSED, "edit_refused"),
    ("message is too long", SendErrorKind.REFUSED, "too_long"),
    ("text is too long", SendErrorKind.REFUSED, "too_long"),
    ("text is empty", SendErrorKind.REFUSED, "empty"),
    ("button_data_invalid", SendErrorKind.REFUSED, "button_data"),
    ("wrong file identifier", SendErrorKind.REFUSED, "file_gone"),
    ("wrong remote file", SendErrorKind.REFUSED, "file_gone"),
)
# Errors of the HTTP clients that happen before anything was written to the server.
NOT_SENT = frozenset(
    [
        "ClientConnectorError",
        "ClientProxyConnectionError",
        "ClientHttpProxyError",
        "ConnectionTimeoutError",
        "InvalidURL",
        "ConnectError",
        "ConnectTimeout",
        "PoolTimeout",
        "ProxyError",
        "UnsupportedProtocol",
    ]
)


def is_unchanged(error: TelegramError) -> bool:
    """Return whether an edit was refused because the message reads so already."""
    return isinstance(error, BadRequest) and UNCHANGED in error.message.lower()


def failure_of(error: TelegramError) -> SendFailure:
    """Return what `error` means for the message that was being sent."""
    said = error.message.lower()
    match error:
        case RetryAfter():
            return SendFailure(SendErrorKind.THROTTLED, pause_of(error), "retry_after")
        case Forbidden():
            return SendFailure(SendErrorKind.BLOCKED, code=_first(FORBIDDEN, said, "forbidden"))
        case BadRequest():
            return _bad_request(said)
        case ChatMigrated():
            # Only groups migrate, and a group is never an address.
            return SendFailure(SendErrorKind.REFUSED, code="group")
        case InvalidToken():
            return _invalid_token(said)
        case NetworkError():
            return _network(error, said)
        case _:
            # Among others an answer that is no JSON: the message may stand in the chat.
            return SendFailure(SendErrorKind.UNKNOWN, code="unexpected")


def pause_of(error: RetryAfter) -> float:
    """Return the seconds that the platform wants to be left alone."""
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)


def was_sent(error: NetworkError) -> bool:
    """Return whether the request may have reached the platform before the connection failed."""
    cause = error.__cause__
    names = {kind.__name__ for kind in type(cause).__mro__} if cause is not None else set()
    return not names & NOT_SENT


def _bad_request(said: str) -> SendFailure:
    for phrase, kind, code in BAD_REQUESTS:
        if phrase in said:
            return SendFailure(kind, code=code)
    return SendFailure(SendErrorKind.REFUSED, code="bad_request")


def _invalid_token(said: str) -> SendFailure:
    if UNAUTHORISED in said:
        return SendFailure(SendErrorKind.THROTTLED, TOKEN_PAUSE, "token_refused")
    return SendFailure(SendErrorKind.REFUSED, code="no_such_method")


def _network(error: NetworkError, said: str) -> SendFailure:
    cause = error.__cause__
    if cause is None or isinstance(cause, TelegramError):
        # The server answered with a status of its own, mostly 500 to 504.
        if TOO_MANY in said:
            return SendFailure(SendErrorKind.THROTTLED, SHORT_PAUSE, "retry_after")
        if any(phrase in said for phrase in GATEWAY_GAVE_UP):
            return SendFailure(SendErrorKind.UNKNOWN, code="gateway")
        return SendFailure(SendErrorKind.TEMPORARY, code="server_error")
    if not was_sent(error):
        return SendFailure(SendErrorKind.TEMPORARY, code="no_route")
    code = "timed_out" if isinstance(error, TimedOut) else "cut"
    return SendFailure(SendErrorKind.UNKNOWN, code=code)


def _first(phrases: tuple[tuple[str, str], ...], said: str, default: str) -> str:
    return next((code for phrase, code in phrases if phrase in said), default)
