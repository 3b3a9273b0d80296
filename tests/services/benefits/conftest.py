"""Chongqing, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

import pytest

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.database import Database
from tests.benefit_world import chongqing
from tests.chat import City


@pytest.fixture
def cq(database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    return chongqing(database, catalogue, clock)
