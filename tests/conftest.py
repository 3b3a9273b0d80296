"""Databases, a city in which people talk, and the catalogue, for every test."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.clock import FixedClock
from bot.log import configure
from content.catalogue import Catalogue
from content.reader import read_catalogue
from storage.database import Database
from storage.secrets import Secrets
from tests.chat import City
from tests.databases import (
    CompiledStatements,
    PostgresDatabases,
    SqliteDatabases,
    postgres_server,
    secrets_in,
    write_without_waiting,
)

pytest_plugins = ["tests.stand_ins.fixtures", "tests.sms_fixtures"]

# Properties are about results: a busy machine refutes none of them.
settings.register_profile("wengong", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("wengong")

# A Monday morning at nine in Deyang: officers are at their desks.
MONDAY_MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue()


@pytest.fixture(scope="session")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    return secrets_in(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory, secrets: Secrets) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"), secrets)


@pytest.fixture(scope="session")
def postgres_databases(secrets: Secrets) -> Iterator[PostgresDatabases]:
    with postgres_server() as server:
        yield PostgresDatabases(server, secrets)


@pytest.fixture(scope="session")
def compiled() -> CompiledStatements:
    return CompiledStatements()


@pytest.fixture(autouse=True)
def log_lines() -> io.StringIO:
    """Everything the process logs during a test."""
    stream = io.StringIO()
    configure("DEBUG", stream=stream)
    return stream


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY_MORNING)


@pytest.fixture
def sqlite_database(
    sqlite_databases: SqliteDatabases,
    tmp_path: Path,
    secrets: Secrets,
    compiled: CompiledStatements,
) -> Iterator[Database]:
    database = write_without_waiting(Database(sqlite_databases.create(tmp_path), secrets))
    yield compiled.share_with(database)
    database.close()


@pytest.fixture
def postgres_database(
    postgres_databases: PostgresDatabases, secrets: Secrets, compiled: CompiledStatements
) -> Iterator[Database]:
    url, give_back = postgres_databases.create()
    database = Database(url, secrets)
    yield compiled.share_with(database)
    database.close()
    give_back()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Every storage and service test runs on both."""
    name = "sqlite_database" if request.param == "sqlite" else "postgres_database"
    found: Database = request.getfixturevalue(name)
    return found


@pytest.fixture
def city(sqlite_database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    """A whole deployment on SQLite, in which people talk."""
    return City(sqlite_database, catalogue, clock)


@pytest.fixture
def city_on_both(database: Database, catalogue: Catalogue, clock: FixedClock) -> City:
    """A whole deployment, once on SQLite and once on PostgreSQL."""
    return City(database, catalogue, clock)
