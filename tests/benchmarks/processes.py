"""Programs that a benchmark runs beside itself, each ended by its own process id."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PREFIX = "WENGONG_"
LONGEST_START = 60.0
LONGEST_GOODBYE = 20.0
GLANCE = 0.05
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


class Child:
    """One running module."""

    def __init__(
        self, *words: str, folder: Path, port: int, settings: Mapping[str, str] | None = None
    ) -> None:
        """Start it.

        Args:
            words: The module and its arguments.
            folder: Where it runs and what it prints is kept.
            port: Where it serves; `/readyz` answers 200 once it does.
            settings: Settings of the product by their names without the prefix.
        """
        self.port = port
        self._printed = folder / f"{words[0]}-{port}.txt"
        environment = {name: value for name, value in os.environ.items() if PREFIX not in name}
        environment |= {PREFIX + name: value for name, value in (settings or {}).items()}
        with self._printed.open("wb") as printed:
            self._process = subprocess.Popen(  # noqa: S603 - our own command line
                [sys.executable, "-m", *words],
                env=environment | {"PYTHONPATH": str(ROOT)},
                cwd=folder,
                stdout=printed,
                stderr=subprocess.STDOUT,
            )

    def ready(self, path: str = "/readyz") -> Child:
        """Wait until it answers."""
        until = time.monotonic() + LONGEST_START
        while not self._answers(path):
            if self._process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError(self.printed)
            time.sleep(GLANCE)
        return self

    @property
    def printed(self) -> str:
        """Everything it printed."""
        return self._printed.read_text(encoding="utf-8", errors="replace")

    @property
    def cpu_seconds(self) -> float:
        """Seconds of work of all its threads so far; see proc(5), utime and stime."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii")
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND

    def wait(self) -> int:
        """Wait until it ends by itself; return its status."""
        return self._process.wait()

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """End it as Ctrl-C does, and as a power cut does where that takes too long."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(LONGEST_GOODBYE)
        self.kill()

    def _answers(self, path: str) -> bool:
        address = f"http://127.0.0.1:{self.port}{path}"
        try:
            with urllib.request.urlopen(address, timeout=5) as reply:
                return bool(reply.status == 200)
        except (urllib.error.URLError, OSError):
            return False


@contextlib.contextmanager
def running(child: Child, *, path: str = "/readyz") -> Iterator[Child]:
    """Yield `child` once it is ready, and end it."""
    try:
        yield child.ready(path)
    finally:
        child.stop()


def machine() -> str:
    """Return how many cores there are, and how busy others keep them, as one line."""
    busy = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, load {busy:.1f} before the first run"


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
