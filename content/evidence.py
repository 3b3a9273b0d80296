"""How well the text behind a card, a rule or a figure is known."""

from __future__ import annotations

from enum import StrEnum


class Evidence(StrEnum):
    """Read in the document, in an excerpt, or only heard of; only `read` answers by itself."""

    READ = "read"
    EXCERPT = "excerpt"
    UNVERIFIED = "unverified"
