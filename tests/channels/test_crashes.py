"""Whatever dies whenever: nothing is lost, and nobody is told out of order."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.database import Database
from storage.secrets import Secrets
from tests.channels.crash_machine import CrashMachine
from tests.channels.small_town import SmallTown
from tests.conftest import MONDAY_MORNING
from tests.databases import (
    CompiledStatements,
    PostgresDatabases,
    SqliteDatabases,
    write_without_waiting,
)

UNHURRIED = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    derandomize=True,
)


def test_any_interleaving_of_deaths_loses_nothing_on_sqlite(
    sqlite_databases: SqliteDatabases,
    secrets: Secrets,
    compiled: CompiledStatements,
    catalogue: Catalogue,
    tmp_path: Path,
) -> None:
    folders = (tmp_path / str(number) for number in itertools.count())

    def machine() -> CrashMachine:
        folder = next(folders)
        folder.mkdir()
        database = write_without_waiting(Database(sqlite_databases.create(folder), secrets))
        compiled.share_with(database)
        return CrashMachine(_town(database, catalogue), database.close)

    _run(machine, examples=25)


def test_any_interleaving_of_deaths_loses_nothing_on_postgresql(
    postgres_databases: PostgresDatabases,
    secrets: Secrets,
    compiled: CompiledStatements,
    catalogue: Catalogue,
) -> None:
    def machine() -> CrashMachine:
        url, give_back = postgres_databases.create()
        database = compiled.share_with(Database(url, secrets, pool_size=2))

        def close() -> None:
            database.close()
            give_back()

        return CrashMachine(_town(database, catalogue), close)

    _run(machine, examples=6)


def _run(machine: Callable[[], CrashMachine], *, examples: int) -> None:
    run_state_machine_as_test(
        machine,  # type: ignore[arg-type]  # any factory will do
        settings=settings(UNHURRIED, max_examples=examples, stateful_step_count=30),
    )


def _town(database: Database, catalogue: Catalogue) -> SmallTown:
    return SmallTown(database, catalogue, FixedClock(MONDAY_MORNING))
