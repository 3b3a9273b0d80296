"""Opening the deployment's database for a command, with every mistake said in one go."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from bot.app import KEY_FILE, App, build, check_keys_fit, read_secrets
from bot.app.demo.clock import restore_clock
from bot.clock import Clock, SystemClock
from bot.errors import SettingsError
from bot.log import configure
from bot.settings import Settings, read_settings
from content.reader import read_catalogue
from storage.database import Database
from storage.migrate import upgrade

DEMO_FILE = "demo.db"
DEMO_KEYS = "demo.keys"


@dataclass(frozen=True)
class Opened:
    """A deployment that a command may use.

    Attributes:
        app: The parts of the process.
        new_key_file: The key file, when it was made just now.
    """

    app: App
    new_key_file: Path | None


def is_demo(settings: Settings) -> bool:
    """Return whether this start is the demo: nothing of a real bureau is configured."""
    return not (settings.database_url or settings.telegram_token or settings.sms_url)


@contextlib.contextmanager
def open_app(
    settings: Settings, *, demo: bool, clock: Clock | None = None, pool_size: int | None = None
) -> Iterator[Opened]:
    """Yield the deployment, its database migrated, and close it afterwards.

    Raises:
        SettingsError: The keys cannot be used.
        ContentError: A content file is wrong.
        StorageUnavailableError: The database is away, full or locked.
    """
    configure(settings.log_level)
    # Firms, places and wages stand in the database as they are: for this account's eyes only.
    os.umask(0o077)
    settings.data.mkdir(parents=True, exist_ok=True)
    catalogue = read_catalogue(settings.content)
    url = settings.database_address(DEMO_FILE if demo else "wengong.db")
    secrets, new_key_file = read_secrets(
        settings, url=url, file_name=DEMO_KEYS if demo else KEY_FILE
    )
    upgrade(url, secrets)
    database = Database(url, secrets, pool_size=pool_size or settings.pool_size)
    try:
        check_keys_fit(database)
        clock = clock or SystemClock(settings.timezone)
        if demo and isinstance(clock, SystemClock):
            restore_clock(database, clock)  # every command lives in the demo's own time
        app = build(
            settings,
            catalogue=catalogue,
            clock=clock,
            database=database,
            is_demo=demo,
        )
        yield Opened(app, new_key_file)
    finally:
        database.close()


@contextlib.contextmanager
def serving_lock(settings: Settings, url: str) -> Iterator[None]:
    """Hold the lock of the one process that may serve a SQLite file.

    Raises:
        SettingsError: Another process serves it.
    """
    if not url.startswith("sqlite"):
        yield
        return
    file = Path(url.removeprefix("sqlite:///")).with_suffix(".lock")
    with file.open("w", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(
                [f"another wengong already serves {file.with_suffix('.db').name}: stop it first"]
            ) from None
        yield


def settings_or_fail(**overrides: object) -> Settings:
    """Return the settings, or end with every problem named."""
    try:
        return read_settings(**overrides)
    except SettingsError as error:
        fail(*error.problems)


def fail(*problems: str) -> NoReturn:
    """Print each problem on a line of its own and end with status 2."""
    for problem in problems:
        sys.stderr.write(f"wengong: {problem}\n")
    raise SystemExit(2)
