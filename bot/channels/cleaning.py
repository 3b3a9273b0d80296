"""Typed text as a database, a log and a page can bear it."""

from __future__ import annotations

import unicodedata

_KEPT_CONTROLS = "\n\t"


def clean(text: str) -> str:
    """Return `text` without control characters; half of a surrogate pair becomes U+FFFD."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(
        mark for mark in whole if mark in _KEPT_CONTROLS or unicodedata.category(mark) != "Cc"
    ).strip()
