from __future__ import annotations

from pathlib import Path

import pytest

from bot.bureaus import read_bureaus
from bot.errors import SettingsError
from tests.two_bureaus import DEYANG, FILE, OTHER_TOKEN, TOKEN


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "nothing but [[bureau]] may stand here"),
        ("name = 1", "nothing but [[bureau]] may stand here"),
        ("[[bureau", "no TOML in UTF-8"),
        ('[[bureau]]\nname = "石柱"', "bureau 1: adcode: write six digits"),
        ('[[bureau]]\nadcode = 500240\nname = "石柱"', "bureau 1: adcode: write six digits"),
        ('[[bureau]]\nadcode = "500240"', "bureau 1: name: write what workers call the bureau"),
        ('[[bureau]]\nadcode = "500240"\nname = "石"\ntoken = "x"', "token: no such setting"),
        ('[[bureau]]\nadcode = "500240"\nname = "石"\ntelegram_token = "x"', "from BotFather"),
        ('[[bureau]]\nadcode = "510623"\nname = "中江"', "shares its area with 510600"),
        (FILE + FILE, "bureau 2: adcode: 500240 shares its area with 500240"),
        (FILE.replace(OTHER_TOKEN, TOKEN), "make a bot for each"),
    ],
)
def test_a_wrong_file_of_bureaus_names_entry_and_remedy(
    tmp_path: Path, text: str, problem: str
) -> None:
    file = tmp_path / "bureaus.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        read_bureaus(file, main=DEYANG, main_token=TOKEN)
    said = str(raised.value)
    assert problem in said
    assert "bureaus.toml" in said
    assert TOKEN not in said
    assert OTHER_TOKEN not in said


def test_a_missing_file_of_bureaus_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.toml"):
        read_bureaus(tmp_path / "gone.toml", main=DEYANG, main_token="")
