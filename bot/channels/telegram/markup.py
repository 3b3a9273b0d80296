"""Texts in pieces that Telegram takes, and the buttons below them; pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from telegram.constants import InlineKeyboardButtonLimit

from bot.channels.base import SendError
from bot.messages import Option, SendErrorKind, SendFailure, Wants

# Two buttons share a row where both are this narrow; a wide letter counts two.
SHORT_LABEL = 14
WIDE = frozenset({"W", "F"})
Json = dict[str, object]
NO_KEYBOARD: Json = {"remove_keyboard": True}
LONGEST_DATA = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA


def units(text: str) -> int:
    """Return the length of `text` as Telegram counts it: in UTF-16 units."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)  # noqa: PLR2004 - UTF-16


def split(text: str, limit: int) -> list[str]:
    """Return `text` in pieces of at most `limit` units, cut at line ends where there are any.

    Blank pieces are left out: Telegram takes none. A text without letters has no piece.
    """
    if units(text) <= limit:
        return [text] if text.strip() else []
    pieces: list[str] = []
    current = ""
    for line in text.splitlines(keepends=True):
        for part in _cut(line, limit):
            if units(current) + units(part) > limit:
                pieces.append(current)
                current = ""
            current += part
    pieces.append(current)
    return [piece.strip("\n") for piece in pieces if piece.strip()]


def inline_keyboard(options: Sequence[Option]) -> Json | None:
    """Return the choices as buttons under the message, labelled `1 报名`; None without any.

    Raises:
        SendError: A button carries more than Telegram lets it.
    """
    if not options:
        return None
    for option in options:
        if not 0 < len(option.data.encode()) <= LONGEST_DATA:
            raise SendError(SendFailure(SendErrorKind.REFUSED, code="button_data"))
    rows = [
        [{"text": _label(one), "callback_data": one.data} for one in row] for row in _rows(options)
    ]
    return {"inline_keyboard": rows}


def asking_keyboard(wants: str, label: str, options: Sequence[Option]) -> Json:
    """Return the platform's own button for a phone number or a place, and the choices below it.

    A message bears one keyboard only, so the choices are lines that are typed by tapping; the
    digit before each chooses it.
    """
    asked = "request_contact" if wants == Wants.PHONE else "request_location"
    choices = [[{"text": _label(one)} for one in row] for row in _rows(options)]
    return {
        "keyboard": [[{"text": label, asked: True}], *choices],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


def _rows(options: Sequence[Option]) -> list[list[Option]]:
    """One choice a row, or two neighbours where both are short."""
    rows: list[list[Option]] = []
    for option in options:
        row = rows[-1] if rows else []
        if len(row) == 1 and _is_short(row[0]) and _is_short(option):
            row.append(option)
        else:
            rows.append([option])
    return rows


def _is_short(option: Option) -> bool:
    label = _label(option)
    wide = sum(unicodedata.east_asian_width(letter) in WIDE for letter in label)
    return len(label) + wide <= SHORT_LABEL


def _label(option: Option) -> str:
    return f"{option.number} {option.label}"


def _cut(line: str, limit: int) -> list[str]:
    """Return one line in pieces of at most `limit` units; no letter is torn apart."""
    if units(line) <= limit:
        return [line]
    bounds = [0]
    used = 0
    for position, letter in enumerate(line):
        width = units(letter)
        if used + width > limit:
            bounds.append(position)
            used = 0
        used += width
    return [line[begin:end] for begin, end in pairwise([*bounds, len(line)])]
