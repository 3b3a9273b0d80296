"""What the stand-in got, as a benchmark in another process asks for it."""

from __future__ import annotations

import contextlib
import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.processes import Child, free_port, running

LONGEST_ANSWER = 60.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message that a bot sent.

    Attributes:
        at: Seconds since 1970.
        chat: Where to.
        is_bulk: It bears the mark of the benchmark's bulk.
        button: Data of the last of its buttons before 找真人, or None.
    """

    at: float
    chat: int
    is_bulk: bool
    button: str | None


class FarEnd:
    """A stand-in for Telegram in a process of its own."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.url = f"http://127.0.0.1:{child.port}"

    def count(self) -> int:
        """Return how many messages came so far."""
        return int(self._ask("count"))

    def arrivals(self, begin: int = 0) -> list[Arrival]:
        """Return the messages from number `begin` on, in the order they came."""
        found = json.loads(self._ask(f"arrivals?{begin}"))
        return [Arrival(at, int(chat), bool(bulk), button) for at, chat, bulk, button in found]

    def _ask(self, what: str) -> bytes:
        address = f"{self.url}/far-end/{what}"
        with urllib.request.urlopen(address, timeout=LONGEST_ANSWER) as reply:  # noqa: S310 - our own
            found: bytes = reply.read()
        return found


@contextlib.contextmanager
def far_end(folder: Path) -> Iterator[FarEnd]:
    """Yield a stand-in that listens, and end it."""
    port = free_port()
    child = Child("tests.benchmarks.far_end_process", str(port), folder=folder, port=port)
    with running(child, path="/far-end/count"):
        yield FarEnd(child)
