"""What an address wrote in the last ten minutes, so that two machines do not talk for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

LATELY = timedelta(minutes=10)
REST = timedelta(minutes=30)
MOST_ALIKE = 4
MOST_MESSAGES = 20
EVERYTHING = "*"
# Four signs: enough to notice the same words again, too few to tell which they were.
FINGERPRINT_SIGNS = 4


@dataclass(frozen=True, slots=True)
class Heard:
    """Messages of late, and what is answered no more.

    Attributes:
        messages: Second since 1970 and fingerprint of each, the oldest first.
        let_go: The fingerprint that is not answered, `EVERYTHING`, or empty.
        let_go_at: The second in which that came last.
    """

    messages: tuple[tuple[int, str], ...] = ()
    let_go: str = ""
    let_go_at: int = 0

    def with_message(self, mark: str, *, now: datetime) -> Heard:
        """Return this with one more message; what is too old or has had its rest is dropped."""
        second = int(now.timestamp())
        fresh = [it for it in self.messages if second - it[0] < LATELY.total_seconds()]
        kept = (*fresh, (second, mark))[-MOST_MESSAGES - 1 :]
        if second - self.let_go_at >= REST.total_seconds():
            return Heard(kept)
        return replace(self, messages=kept)

    def letting_go(self, what: str) -> Heard:
        """Return this with the newest message unanswered, and what is like it from now on."""
        return replace(self, let_go=what, let_go_at=self.messages[-1][0])

    def alike(self, mark: str) -> int:
        """Return how many messages of late have this fingerprint."""
        return sum(one == mark for _second, one in self.messages)

    @property
    def is_too_much(self) -> bool:
        """Whether there are more messages than a person types."""
        return len(self.messages) > MOST_MESSAGES

    def as_json(self) -> dict[str, object]:
        """Return this as it is kept."""
        return {
            "messages": [list(it) for it in self.messages],
            "let_go": self.let_go,
            "let_go_at": self.let_go_at,
        }


def heard_from(kept: Mapping[str, object]) -> Heard:
    """Return what `Heard.as_json` made; nothing where nothing was kept."""
    if not kept:
        return Heard()
    listed = cast("list[tuple[int, str]]", kept["messages"])
    return Heard(
        tuple((second, mark) for second, mark in listed),
        cast("str", kept["let_go"]),
        cast("int", kept["let_go_at"]),
    )


def mark_of(words: str) -> str:
    """Return the fingerprint of a message; `""` for one without words."""
    typed = words.strip()
    return hashlib.sha256(typed.encode()).hexdigest()[:FINGERPRINT_SIGNS] if typed else ""
