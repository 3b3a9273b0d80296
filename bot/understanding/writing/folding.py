"""Fold the many ways of typing one sign into one, without moving any character."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"<[^<>]{1,200}>|&[a-z]{2,6};", re.IGNORECASE)
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_CONTROL = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0xA0, 0x3000, 0xFEFF], " ")
_CONTROL[0x0A] = "\n"
_SIGNS = {
    ord(sign): plain
    for plain, signs in {
        "-": "—–―─－~～〜‐‑‒−",
        ",": "，﹐",
        "。": "．｡",
        "0": "〇",
        "两": "俩",
        "几": "幾",
        " ": "\u200b\u200c\u200d\u2060\t",
    }.items()
    for sign in signs
}
_UPPER = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
_TABLE = {**_FULL_WIDTH, **_CONTROL, **_SIGNS, **_UPPER}
_TABLE.update({ord("０") + digit: str(digit) for digit in range(10)})
_TABLE.update({code: chr(code - 0xFEE0 + 32) for code in range(0xFF21, 0xFF3B)})


def fold(text: str) -> str:
    """Fold full-width signs, dashes, capitals, control characters and markup.

    Every character keeps its position, so that a span found in the result cuts the same
    words out of `text`. Markup and control characters become spaces; a line break stays.
    """
    plain = _MARKUP.sub(lambda tag: " " * len(tag.group()), text)
    return plain.translate(_TABLE)


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """Put spaces over the spans, so that later readers do not read them again."""
    parts = []
    last = 0
    for start, end in sorted(spans):
        if end <= last:
            continue
        first = max(start, last)
        parts.append(text[last:first])
        parts.append(" " * (end - first))
        last = end
    parts.append(text[last:])
    return "".join(parts)
