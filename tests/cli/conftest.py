from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    printed: str
    complained: str


@dataclass
class CommandLine:
    """`wengong` in a folder of its own, with no setting of this machine."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "var"

    def environment(self) -> Mapping[str, str]:
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith("WENGONG_")
        }
        return {**inherited, "WENGONG_DATA": str(self.data), **self.settings}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, "-m", "bot.cli.main", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=self.folder,
            env=self.environment(),
        )

    def run(self, *arguments: str, typed: str = "") -> Ended:
        with self.start(*arguments) as process:
            printed, complained = process.communicate(typed, timeout=120)
            return Ended(process.returncode, printed, complained)


@pytest.fixture
def wengong(tmp_path: Path) -> CommandLine:
    """The command line of a bureau with its own SQLite file."""
    line = CommandLine(tmp_path)
    line.settings["WENGONG_DATABASE_URL"] = f"sqlite:///{tmp_path}/var/wengong.db"
    return line
