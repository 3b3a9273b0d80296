"""What came of a broadcast, as figures and as lines."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.broadcast_generation import Generated
from tests.benchmarks.far_end import Arrival
from tests.stand_ins.telegram.control import fullest_second


@dataclass(frozen=True, slots=True)
class Sent:
    """How the messages went out.

    Attributes:
        seconds: From the first of the bulk to its last.
        share: Of the configured rate, counting everything the account sent meanwhile.
        fullest: Most messages within any one second.
        twice: How many people got the broadcast more than once.
        reached: How many got it at all.
    """

    seconds: float
    share: float
    fullest: int
    twice: int
    reached: int

    @staticmethod
    def of(arrivals: Sequence[Arrival], per_second: float) -> Sent:
        """Return the figures of what came."""
        bulk = [each.at for each in arrivals if each.is_bulk]
        chats = Counter(each.chat for each in arrivals if each.is_bulk)
        if not bulk:
            return Sent(math.nan, 0.0, 0, 0, 0)
        first, last = min(bulk), max(bulk)
        meanwhile = [each.at for each in arrivals if first <= each.at <= last]
        seconds = max(last - first, 1e-9)
        return Sent(
            seconds,
            (len(meanwhile) - 1) / seconds / per_second,
            fullest_second(each.at for each in arrivals),
            sum(count > 1 for count in chats.values()),
            len(chats),
        )

    def line(self) -> str:
        """Return the figures as one line."""
        return (
            f"{self.reached} reached in {self.seconds:.1f} s, {self.share:.1%} of the rate, "
            f"fullest second {self.fullest}"
        )


@dataclass(frozen=True, slots=True)
class Killed:
    """What a replica that was killed left behind.

    Attributes:
        orphans: Messages that it had on the wire.
        seconds: From the kill until the last of them was taken over.
    """

    orphans: int
    seconds: float

    def line(self) -> str:
        """Return the figures as one line."""
        return (
            f"kill -9 of a replica: {self.orphans} on its wire, "
            f"taken over after {self.seconds:.1f} s"
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """One whole run.

    Attributes:
        generated: How the messages were made.
        sent: How they went out.
        states: Rows of the broadcast by their state in the end.
        silent: Rows that are accepted though nobody got them.
        taps: Milliseconds from a tap to the reply, ascending; unanswered ones are infinite.
        killed: What a killed replica left, or None.
        work: Seconds of CPU of the replicas that were not killed, of the stand-in, and of the
            whole run by the clock.
    """

    generated: Generated
    sent: Sent
    states: Counter[str]
    silent: int
    taps: Sequence[float]
    killed: Killed | None
    work: tuple[float, float, float]

    @property
    def lost(self) -> int:
        """Messages of which nobody knows anything, or that were never sent."""
        return self.generated.count - self.states["accepted"] - self.states["unknown"] + self.silent

    def lines(self) -> list[str]:
        """Return everything, a line a matter."""
        made = self.generated
        replicas = self.work[0] * 1000 / max(made.count, 1)
        figures = [
            f"{made.count} messages made in {made.seconds:.1f} s ({made.work:.1f} s CPU), "
            f"longest transaction {made.longest:.2f} s",
            self.sent.line(),
            f"{self.states['unknown']} unknown, {self.lost} lost, {self.sent.twice} twice",
            f"reply to a tap meanwhile: {_percentile(self.taps, 50):.0f} ms p50, "
            f"{_percentile(self.taps, 95):.0f} ms p95, {len(self.taps)} taps",
            f"CPU: surviving replicas {replicas:.2f} ms a message, "
            f"stand-in {self.work[1]:.0f} s of {self.work[2]:.0f} s",
        ]
        return figures + ([self.killed.line()] if self.killed is not None else [])


def _percentile(figures: Sequence[float], percent: int) -> float:
    if not figures:
        return math.nan
    return figures[max(0, math.ceil(len(figures) * percent / 100) - 1)]
