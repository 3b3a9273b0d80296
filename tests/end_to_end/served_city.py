"""`wengong run` as a process of its own, in a folder of its own, killed and started again."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PREFIX = "WENGONG_"
LONGEST_START = 60.0
GLANCE = 0.05
KEY = re.compile(r"/demo/worker\?k=([A-Za-z0-9_-]+)")


@dataclass
class ServedCity:
    """One deployment on this computer's loopback.

    Attributes:
        folder: Where database, keys and what was printed are kept.
        settings: Further settings by their name in the environment.
        key: What opens the demo's pages; empty where the deployment is a bureau's own.
    """

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    port: int = field(init=False)
    _process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.port = _free_port()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Start serving; return after how many seconds the first page could be opened."""
        began = time.monotonic()
        with self._printed.open("wb") as printed:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli.main", "run"],
                env=self._environment(),
                cwd=self.folder,
                stdout=printed,
                stderr=subprocess.STDOUT,
            )
        while not self._is_ready():
            assert self._process.poll() is None, self.printed
            assert time.monotonic() < began + LONGEST_START, self.printed
            time.sleep(GLANCE)
        found = KEY.search(self.printed)
        self.key = found.group(1) if found else ""
        return time.monotonic() - began

    def kill(self) -> None:
        """End the process as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the process as Ctrl-C does."""
        self._end(signal.SIGINT)

    def command(self, *arguments: str) -> str:
        """Run another command on the same deployment; return what it printed."""
        done = subprocess.run(  # noqa: S603 - our own command line
            [sys.executable, "-m", "bot.cli.main", *arguments],
            env=self._environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout

    @property
    def printed(self) -> str:
        """Everything this start printed and logged."""
        return self._printed.read_text(encoding="utf-8")

    @property
    def _printed(self) -> Path:
        return self.folder / "printed.txt"

    def _is_ready(self) -> bool:
        page = f"{self.origin}/readyz"
        try:
            with urllib.request.urlopen(page, timeout=5) as reply:  # noqa: S310 - our own server
                # The links are printed just after the first page can be opened.
                return bool(reply.status == 200) and "http" in self.printed
        except (urllib.error.URLError, OSError):
            return False

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait()

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if PREFIX not in name}
        own = {"DATA": str(self.folder / "data"), "PORT": str(self.port), **self.settings}
        return inherited | {PREFIX + name: value for name, value in own.items()}


@contextlib.contextmanager
def serving(folder: Path, **settings: str) -> Iterator[ServedCity]:
    """Yield a deployment that serves; with no settings it is the demo."""
    city = ServedCity(folder, settings)
    try:
        city.start()
        yield city
    finally:
        city.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
