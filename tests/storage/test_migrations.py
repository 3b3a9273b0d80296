"""Migrations make on either database exactly the tables that the models describe."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, delete, insert, inspect, select, update
from sqlalchemy.exc import DBAPIError

from storage.migrate import MIGRATIONS, upgrade
from storage.models import AuditEntry, Base
from storage.secrets import Secrets
from tests.storage.conftest import FreshDatabase
from tests.storage.full_database import content, fill


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, fresh: FreshDatabase) -> Engine:
    """A database that every migration was run on."""
    return fresh(request.param)


def address_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_migrations_leave_nothing_that_differs_from_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, Base.metadata)
    assert differences == []


def test_a_second_upgrade_changes_nothing(engine: Engine, secrets: Secrets) -> None:
    fill(engine)
    before = (tables_of(engine), content(engine))
    upgrade(address_of(engine), secrets)
    assert (tables_of(engine), content(engine)) == before


def test_there_is_one_newest_migration_and_the_database_has_it(engine: Engine) -> None:
    (newest,) = ScriptDirectory(str(MIGRATIONS)).get_heads()
    with engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == newest


@pytest.mark.parametrize("change", [update(AuditEntry).values(actor="x"), delete(AuditEntry)])
def test_audit_entries_can_be_neither_changed_nor_deleted(engine: Engine, change: object) -> None:
    entry = {
        "id": uuid4(),
        "actor": "officer:1",
        "action": "read_phone",
        "subject_kind": "worker",
        "scope": "5106",
        "at": datetime(2026, 3, 1, tzinfo=UTC),
    }
    with engine.begin() as connection:
        connection.execute(insert(AuditEntry), [entry])
    with pytest.raises(DBAPIError, match="audit entries are only added"), engine.begin() as again:
        again.execute(change)  # type: ignore[call-overload]  # an update or a delete
    with engine.connect() as connection:
        assert connection.scalars(select(AuditEntry.actor)).all() == ["officer:1"]


def test_references_between_tables_are_enforced(engine: Engine) -> None:
    table = Base.metadata.tables["worker_status_change"]
    orphan = {
        "id": uuid4(),
        "worker_id": uuid4(),
        "status": "new",
        "at": datetime(2026, 3, 1, tzinfo=UTC),
    }
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), engine.begin() as connection:
        connection.execute(table.insert(), [orphan])


def tables_of(engine: Engine) -> dict[str, list[str]]:
    inspector = inspect(engine)
    return {
        name: [str(column["name"]) for column in inspector.get_columns(name)]
        for name in inspector.get_table_names()
    }
