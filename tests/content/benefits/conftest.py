"""A bureau that judges profiles by the package's own rules."""

from __future__ import annotations

import pytest

from content.catalogue import Catalogue
from tests.content.benefits.people import Bureau


@pytest.fixture(scope="session")
def bureau(catalogue: Catalogue) -> Bureau:
    return Bureau(catalogue)
