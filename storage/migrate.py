"""Bringing a database to the newest shape; forward only."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from storage.engine import connect
from storage.secrets import Secrets

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str, secrets: Secrets) -> None:
    """Run every migration that the database at `url` lacks."""
    engine = connect(url, secrets)
    try:
        with engine.connect() as connection:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()
