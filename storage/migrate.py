"""Bringing a database to the newest shape; forward only."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError

from storage.engine import as_unavailable, connect, one_at_a_time
from storage.secrets import Secrets

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str, secrets: Secrets) -> None:
    """Run every migration that the database at `url` lacks; replicas take turns.

    Raises:
        StorageUnavailableError: The database is away, full or locked.
    """
    engine = connect(url, secrets)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    try:
        with engine.connect() as connection, one_at_a_time(connection):
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as error:
        raise as_unavailable(error) from error
    finally:
        engine.dispose()
