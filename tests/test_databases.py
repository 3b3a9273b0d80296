"""A PostgreSQL database that a test gave back is as good as a fresh one, or is not used again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.databases import PostgresDatabases

ADD_SETTING = "INSERT INTO stored_setting (name, value) VALUES ('a', 'b')"
ADD_CHANGE = """
    INSERT INTO vacancy_change (vacancy_id, version, at)
    VALUES (gen_random_uuid(), 1, now()) RETURNING seq
"""


@contextmanager
def lent(databases: PostgresDatabases) -> Iterator[str]:
    """Yield the address of a database and give it back."""
    url, give_back = databases.create()
    yield url
    give_back()


def ask(url: str, *statements: str) -> object:
    """Run statements without foreign keys; return the first value of the last one's answer."""
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            answer = connection.execute(statement.encode())
        row = answer.fetchone() if answer.description else None
    return row[0] if row else None


def test_a_database_given_back_is_lent_again_without_its_rows(
    postgres_databases: PostgresDatabases,
) -> None:
    with lent(postgres_databases) as first:
        ask(first, ADD_SETTING)
    with lent(postgres_databases) as second:
        assert second == first
        assert ask(second, "SELECT count(*) FROM stored_setting") == 0


def test_numbers_begin_anew_in_a_database_lent_again(postgres_databases: PostgresDatabases) -> None:
    numbers = []
    for _ in range(2):
        with lent(postgres_databases) as url:
            numbers.append(ask(url, ADD_CHANGE))
    assert numbers == [1, 1]


@pytest.mark.parametrize(
    "change",
    [
        "DROP INDEX ix_audit_entry_subject_id",
        "ALTER TABLE stored_setting ADD COLUMN more integer",
        "CREATE TABLE another (id integer)",
        "UPDATE alembic_version SET version_num = '0099'",
    ],
)
def test_a_database_changed_in_more_than_rows_is_not_lent_again(
    postgres_databases: PostgresDatabases, change: str
) -> None:
    with lent(postgres_databases) as first:
        ask(first, change)
    with lent(postgres_databases) as second:
        assert second != first


def test_whoever_still_talks_to_a_database_given_back_is_cut_off(
    postgres_databases: PostgresDatabases,
) -> None:
    with lent(postgres_databases) as url:
        forgotten = psycopg.connect(url)
        forgotten.execute(ADD_SETTING.encode())
    with pytest.raises(psycopg.OperationalError), forgotten:
        forgotten.execute("SELECT 1")
