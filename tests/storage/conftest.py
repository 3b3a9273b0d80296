from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from storage.engine import connect
from storage.secrets import Secrets
from tests.databases import PostgresDatabases, SqliteDatabases

FreshDatabase = Callable[[str], Engine]


@pytest.fixture
def fresh(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_databases: SqliteDatabases,
    secrets: Secrets,
) -> Iterator[FreshDatabase]:
    """Makes as many migrated, empty databases of either kind as a test wants."""
    endings: list[Callable[[], object]] = []

    def make(kind: str) -> Engine:
        if kind == "sqlite":
            url = sqlite_databases.create(tmp_path_factory.mktemp("fresh"))
        else:
            servers: PostgresDatabases = request.getfixturevalue("postgres_databases")
            url, drop = servers.create()
            endings.append(drop)
        engine = connect(url, secrets)
        endings.append(engine.dispose)
        return engine

    yield make
    for end in reversed(endings):
        end()
