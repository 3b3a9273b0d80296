"""The package's library and a bureau's own folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.catalogue import Catalogue
from content.policies.library import PolicyLibrary
from tests.content.policies.own_folder import OwnFolder


@pytest.fixture(scope="session")
def library(catalogue: Catalogue) -> PolicyLibrary:
    return catalogue.policies


@pytest.fixture
def own(tmp_path: Path) -> OwnFolder:
    return OwnFolder(tmp_path)
