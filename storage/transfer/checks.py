"""What must be true before an archive is written or read."""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Sequence
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Table, func, select

from storage.secrets import Secrets, SecretsError
from storage.transfer.columns import plain_tables
from storage.transfer.format import DAMAGED, ArchiveError, Counts, Header, sealed_lines

KNOWN_WORD = "wengong"
KNOWN_PLACE = "archive.key"


def check_whole(file: Path, header: Header) -> None:
    """Read the file once and compare it with its seal, its counts and our tables."""
    expected = {table.name: [column.name for column in table.columns] for table in plain_tables()}
    found: dict[str, int] = {}
    table, strange = "", ""
    for line in sealed_lines(file):
        if isinstance(line, list) and table:
            found[table] += 1
        elif isinstance(line, dict) and line.get("table") not in found:
            table = str(line.get("table"))
            found[table] = 0
            if expected.get(table) != line.get("columns"):
                strange = strange or table
        else:
            raise ArchiveError(DAMAGED)
    # Only now is the seal known to hold: a damaged name is no other version.
    if strange:
        raise ArchiveError(f"table {strange} has other columns here; use the same version")
    if found != header.counts or set(found) != set(expected):
        raise ArchiveError(f"{DAMAGED}: it does not hold the rows that it names")


def check_target(connection: Connection, tables: Sequence[Table], header: Header) -> None:
    """Make sure that the database has the archive's schema and no row."""
    revision = revision_of(connection)
    if revision != header.revision:
        raise ArchiveError(
            f"the archive has schema {header.revision}, the database {revision}: "
            "restore with the version that wrote it, then run `wengong migrate`"
        )
    for name, count in row_counts(connection, tables).tables.items():
        if count:
            raise ArchiveError(
                f"the database is not empty ({name} has rows); name a new one, "
                "nothing is ever overwritten"
            )


def check_keys(header: Header, secrets: Secrets) -> None:
    """Make sure that what is restored can be read afterwards."""
    for name, sealed in header.keys.items():
        try:
            secrets.decrypt(base64.b64decode(sealed), column=KNOWN_PLACE)
        except (SecretsError, ValueError):
            raise ArchiveError(
                f"the archive was written with a key {name!r} that is not here; "
                "put its key file (or WENGONG_KEYS) back first"
            ) from None
    if header.index_key != index_check(secrets):
        raise ArchiveError("the archive was written with another WENGONG_INDEX_KEY")


def key_checks(secrets: Secrets) -> dict[str, str]:
    """Return a known word under each key, by key id."""
    checks = {}
    for name in secrets.ciphers:
        one = dataclasses.replace(secrets, writing_key=name)
        checks[name] = base64.b64encode(one.encrypt(KNOWN_WORD, column=KNOWN_PLACE)).decode()
    return checks


def index_check(secrets: Secrets) -> str:
    """Return a known word under the key of the blind indexes."""
    return secrets.blind_index(KNOWN_WORD, kind=KNOWN_PLACE).hex()


def row_counts(connection: Connection, tables: Sequence[Table]) -> Counts:
    """Return how many rows each table has."""
    return Counts(
        {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
        }
    )


def revision_of(connection: Connection) -> str:
    """Return the name of the newest migration that the database has seen.

    Raises:
        ArchiveError: It has seen none.
    """
    revision: str | None = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise ArchiveError("the database has no tables yet; run `wengong migrate` first")
    return revision
