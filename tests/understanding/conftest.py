"""One reader over the package's own content for all tests of reading."""

from __future__ import annotations

import pytest

from bot.understanding import TextReader
from content.reader import read_catalogue


@pytest.fixture(scope="session")
def reader() -> TextReader:
    return TextReader(read_catalogue())
