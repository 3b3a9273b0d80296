from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.cli import main


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: object
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

    def run(self, *arguments: str, typed: str = "") -> Ended:
        """Run a command in this process, which spares the seconds that a new one takes."""
        printed, complained = io.StringIO(), io.StringIO()
        status: object = 0
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(complained),
        ):
            for name in set(os.environ) | set(self._environment()):
                if name.startswith("WENGONG_"):
                    patch.delenv(name, raising=False)
            for name, value in self._environment().items():
                patch.setenv(name, value)
            patch.chdir(self.folder)
            patch.setattr(sys, "argv", ["wengong", *arguments])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), "utf-8"))
            try:
                main.run()
            except SystemExit as ending:
                status = ending.code or 0
        return Ended(status, printed.getvalue(), complained.getvalue())

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command as a process of its own."""
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith("WENGONG_")
        }
        return subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, "-m", "bot.cli.main", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=self.folder,
            env={**inherited, **self._environment()},
        )

    def _environment(self) -> dict[str, str]:
        return {"WENGONG_DATA": str(self.data), **self.settings}


@pytest.fixture
def wengong(tmp_path: Path) -> CommandLine:
    """The command line of a bureau with its own SQLite file."""
    line = CommandLine(tmp_path)
    line.settings["WENGONG_DATABASE_URL"] = f"sqlite:///{tmp_path}/var/wengong.db"
    return line
