"""What people type is readable in no file, no table and no log line."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from sqlalchemy import MetaData, make_url, text

from bot.clock import FixedClock
from content.catalogue import Catalogue
from storage.database import Database
from tests.channels.small_town import SmallTown, message
from tests.chat import City
from tests.whole_loop import PRIVATE, Loop


def spellings(words: str) -> list[bytes]:
    """Return how `words` could stand somewhere: UTF-8, UTF-16, escaped in JSON, base64."""
    plain = words.encode()
    return [
        plain,
        words.encode("utf-16-le"),
        words.encode("utf-16-be"),
        words.encode("unicode_escape"),
        base64.b64encode(plain)[:-4] if len(plain) > 6 else plain,
        plain.hex().encode(),
    ]


def found_in(raw: bytes) -> list[str]:
    """Return which private words can be read in `raw`."""
    return [words for words in PRIVATE if any(form in raw for form in spellings(words))]


def postgres_rows(database: Database) -> bytes:
    """Return every row of every table as text, the way a curious administrator sees it."""
    tables = MetaData()
    tables.reflect(database.engine)
    lines: list[str] = []
    with database.engine.connect() as connection:
        for table in tables.sorted_tables:
            rows = connection.execute(text(f'SELECT t::text FROM "{table.name}" AS t'))  # noqa: S608
            lines += [str(row[0]) for row in rows]
    return "\n".join(lines).encode()


def sqlite_files(database: Database) -> bytes:
    """Return the database file and its write-ahead log, byte by byte."""
    file = Path(str(make_url(database.url).database))
    wal = file.with_name(f"{file.name}-wal")
    assert wal.exists()
    return file.read_bytes() + wal.read_bytes()


def test_what_people_type_is_unreadable_in_database_and_log(
    database: Database, catalogue: Catalogue, clock: FixedClock, log_lines: io.StringIO
) -> None:
    loop = Loop(City(database, catalogue, clock))
    loop.run()
    said = "\n".join([*loop.typed, *loop.heard])
    assert [words for words in PRIVATE if words not in said] == []
    raw = sqlite_files(database) if database.is_sqlite else postgres_rows(database)
    assert len(raw) > 10_000
    assert "鸿蒙制衣厂".encode() in raw  # a firm's name is public: the search does find things
    assert found_in(raw) == []
    assert found_in(log_lines.getvalue().encode()) == []


def test_an_error_that_quotes_a_person_is_logged_without_the_quote(
    sqlite_database: Database, catalogue: Catalogue, clock: FixedClock, log_lines: io.StringIO
) -> None:
    town = SmallTown(sqlite_database, catalogue, clock)
    town.receive_all(message(1, "你好"))
    town.receive_all(message(2, "quote 陈桂芳 13900001234"))
    assert "代号" in town.page("a")[-1]
    assert "ValueError" in log_lines.getvalue()
    assert found_in(log_lines.getvalue().encode()) == []
