"""What goes wrong, and when: values put on a schedule."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

WRITING = frozenset(
    {
        "sendMessage", "sendPhoto", "sendVoice", "sendSticker", "sendVideo", "sendDocument",
        "editMessageText", "editMessageReplyMarkup",
    }
)  # fmt: skip
EVERYTHING: frozenset[str] = frozenset()


class FaultKind(StrEnum):
    """How a request fails."""

    THROTTLED = "throttled"  # 429, and the whole bot is blocked for `retry_after`
    ERROR = "error"  # `status`, nothing took effect
    SLOW = "slow"  # took effect at once, answered `seconds` later
    CUT_BEFORE = "cut_before"  # the connection ends, nothing took effect
    CUT_AFTER = "cut_after"  # took effect, and the connection ends without an answer
    OUTAGE = "outage"  # nothing listens on the port


@dataclass(frozen=True, slots=True)
class Fault:
    """One trouble.

    Attributes:
        kind: How requests fail.
        begins: From this instant, in seconds of the stand-in's clock.
        ends: Until this instant.
        methods: The methods it strikes; empty (`EVERYTHING`) for all, polling among them.
        every: It strikes every n-th of the requests that it could strike.
        times: At most so often; None for no end.
        chat_id: Only requests for this chat, or None for all.
        retry_after: Seconds of a 429.
        seconds: How much later a slow answer comes.
        status: HTTP status of `ERROR`.
    """

    kind: FaultKind
    begins: float = -math.inf
    ends: float = math.inf
    methods: frozenset[str] = WRITING
    every: int = 1
    times: int | None = None
    chat_id: int | None = None
    retry_after: int = 3
    seconds: float = 1.0
    status: int = 500

    def lasts(self, now: float) -> bool:
        """Return whether `now` lies in its time."""
        return self.begins <= now < self.ends


@dataclass(slots=True)
class _Count:
    fault: Fault
    seen: int = 0
    struck: int = 0


class Faults:
    """The schedule; the first fault that strikes a request decides."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._counts = [_Count(fault) for fault in faults]

    def add(self, *faults: Fault) -> None:
        """Put `faults` on the schedule behind those that are there."""
        self._counts += [_Count(fault) for fault in faults]

    def clear(self) -> None:
        """Let everything work again."""
        self._counts.clear()

    def struck(self) -> int:
        """Return how many requests have failed by the schedule."""
        return sum(count.struck for count in self._counts)

    def outage(self, now: float) -> bool:
        """Return whether nothing should listen at `now`."""
        return any(
            count.fault.kind == FaultKind.OUTAGE and count.fault.lasts(now)
            for count in self._counts
        )

    def has_outages(self) -> bool:
        """Return whether the schedule knows an outage at all."""
        return any(count.fault.kind == FaultKind.OUTAGE for count in self._counts)

    def strike(self, method: str, chat_id: object, now: float) -> Fault | None:
        """Return what happens to this request, or None."""
        for count in self._counts:
            fault = count.fault
            if fault.kind == FaultKind.OUTAGE or not fault.lasts(now):
                continue
            if fault.methods and method not in fault.methods:
                continue
            if fault.chat_id is not None and fault.chat_id != chat_id:
                continue
            if fault.times is not None and count.struck >= fault.times:
                continue
            count.seen += 1
            if count.seen % fault.every == 0:
                count.struck += 1
                return fault
        return None
