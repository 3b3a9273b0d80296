"""Alembic's entry: runs migrations on the connection it is handed, or on a throw-away file."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine

from storage.models import Base


def run(connection: Connection) -> None:
    """Run or compare migrations on `connection`."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = context.get_x_argument(as_dictionary=True).get("url", "sqlite:///var/wengong.db")
    with create_engine(url).connect() as connection:
        run(connection)
