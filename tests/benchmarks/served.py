"""The product as `wengong run` serves it, on a database of its own, towards the stand-in."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.database import Database
from storage.secrets import Secrets
from tests.benchmarks.far_end import FarEnd
from tests.benchmarks.processes import Child, free_port, running
from tests.benchmarks.telegram_town import FIRST_ELSEWHERE, SECRET, TOKEN, Town
from tests.databases import PostgresDatabases, SqliteDatabases, postgres_server, secrets_in
from tests.services.job_world import GUANGHAN

KEY_FILE = "keys"
FAST = "10000"


@dataclass(frozen=True)
class Store:
    """A database with a town in it.

    Attributes:
        url: Its address.
        folder: Where its processes keep their files; the keys lie above it.
        secrets: The keys.
        account_id: The bot's account.
    """

    url: str
    folder: Path
    secrets: Secrets
    account_id: uuid.UUID

    def opened(self) -> AbstractContextManager[Database]:
        """Yield the database as this process sees it."""
        return opened(self.url, self.secrets)


@contextlib.contextmanager
def opened(url: str, secrets: Secrets) -> Iterator[Database]:
    """Yield a database of this process, and close it."""
    database = Database(url, secrets)
    try:
        yield database
    finally:
        database.close()


class Stores:
    """Fresh databases of both kinds."""

    def __init__(
        self, folder: Path, secrets: Secrets, sqlite: SqliteDatabases, postgres: PostgresDatabases
    ) -> None:
        self._folder, self._secrets = folder, secrets
        self._sqlite, self._postgres = sqlite, postgres
        self._numbers = itertools.count(1)

    @staticmethod
    @contextlib.contextmanager
    def open(folder: Path) -> Iterator[Stores]:
        """Yield the stores; their PostgreSQL server ends with the block."""
        secrets = secrets_in(folder)
        with postgres_server() as server:
            postgres = PostgresDatabases(server, secrets)
            yield Stores(folder, secrets, SqliteDatabases(folder, secrets), postgres)

    @contextlib.contextmanager
    def fresh(self, kind: str, *, people: int, beside: int = 0) -> Iterator[Store]:
        """Yield a database of `kind` in which `people` are registered, and some elsewhere."""
        folder = self._folder / f"store {next(self._numbers)}"
        folder.mkdir()
        url = self._sqlite.create(folder) if kind == "sqlite" else self._postgres.create()[0]
        with opened(url, self._secrets) as database:
            town = Town(database, datetime.now(UTC))
            town.settle(people)
            town.settle(beside, first=FIRST_ELSEWHERE, home=GUANGHAN)
        yield Store(url, folder, self._secrets, town.account_id)


@dataclass(frozen=True)
class Served:
    """One process of the product."""

    child: Child
    webhook_path: str


@contextlib.contextmanager
def product(
    store: Store, end: FarEnd, *, per_second: str = FAST, more: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Serve `store` with a webhook, as one replica of perhaps several."""
    served = start(store, end, per_second=per_second, more=more)
    with running(served.child):
        yield served


def start(
    store: Store, end: FarEnd, *, per_second: str = FAST, more: Mapping[str, str] | None = None
) -> Served:
    """Start one replica; the caller waits for it and ends it."""
    port = free_port()
    folder = store.folder / uuid.uuid4().hex
    folder.mkdir()
    shutil.copyfile(store.folder.parent / KEY_FILE, folder / KEY_FILE)
    settings = {
        "DATABASE_URL": store.url,
        "DATA": str(folder),
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": end.url,
        "TELEGRAM_SECRET": SECRET,
        "TELEGRAM_WEBHOOK": "true",
        "TELEGRAM_PER_SECOND": per_second,
        "TZ": zone_at_noon(),
        "LOG_LEVEL": "WARNING",
    }
    words = ("bot.cli.main", "run")
    child = Child(*words, folder=folder, port=port, settings=settings | dict(more or {}))
    return Served(child, f"/telegram/{store.account_id.hex}")


def zone_at_noon() -> str:
    """Return a time zone in which it is about noon now, so that nobody's night is disturbed."""
    hours = 12 - (datetime.now(UTC) + timedelta(minutes=30)).hour
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"
