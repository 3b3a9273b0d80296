"""What the keys promise: old data stays readable, moved or altered data never is."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from storage.secrets import Secrets, SecretsError, parse_keys, read_or_create_key_file

NAME = "陈桂芳"
COLUMN = "worker.name"


def key(letter: str, *, size: int = 32) -> str:
    return base64.b64encode(letter.encode() * size).decode()


OLD = parse_keys(f"old:{key('a')}", key("i"))
BOTH = parse_keys(f"new:{key('b')}, old:{key('a')}", key("i"))
NEW = parse_keys(f"new:{key('b')}", key("i"))


def test_the_old_key_still_reads_and_the_new_one_writes() -> None:
    before = OLD.encrypt(NAME, column=COLUMN)
    assert BOTH.decrypt(before, column=COLUMN) == NAME
    after = BOTH.encrypt(NAME, column=COLUMN)
    assert after.startswith(b"new:")
    assert NEW.decrypt(after, column=COLUMN) == NAME


def test_without_its_key_a_value_is_refused_and_the_key_named() -> None:
    with pytest.raises(SecretsError, match="no key named 'old'"):
        NEW.decrypt(OLD.encrypt(NAME, column=COLUMN), column=COLUMN)


def test_a_key_of_the_same_name_does_not_open_it() -> None:
    other = parse_keys(f"old:{key('c')}", key("i"))
    with pytest.raises(SecretsError, match=r"worker\.name: not written with key 'old', or altered"):
        other.decrypt(OLD.encrypt(NAME, column=COLUMN), column=COLUMN)


def test_a_value_that_was_moved_to_another_column_is_refused() -> None:
    with pytest.raises(SecretsError, match=r"worker\.phone"):
        OLD.decrypt(OLD.encrypt(NAME, column=COLUMN), column="worker.phone")


@pytest.mark.parametrize("place", [5, 20, -1])
def test_an_altered_value_is_refused(place: int) -> None:
    stored = bytearray(OLD.encrypt(NAME, column=COLUMN))
    stored[place] ^= 1
    with pytest.raises(SecretsError):
        OLD.decrypt(bytes(stored), column=COLUMN)


@pytest.mark.parametrize(
    "stored", [b"", b"old:", b"old:short", b"no key at all", b"\xff\xfe:1234567890"]
)
def test_what_was_never_encrypted_is_refused(stored: bytes) -> None:
    with pytest.raises(SecretsError):
        OLD.decrypt(stored, column=COLUMN)


def test_the_same_text_is_never_stored_the_same_way_twice() -> None:
    assert OLD.encrypt(NAME, column=COLUMN) != OLD.encrypt(NAME, column=COLUMN)
    assert NAME.encode() not in OLD.encrypt(NAME, column=COLUMN)


def test_a_blind_index_finds_the_same_value_of_the_same_kind_only() -> None:
    found = OLD.blind_index("13900001234", kind="phone")
    assert found == NEW.blind_index("13900001234", kind="phone")
    assert found != OLD.blind_index("13900001234", kind="address")
    assert found != OLD.blind_index("13900001235", kind="phone")
    other = parse_keys(f"old:{key('a')}", key("j"))
    assert found != other.blind_index("13900001234", kind="phone")


@pytest.mark.parametrize(
    ("keys", "index_key", "problem"),
    [
        ("", key("i"), "WENGONG_KEYS is empty"),
        (" , ", key("i"), "WENGONG_KEYS is empty"),
        (f"k1:{key('a')},k2:not base64!", key("i"), "key 'k2' is not base64"),
        (f"k1:{key('a', size=16)}", key("i"), "key 'k1' holds 16 bytes, not 32"),
        ("k1", key("i"), "key 'k1' holds 0 bytes, not 32"),
        (f"k1:{key('a')}", "", "WENGONG_INDEX_KEY holds 0 bytes, not 32"),
        (f"k1:{key('a')}", "?", "WENGONG_INDEX_KEY is not base64"),
    ],
)
def test_a_malformed_key_is_named(keys: str, index_key: str, problem: str) -> None:
    with pytest.raises(SecretsError, match=problem):
        parse_keys(keys, index_key)


def test_a_refusal_never_shows_a_key() -> None:
    short = key("a", size=16)
    with pytest.raises(SecretsError) as refusal:
        parse_keys(f"k1:{short}", key("i"))
    assert short not in str(refusal.value)


def test_a_key_file_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "var" / "keys"
    made = read_or_create_key_file(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    words = file.read_bytes()
    again = read_or_create_key_file(file)
    assert file.read_bytes() == words
    assert again.decrypt(made.encrypt(NAME, column=COLUMN), column=COLUMN) == NAME


@pytest.mark.parametrize("words", ["", f"k1:{key('a')}\n", "a\nb\nc\n"])
def test_a_key_file_of_another_shape_is_refused(tmp_path: Path, words: str) -> None:
    file = tmp_path / "keys"
    file.write_text(words, encoding="ascii")
    with pytest.raises(SecretsError, match="keys holds"):
        read_or_create_key_file(file)


def test_keys_are_not_shown_when_secrets_are_printed() -> None:
    made: Secrets = OLD
    for letter in "ai":
        assert letter * 8 not in repr(made)
        assert key(letter) not in repr(made)
