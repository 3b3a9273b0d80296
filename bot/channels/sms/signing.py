"""Signed requests between us and a gateway, the same in both directions."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

SIGNATURE, TIMESTAMP = "X-Signature", "X-Timestamp"
REPLAY_SECONDS = 300
MOST_DIGITS = 12


def signed_headers(secret: str, body: bytes, *, now: datetime) -> dict[str, str]:
    """Return the headers that sign `body` at the instant `now`."""
    timestamp = str(int(now.timestamp()))
    return {TIMESTAMP: timestamp, SIGNATURE: signature_of(secret, timestamp, body)}


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """Return HMAC-SHA256 over timestamp + body in lower-case hex."""
    signed = timestamp.encode("ascii", "replace") + body
    return hmac.digest(secret.encode("utf-8"), signed, hashlib.sha256).hex()


def is_timely(headers: Mapping[str, str], *, now: datetime) -> bool:
    """Tell whether a request was signed within five minutes of `now`, before or after it."""
    timestamp = headers.get(TIMESTAMP, "")
    is_number = timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= MOST_DIGITS
    return is_number and abs(now.timestamp() - int(timestamp)) <= REPLAY_SECONDS


def is_signed(headers: Mapping[str, str], secret: str, body: bytes, *, now: datetime) -> bool:
    """Tell whether a request is timely and was signed with `secret`; an empty one signs nothing.

    Args:
        headers: Of the request; names are looked up as the mapping does.
        secret: What both sides share.
        body: The very bytes that came.
        now: The present instant.
    """
    if not secret or not is_timely(headers, now=now):
        return False
    expected = signature_of(secret, headers.get(TIMESTAMP, ""), body)
    given = headers.get(SIGNATURE, "").encode("utf-8", "replace")
    return hmac.compare_digest(expected.encode("ascii"), given)
