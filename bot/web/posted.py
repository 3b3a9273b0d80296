"""Reads what the page posts into an inbound message; anything else is refused."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

from bot.channels.cleaning import clean
from bot.messages import Inbound
from bot.web.refusals import EMPTY, WRONG_MESSAGE, RefusedError

MAX_BUTTON_BYTES = 64
MAX_SEQUENCE = 2**53 - 1  # the largest whole number that JavaScript counts exactly
_ID_SHAPE = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True)
class Posted:
    """One press or typed text, cleaned.

    Attributes:
        id: The page's own id of this press; a resend has the same.
        text: What was typed, without control characters; empty for a button.
        button: Data of the pressed button, or None.
        sequence: The page's order; smaller is older.
    """

    id: str
    text: str
    button: str | None
    sequence: int

    def inbound(self, *, address: str, language: str) -> Inbound:
        """Return the message for the receiver.

        The platform id is made of address and id, so nobody can use up another's ids.
        """
        digest = hashlib.sha256(f"{address}\n{self.id}".encode()).hexdigest()
        return Inbound(
            external_id=digest[:32],
            address=address,
            text=self.text,
            button=self.button,
            sequence=self.sequence,
            language=language,
        )


def read_posted(body: bytes) -> Posted:
    """Read `{"id", "text", "button", "sequence"}`.

    Raises:
        RefusedError: It is not such an object, or there is neither text nor button.
    """
    try:
        fields = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise RefusedError(WRONG_MESSAGE) from None
    if not isinstance(fields, dict):
        raise RefusedError(WRONG_MESSAGE)
    text = _text(fields.get("text", ""))
    button = _button(fields.get("button"))
    if not text and button is None:
        raise RefusedError(EMPTY)
    return Posted(
        id=_id(fields.get("id")),
        text=text if button is None else "",
        button=button,
        sequence=_sequence(fields.get("sequence", 0)),
    )


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID_SHAPE.fullmatch(value):
        raise RefusedError(WRONG_MESSAGE)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise RefusedError(WRONG_MESSAGE)
    return clean(value)


def _button(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise RefusedError(WRONG_MESSAGE)
    button = clean(value)
    if not button or len(button.encode()) > MAX_BUTTON_BYTES:
        raise RefusedError(WRONG_MESSAGE)
    return button


def _sequence(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise RefusedError(WRONG_MESSAGE)
    if not 0 <= value <= MAX_SEQUENCE:
        raise RefusedError(WRONG_MESSAGE)
    return value
