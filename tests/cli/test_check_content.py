"""`wengong check-content`: every mistake a line, for somebody who cannot program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.content.policies.own_folder import CARD, OwnFolder

OWN = f"overlay {CARD}"


@pytest.fixture
def own(tmp_path: Path) -> OwnFolder:
    return OwnFolder(tmp_path / "own")


def test_the_package_has_nothing_to_mend(wengong: CommandLine) -> None:
    ended = wengong.run("check-content", "--as-of", "2026-03-05")
    assert (ended.status, ended.printed) == (0, "")
    assert re.search(r"^\d+张卡：0处要改，0处提醒，", ended.complained)


def test_the_card_of_the_instructions_passes(wengong: CommandLine, own: OwnFolder) -> None:
    own.write_sample()
    ended = wengong.run("check-content", "--content", str(own.path), "--as-of", "2026-03-05")
    assert (ended.status, ended.printed) == (0, "")


def test_every_mistake_has_file_line_and_remedy(wengong: CommandLine, own: OwnFolder) -> None:
    own.write_sample(mechanism='"P-NIGHT"', status='"有效"', reviewed_on="2026-03-01")
    own.write("policies/cards/DY/two.toml.txt", "")
    ended = wengong.run("check-content", "--content", str(own.path), "--as-of", "2026-03-05")
    lines = ended.printed.splitlines()
    assert ended.status == 1
    assert len(lines) == 3
    assert all(re.fullmatch(r"overlay policies/\S+:\d+: .+。.+。", line) for line in lines)
    assert lines[1].startswith(f"{OWN}:3: 没有“P-NIGHT”这个事项。从这些里选一个：")


def test_a_warning_does_not_fail(wengong: CommandLine, own: OwnFolder) -> None:
    own.write_sample()
    ended = wengong.run("check-content", "--content", str(own.path), "--as-of", "2026-12-31")
    assert ended.status == 0
    assert ended.printed == (
        f"{OWN}:8: 提醒：“DY-TRAINPACK-2026”今天到期，明天就不用它答了。"
        "还有效就改 valid_to，有新文件就加新卡。\n"
    )


def test_the_bureaus_configured_folder_is_checked_unless_another_is_named(
    wengong: CommandLine, own: OwnFolder
) -> None:
    own.write_sample(who="")
    wengong.settings["WENGONG_CONTENT"] = str(own.path)
    assert wengong.run("check-content").status == 1


def test_other_content_is_checked_too_and_told_in_english_on_request(
    wengong: CommandLine, own: OwnFolder
) -> None:
    own.write("texts/zh/help.toml", '[choice]\nnothing = "无"\n')
    wengong.settings["WENGONG_LANGUAGE"] = "en"
    ended = wengong.run("check-content", "--content", str(own.path))
    assert ended.status == 1
    assert ended.printed == (
        "overlay texts/zh/help.toml:2: the package has no text help.choice.nothing. "
        "Correct the key.\n"
    )


def test_a_folder_that_is_not_there_is_named(wengong: CommandLine) -> None:
    ended = wengong.run("check-content", "--content", "nowhere")
    assert ended.status == 2
    assert "nowhere" in ended.complained
