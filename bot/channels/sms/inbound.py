"""A gateway's callbacks as values; what cannot be read is refused as a whole."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime

from bot.messages import Inbound
from bot.services.sending.sms_reports import DELIVERED, FAILED, Report

MOST_REPORTS = 1_000
LONGEST_ID, LONGEST_CODE, LONGEST_TEXT = 128, 24, 2_000
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1\d{10}$)")
_MOBILE = re.compile(r"1[3-9]\d{9}")
# What the law lets people answer to be written to no more; on other channels these are letters.
_STOPS = re.compile(r"\s*(?:回\s*)?(?:t|td|tt|退|退订|stop|unsubscribe)[\s。.!！~]*", re.I)
STOP = "退订"


class UnreadableError(Exception):
    """A callback's body is not what the contract says."""


def read_reports(body: bytes) -> list[Report]:
    """Read `[{"id", "status", "code"}]`.

    Raises:
        UnreadableError: It is something else, or longer than 1,000.
    """
    listed = _parsed(body)
    if not isinstance(listed, list) or len(listed) > MOST_REPORTS:
        raise UnreadableError
    return [_report(item) for item in listed]


def read_inbound(body: bytes) -> Inbound | None:
    """Read `{"id", "from", "text", "time"}` into a message; None from what is no mobile number.

    Service numbers and other machines get no answer, or two of them would talk for ever.

    Raises:
        UnreadableError: It is something else.
    """
    fields = _parsed(body)
    if not isinstance(fields, dict):
        raise UnreadableError
    identity = _text(fields, "id", longest=LONGEST_ID)
    number = re.sub(r"[\s-]", "", _text(fields, "from", longest=LONGEST_ID))
    text = _text(fields, "text", longest=LONGEST_TEXT, may_be_empty=True)
    written_at = _instant(_text(fields, "time", longest=LONGEST_ID))
    number = _COUNTRY.sub("", number)
    if not _MOBILE.fullmatch(number):
        return None
    return Inbound(
        external_id=hashlib.sha256(f"sms\n{identity}".encode()).hexdigest()[:32],
        address=number,
        text=STOP if _STOPS.fullmatch(text) else text,
        sequence=written_at,
    )


def _report(item: object) -> Report:
    if not isinstance(item, dict):
        raise UnreadableError
    status = _text(item, "status", longest=LONGEST_CODE)
    if status not in {DELIVERED, FAILED}:
        raise UnreadableError
    code = item.get("code")
    reason = code[:LONGEST_CODE] if isinstance(code, str) else ""
    return Report(_text(item, "id", longest=LONGEST_ID), status, reason)


def _parsed(body: bytes) -> object:
    try:
        parsed: object = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise UnreadableError from None
    return parsed


def _text(fields: dict[str, object], name: str, *, longest: int, may_be_empty: bool = False) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or (not value and not may_be_empty):
        raise UnreadableError
    if len(value) > longest and name != "text":
        raise UnreadableError
    return value[:longest]


def _instant(value: str) -> int:
    """Return milliseconds since 1970, by which the texts of one number are ordered."""
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise UnreadableError
        return max(0, int(at.timestamp() * 1000))
    except (ValueError, OverflowError):
        raise UnreadableError from None
