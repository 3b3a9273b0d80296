"""Backup and restore at the command line."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine


@pytest.fixture
def used(wengong: CommandLine) -> CommandLine:
    """A deployment that invited an officer."""
    assert wengong.run("officer", "invite", "--scope", "5106", "--name", "周明").status == 0
    return wengong


def moved(source: CommandLine, folder: Path) -> CommandLine:
    """Return a new machine that has the key file and nothing else."""
    folder.mkdir()
    line = CommandLine(folder)
    line.settings["WENGONG_DATABASE_URL"] = f"sqlite:///{folder}/var/wengong.db"
    line.data.mkdir()
    shutil.copy(source.data / "keys", line.data / "keys")
    return line


def test_a_backup_says_where_it_is_and_reminds_of_the_key_file(used: CommandLine) -> None:
    ended = used.run("backup", "city.backup")
    assert ended.status == 0
    assert "city.backup" in ended.printed
    assert str(used.data / "keys") in ended.printed
    assert (used.folder / "city.backup").is_file()


def test_an_existing_file_is_kept_unless_forced(used: CommandLine) -> None:
    file = used.folder / "city.backup"
    file.write_text("precious", encoding="ascii")
    ended = used.run("backup", "city.backup")
    assert ended.status == 2
    assert "--force" in ended.complained
    assert file.read_text(encoding="ascii") == "precious"
    assert used.run("backup", "city.backup", "--force").status == 0
    assert file.read_bytes().startswith(b"\x1f\x8b")


def test_a_file_that_cannot_be_written_is_named(used: CommandLine) -> None:
    ended = used.run("backup", "no/such/folder/city.backup")
    assert ended.status == 2
    assert "no/such/folder/city.backup" in ended.complained


def test_another_machine_is_filled_from_the_backup(used: CommandLine, tmp_path: Path) -> None:
    used.run("backup", "city.backup")
    other = moved(used, tmp_path / "other")
    ended = other.run("restore", str(used.folder / "city.backup"), "--yes")
    assert (ended.status, ended.complained) == (0, "")
    again = other.run("restore", str(used.folder / "city.backup"), "--yes")
    assert again.status == 2
    assert "not empty" in again.complained


def test_restoring_asks_first(used: CommandLine, tmp_path: Path) -> None:
    used.run("backup", "city.backup")
    other = moved(used, tmp_path / "other")
    for answer in ("n\n", "\n", ""):
        ended = other.run("restore", str(used.folder / "city.backup"), typed=answer)
        assert ended.status == 2
        assert "什么都没改" in ended.complained
    assert not (other.data / "wengong.db").exists()
    assert other.run("restore", str(used.folder / "city.backup"), typed="y\n").status == 0


def test_without_the_key_file_nothing_is_made_in_its_place(
    used: CommandLine, tmp_path: Path
) -> None:
    used.run("backup", "city.backup")
    other = moved(used, tmp_path / "other")
    (other.data / "keys").unlink()
    ended = other.run("restore", str(used.folder / "city.backup"), "--yes")
    assert ended.status == 2
    assert str(other.data / "keys") in ended.complained
    assert list(other.data.iterdir()) == []


def test_a_database_that_is_served_is_left_alone(used: CommandLine, tmp_path: Path) -> None:
    used.run("backup", "city.backup")
    other = moved(used, tmp_path / "other")
    with (other.data / "wengong.lock").open("w", encoding="ascii") as served:
        fcntl.flock(served, fcntl.LOCK_EX)
        ended = other.run("restore", str(used.folder / "city.backup"), "--yes")
    assert ended.status == 2
    assert "stop it first" in ended.complained
    assert not (other.data / "wengong.db").exists()


@pytest.mark.parametrize("words", ["", "no backup"])
def test_a_file_that_is_no_backup_is_refused(used: CommandLine, words: str) -> None:
    (used.folder / "letter").write_text(words, encoding="ascii")
    ended = used.run("restore", "letter", "--yes")
    assert ended.status == 2
    assert len(ended.complained.splitlines()) == 2
    assert "什么都没改" in ended.complained
    assert used.run("restore", "nowhere", "--yes").status == 2
