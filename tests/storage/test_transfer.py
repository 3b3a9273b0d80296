"""What a backup promises: everything in it, on either database, or a clear refusal."""

from __future__ import annotations

import gzip
import json
import stat
import threading
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import DateTime, Engine, bindparam, func, insert, select, text, update

from bot.errors import StorageUnavailableError
from storage.engine import connect
from storage.models import JobSlot, StoredSetting, Vacancy, VacancyChange
from storage.secrets import Secrets, read_or_create_key_file
from storage.transfer import ArchiveError, read_archive, write_archive
from tests.storage.conftest import FreshDatabase
from tests.storage.full_database import SECRET_WORDS, content, fill, key

WRITTEN_AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KINDS = ("sqlite", "postgresql")


@pytest.fixture
def archive(fresh: FreshDatabase, tmp_path: Path) -> Path:
    """A backup of a database with two rows in every table."""
    engine, file = fresh("sqlite"), tmp_path / "city.wengong"
    fill(engine)
    write_archive(engine, file, at=WRITTEN_AT)
    return file


def rows_of(engine: Engine) -> int:
    return sum(len(rows) for rows in content(engine).values())


def lines_of(file: Path) -> list[bytes]:
    with gzip.open(file, "rb") as stream:
        return list(stream)


def rewrite(file: Path, lines: list[bytes]) -> None:
    with gzip.open(file, "wb") as stream:
        stream.writelines(lines)


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
def test_every_row_comes_back_on_either_database(
    fresh: FreshDatabase, tmp_path: Path, source: str, target: str
) -> None:
    before, after = fresh(source), fresh(target)
    fill(before)
    written = write_archive(before, tmp_path / "archive", at=WRITTEN_AT)
    read = read_archive(after, tmp_path / "archive")
    assert content(after) == content(before)
    assert written == read
    assert written.total == 2 * len(written.tables)


def test_encrypted_values_are_never_in_clear_in_the_archive(archive: Path) -> None:
    plain = b"".join(lines_of(archive)).decode("utf-8")
    assert "平车" in plain
    for word in SECRET_WORDS.split():
        assert word not in plain


def test_the_first_and_last_line_tell_what_is_in_the_archive(archive: Path) -> None:
    lines = lines_of(archive)
    header = json.loads(lines[0])["wengong"]
    closing = json.loads(lines[-1])
    assert header["revision"] == "0001"
    assert header["written_at"] == "2026-11-23T01:00:00+00:00"
    assert header["counts"] == closing["counts"]
    assert len(closing["sha256"]) == 64


def test_only_its_owner_reads_the_archive_and_nothing_else_is_left(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert list(archive.parent.iterdir()) == [archive]


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_go_on_after_a_restore(fresh: FreshDatabase, archive: Path, kind: str) -> None:
    engine = fresh(kind)
    read_archive(engine, archive)
    with engine.begin() as connection:
        highest = connection.scalar(select(func.max(VacancyChange.seq)))
        change = {"vacancy_id": key("vacancy", 1), "version": 9, "at": WRITTEN_AT}
        connection.execute(insert(VacancyChange), [change])
        newest = connection.scalar(
            select(VacancyChange.seq).where(VacancyChange.version == change["version"])
        )
    assert highest is not None
    assert newest == highest + 1


def test_a_file_that_was_cut_off_is_refused(fresh: FreshDatabase, archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-40])
    assert_refused(fresh("sqlite"), archive, "damaged or was cut off")


def test_a_file_whose_last_lines_are_missing_is_refused(
    fresh: FreshDatabase, archive: Path
) -> None:
    rewrite(archive, lines_of(archive)[:-3])
    assert_refused(fresh("sqlite"), archive, "damaged or was cut off")


def test_a_file_with_an_altered_value_is_refused(fresh: FreshDatabase, archive: Path) -> None:
    altered = [line.replace("平车".encode(), "焊工".encode()) for line in lines_of(archive)]
    rewrite(archive, altered)
    assert_refused(fresh("sqlite"), archive, "damaged or was cut off")


