"""What a database has to do for one turn, in hand-written SQL and nothing else."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Sequence

import psycopg

from storage.engine import SQLITE_PRAGMAS

PEOPLE = 50
NOW = "2026-11-23 01:00:00"
SEALED = bytes(250)
Execute = Callable[[str, Sequence[object]], Sequence[Sequence[object]]]

FIND = "SELECT id, step, answers, memory FROM contact_address WHERE address_index = ?"
LOCK = "SELECT id, step, answers, memory FROM contact_address WHERE id = ?"
STORE = (
    "INSERT INTO inbound_receipt (id, account_id, external_id, address_id, sequence, payload, "
    "status, attempts, received_at) VALUES (?, ?, ?, ?, ?, ?, 'received', 0, ?) "
    "ON CONFLICT DO NOTHING"
)
OLDEST = (
    "SELECT id, payload FROM inbound_receipt WHERE address_id = ? AND status = 'received' "
    "ORDER BY sequence, received_at, external_id LIMIT 1"
)
WORKERS = (
    "SELECT w.* FROM worker w JOIN address_link l ON l.worker_id = w.id WHERE l.address_id = ?"
)
SAVE = (
    "UPDATE contact_address SET step = ?, answers = ?, next_seq = ?, last_cursor = ? WHERE id = ?"
)
SAY = (
    "INSERT INTO delivery (id, account_id, address_id, stream, seq, kind, priority, operation, "
    "text_key, body, created_at, not_before, attempts, status, cursor, accepted_at, dedupe_key) "
    "VALUES (?, ?, ?, 'dialogue', ?, 'reply', 0, 'send', 'a.b.c', ?, ?, ?, 1, 'accepted', ?, ?, ?)"
)
DONE = "UPDATE inbound_receipt SET status = 'done', payload = NULL, done_at = ? WHERE id = ?"
ACCOUNT = (
    "INSERT INTO channel_account (id, channel, bureau_adcode, tokens, refilled_at, paused_until, "
    "polls_until) VALUES (?, 'peer', '510600', 0, 0, 0, 0)"
)
ADDRESS = (
    "INSERT INTO contact_address (id, account_id, address, address_index, role, roles, language, "
    "created_at, next_seq, last_cursor, last_sequence, question_serial, fallbacks) "
    "VALUES (?, ?, ?, ?, 'worker', '[]', 'zh', ?, 1, 0, 0, 0, 0)"
)


def peer_turns_per_second(url: str, *, seconds: float) -> float:
    """Return how many bare turns of transactions A and B one thread gets through."""
    is_sqlite = url.startswith("sqlite")
    with _sqlite(url) if is_sqlite else _postgres(url) as (execute, begin, commit):
        keys = _Keys(is_text=is_sqlite)
        account, people = keys.new(), [(keys.new(), bytes([number])) for number in range(PEOPLE)]
        begin()
        execute(ACCOUNT, (account,))
        for key, index in people:
            execute(ADDRESS, (key, account, SEALED, index, NOW))
        commit()
        began, turns = time.perf_counter(), 0
        for turns, (_key, index) in enumerate(itertools.cycle(people), 1):
            begin()
            ((address, *_),) = execute(FIND, (index,))
            values = (keys.new(), account, f"m{turns}", address, turns, SEALED, NOW)
            execute(STORE, values)
            commit()
            begin()
            execute(LOCK if is_sqlite else f"{LOCK} FOR UPDATE", (address,))
            ((receipt, _payload),) = execute(OLDEST, (address,))
            execute(WORKERS, (address,))
            for number in (turns * 2, turns * 2 + 1):
                said = (keys.new(), account, address, number, SEALED, NOW, NOW, number, NOW)
                execute(SAY, (*said, f"turn:{number}"))
            execute(SAVE, ("a.b", SEALED, turns, turns, address))
            execute(DONE, (NOW, receipt))
            commit()
            if time.perf_counter() - began > seconds:
                break
        return turns / (time.perf_counter() - began)


class _Keys:
    """New keys in the form that the database keeps them in."""

    def __init__(self, *, is_text: bool) -> None:
        self._is_text = is_text

    def new(self) -> object:
        """Return a key that nobody has used."""
        key = uuid.uuid4()
        return key.hex if self._is_text else key


Peer = tuple[Execute, Callable[[], object], Callable[[], object]]


@contextlib.contextmanager
def _sqlite(url: str) -> Iterator[Peer]:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)

    def execute(statement: str, values: Sequence[object]) -> Sequence[Sequence[object]]:
        return connection.execute(statement, values).fetchall()

    yield execute, lambda: connection.execute("BEGIN IMMEDIATE"), connection.commit
    connection.close()


@contextlib.contextmanager
def _postgres(url: str) -> Iterator[Peer]:
    with psycopg.connect(url.replace("+psycopg", "", 1)) as connection:
        cursor = connection.cursor()

        def execute(statement: str, values: Sequence[object]) -> Sequence[Sequence[object]]:
            cursor.execute(statement.replace("?", "%s").encode(), values)
            return cursor.fetchall() if cursor.description else ()

        yield execute, lambda: None, connection.commit
