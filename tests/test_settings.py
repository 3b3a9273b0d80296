"""What a start tells of its settings: everything that is wrong, at once."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.app import read_secrets
from bot.errors import SettingsError
from bot.settings import PREFIX, Settings, read_settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"
A_SETTING = re.compile(rf"^# ({PREFIX}[A-Z_]+)=(.*)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting comes from this machine."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def problems_of(**overrides: object) -> list[str]:
    with pytest.raises(SettingsError) as refusal:
        read_settings(**overrides)
    return refusal.value.problems


def test_nothing_has_to_be_set() -> None:
    settings = read_settings()
    assert settings.database_address() == "sqlite:///var/wengong.db"
    assert settings.timezone.key == "Asia/Shanghai"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("WENGONG_PORT=8001\nWENGONG_LANGUAGE=en\n", encoding="utf-8")
    monkeypatch.setenv("WENGONG_PORT", "8002")
    settings = read_settings()
    assert (settings.port, settings.language) == (8002, "en")


def test_wrong_and_unknown_settings_are_all_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "WENGONG_PORT": "eighty",
        "WENGONG_TZ": "Asia/Deyang",
        "WENGONG_BUREAU_ADCODE": "5106",
        "WENGONG_DATABASE_URL": "mysql://db",
        "WENGONG_CONTENT": "no/such/folder",
        "WENGONG_LANGUAGE": "fr",
        "WENGONG_PROT": "8000",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    Path(".env").write_text("# a comment\nWENGONG_NAME = x\nOTHER=1\n", encoding="utf-8")
    problems = problems_of()
    assert [problem.split(":")[0] for problem in problems] == sorted([*wrong, "WENGONG_NAME"])
    assert "WENGONG_PROT: unknown setting" in problems
    assert "WENGONG_TZ: no such time zone: Asia/Deyang" in problems


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "", "Mars/Olympus", "/etc/localtime", "Asia/\x00"]
)
def test_a_wrong_time_zone_is_refused(name: str) -> None:
    assert [problem.split(":")[0] for problem in problems_of(tz=name)] == ["WENGONG_TZ"]


def test_a_missing_index_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="WENGONG_INDEX_KEY"):
        read_secrets(Settings(keys=f"k1:{'A' * 43}=", data=tmp_path), url=new_database(tmp_path))


def new_database(folder: Path) -> str:
    """Return the address of a database that does not exist yet."""
    return f"sqlite:///{folder / 'wengong.db'}"


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    first, made = read_secrets(settings, url=new_database(tmp_path))
    assert made is not None
    assert made.stat().st_mode & 0o077 == 0
    again, made_again = read_secrets(settings, url=new_database(tmp_path))
    assert made_again is None
    assert again.decrypt(first.encrypt("陈桂芳", column="a"), column="a") == "陈桂芳"


def test_no_keys_are_made_for_a_database_that_exists(tmp_path: Path) -> None:
    (tmp_path / "wengong.db").touch()
    for url in (new_database(tmp_path), "postgresql://127.0.0.1/wengong"):
        with pytest.raises(SettingsError, match="no key file"):
            read_secrets(Settings(data=tmp_path), url=url)


def test_the_example_names_every_setting_and_no_other() -> None:
    named = [name for name, _value in A_SETTING.findall(EXAMPLE.read_text(encoding="utf-8"))]
    assert sorted(named) == sorted(PREFIX + name.upper() for name in Settings.model_fields)


def test_the_example_shows_the_defaults() -> None:
    for name, value in A_SETTING.findall(EXAMPLE.read_text(encoding="utf-8")):
        default = Settings.model_fields[name.removeprefix(PREFIX).lower()].default
        shown = str(default).lower() if isinstance(default, bool) else str(default or "")
        assert value == shown, name


def test_the_example_can_be_used_as_it_is() -> None:
    expected = read_settings()
    given = A_SETTING.sub(r"\1=\2", EXAMPLE.read_text(encoding="utf-8"))
    Path(".env").write_text(given, encoding="utf-8")
    assert read_settings() == expected


def test_a_site_on_every_interface_needs_the_address_its_links_lead_to() -> None:
    (problem,) = problems_of(host="0.0.0.0")  # noqa: S104 - never bound here
    assert problem.startswith("WENGONG_PUBLIC_URL: needed")
    assert Settings(host="0.0.0.0", public_url="https://jobs.example")  # noqa: S104


def test_cookies_stay_on_https_where_the_site_is_reached_by_it() -> None:
    assert Settings(public_url="https://jobs.example").serves_https
    assert not Settings().serves_https
