"""The package's own content, read once, and data folders made of a few lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from content.catalogue import Catalogue
from content.data_files import DataFolder
from content.reader import read_catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue()


@pytest.fixture
def write_files(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    def write(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def folder_of(
    write_files: Callable[[Mapping[str, str]], Path],
) -> Callable[[Mapping[str, str]], DataFolder]:
    def folder(files: Mapping[str, str]) -> DataFolder:
        return DataFolder(package=write_files(files))

    return folder