def test_a_file_with_a_flipped_bit_is_refused(fresh: FreshDatabase, archive: Path) -> None:
    raw = bytearray(archive.read_bytes())
    raw[len(raw) // 2] ^= 0x10
    archive.write_bytes(bytes(raw))
    assert_refused(fresh("sqlite"), archive, "damaged or was cut off")


@pytest.mark.parametrize("words", [b"", b"hello", b'{"a": 1}\n', b"[1]\n"])
def test_a_file_that_is_no_archive_is_refused(
    fresh: FreshDatabase, tmp_path: Path, words: bytes
) -> None:
    file = tmp_path / "letter"
    rewrite(file, [words])
    assert_refused(fresh("sqlite"), file, "no archive of wengong|damaged")
    file.write_bytes(words)
    assert_refused(fresh("sqlite"), file, "no archive of wengong|damaged")


def test_an_archive_of_a_later_format_is_refused(fresh: FreshDatabase, archive: Path) -> None:
    lines = lines_of(archive)
    rewrite(archive, [lines[0].replace(b'"format":1', b'"format":2'), *lines[1:]])
    assert_refused(fresh("sqlite"), archive, "format 2")


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_of_another_schema_is_refused(
    fresh: FreshDatabase, archive: Path, kind: str
) -> None:
    engine = fresh(kind)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    assert_refused(engine, archive, "schema 0001, the database 0099")


@pytest.mark.parametrize("kind", KINDS)
def test_a_database_with_a_row_is_left_as_it_is(
    fresh: FreshDatabase, archive: Path, kind: str
) -> None:
    engine = fresh(kind)
    with engine.begin() as connection:
        connection.execute(insert(StoredSetting), [{"name": "a", "value": "b"}])
    with pytest.raises(ArchiveError, match="not empty"):
        read_archive(engine, archive)
    assert rows_of(engine) == 1


def test_an_archive_of_other_keys_is_refused(
    fresh: FreshDatabase, archive: Path, tmp_path: Path
) -> None:
    engine = connect(str(fresh("sqlite").url), read_or_create_key_file(tmp_path / "others"))
    assert_refused(engine, archive, "key 'k1' that is not here")
    engine.dispose()


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_shows_one_instant_and_holds_no_writer_up(
    fresh: FreshDatabase, tmp_path: Path, kind: str
) -> None:
    engine = fresh(kind)
    fill(engine)
    before = content(engine)
    written = threading.Event()

    def write_meanwhile(_done: int, _total: int) -> None:
        if written.is_set():
            return
        written.set()
        with engine.begin() as connection:
            connection.execute(text("PRAGMA busy_timeout=0" if kind == "sqlite" else "SELECT 1"))
            connection.execute(insert(StoredSetting), [{"name": "later", "value": "x"}])
            connection.execute(update(Vacancy).values(title="later"))

    write_archive(engine, tmp_path / "archive", at=WRITTEN_AT, progress=write_meanwhile)
    restored = fresh("sqlite")
    read_archive(restored, tmp_path / "archive")
    assert written.is_set()
    assert content(restored) == before


@pytest.mark.parametrize("kind", KINDS)
def test_memory_stays_flat_however_many_rows_there_are(
    fresh: FreshDatabase, tmp_path: Path, kind: str
) -> None:
    few, many = (
        peak_memory(fresh(kind), fresh(kind), tmp_path / "archive", slots=slots)
        for slots in (3_000, 15_000)
    )
    assert many < few * 1.3


def test_progress_ends_with_every_row(fresh: FreshDatabase, archive: Path) -> None:
    seen: list[tuple[int, int]] = []
    counts = read_archive(
        fresh("sqlite"), archive, progress=lambda done, total: seen.append((done, total))
    )
    assert seen[-1] == (counts.total, counts.total)
    assert seen == sorted(seen)


def test_a_database_that_is_away_is_named_as_such(tmp_path: Path, secrets: Secrets) -> None:
    engine = connect(f"sqlite:///{tmp_path}/no/folder.db", secrets)
    with pytest.raises(StorageUnavailableError):
        write_archive(engine, tmp_path / "archive", at=WRITTEN_AT)
    engine.dispose()
    assert list(tmp_path.iterdir()) == []


def assert_refused(engine: Engine, file: Path, why: str) -> None:
    with pytest.raises(ArchiveError, match=why):
        read_archive(engine, file)
    assert rows_of(engine) == 0


MANY_SLOTS = text(
    "WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < :many) "
    "INSERT INTO job_slot (job, slot, started_at) SELECT 'tick', CAST(i AS VARCHAR(32)), :at "
    "FROM numbers"
).bindparams(bindparam("at", type_=DateTime()))


def peak_memory(source: Engine, target: Engine, file: Path, *, slots: int) -> int:
    """Return the most bytes that a backup and its restore held at once."""
    with source.begin() as connection:
        at = WRITTEN_AT.replace(tzinfo=None)
        connection.execute(MANY_SLOTS, {"many": slots, "at": at})
    tracemalloc.start()
    try:
        write_archive(source, file, at=WRITTEN_AT)
        read_archive(target, file)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    with target.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(JobSlot)) == slots
    return peak
