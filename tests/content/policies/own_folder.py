"""A bureau's own folder with cards in it, and the sample card that tests change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from content.data_files import PACKAGE_DATA, DataFolder
from content.policies.problems import Problem
from content.policies.reading import read_all

README = PACKAGE_DATA / "policies" / "README.md"
CARD = "policies/cards/DY/night_class.toml"
DOCUMENTS = "policies/documents.toml"


def samples() -> tuple[str, str]:
    """Return the card and the register's entry that the instructions show."""
    card, document = re.findall(r"```toml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    return card, document


@dataclass(frozen=True, slots=True)
class OwnFolder:
    """The bureau's folder; every file is written as an officer would save it."""

    path: Path

    @property
    def folder(self) -> DataFolder:
        """The folder above the package."""
        return DataFolder(self.path)

    def write(self, name: str, text: str) -> None:
        """Save a file."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def write_sample(self, *, name: str = CARD, **changes: str) -> None:
        """Save the sample card with its document; a change names a key and its whole value.

        An empty value takes the line away.
        """
        card, document = samples()
        self.write(DOCUMENTS, document)
        for key, value in changes.items():
            line = f"{key} = {value}" if value else ""
            shape = rf"^{key} = (\[\n.*?^\]|[^\n]*)$"
            card, count = re.subn(shape, line, card, flags=re.MULTILINE | re.DOTALL)
            card = card if count else f"{line}\n{card}"
        self.write(name, card)

    def problems(self) -> list[Problem]:
        """Return what is wrong with all cards."""
        return list(read_all(self.folder).problems)
