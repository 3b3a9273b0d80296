"""A city with a gateway, for every test that asks for one."""

from __future__ import annotations

import pytest

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.database import Database
from tests.sms_city import SmsCity


@pytest.fixture
def sms_city(sqlite_database: Database, catalogue: Catalogue, clock: FixedClock) -> SmsCity:
    """A deployment with a gateway on SQLite."""
    return SmsCity(sqlite_database, catalogue, clock)


@pytest.fixture
def sms_city_on_both(database: Database, catalogue: Catalogue, clock: FixedClock) -> SmsCity:
    """A deployment with a gateway, once on SQLite and once on PostgreSQL."""
    return SmsCity(database, catalogue, clock)
