from __future__ import annotations

import pytest

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.database import Database
from tests.chat import City
from tests.services.policies.policy_world import SHIZHU_BUREAU


@pytest.fixture
def shizhu(database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    """A county of Chongqing, on both databases."""
    return City(database, catalogue, clock, settings=SHIZHU_BUREAU)
