"""Invitations at the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import CommandLine


def test_an_invitation_has_a_link_a_picture_and_an_end(wengong: CommandLine) -> None:
    wengong.settings["WENGONG_PUBLIC_URL"] = "https://work.example.org/"
    ended = wengong.run("officer", "invite", "--scope", "510623", "--name", "周明")
    assert (ended.status, ended.complained) == (0, "")
    assert "周明" in ended.printed
    assert "中江县" in ended.printed
    assert "https://work.example.org/join/o_" in ended.printed
    assert "72小时内有效" in ended.printed
    assert ended.printed.count("█") > 200


def test_an_invitation_is_told_in_english_too(wengong: CommandLine) -> None:
    ended = wengong.run("officer", "invite", "--scope", "51", "--name", "Zhou", "--lang", "en")
    assert ended.status == 0
    assert "Good for 72 hours" in ended.printed


@pytest.mark.parametrize("scope", ["5199", "51062", "abc", "", "5106 ", "５１０６", "510623999"])
def test_a_scope_that_is_no_place_is_refused(wengong: CommandLine, scope: str) -> None:
    ended = wengong.run("officer", "invite", "--scope", scope, "--name", "周明")
    assert ended.status == 2
    assert "没有这个地方代码" in ended.complained
    assert len(ended.complained.splitlines()) == 1


@pytest.mark.parametrize("name", ["", "  ", "周1明", "周" * 21])
def test_a_name_that_cannot_be_said_is_refused(wengong: CommandLine, name: str) -> None:
    ended = wengong.run("officer", "invite", "--scope", "5106", "--name", name)
    assert ended.status == 2
    assert "1到20个字" in ended.complained


def test_the_list_shows_names_to_nobody_but_a_terminal(wengong: CommandLine) -> None:
    assert "还没有干部" in wengong.run("officer", "list", "--scope", "5106").printed
    invited = wengong.run("officer", "invite", "--scope", "5106", "--name", "周明")
    token = next(word for word in invited.printed.split() if word.startswith("o_"))
    wengong.run("chat", "--role", "officer", typed=f"/join {token}\n1\n1\n1\n")
    ended = wengong.run("officer", "list", "--scope", "51")
    assert "5106 德阳市" in ended.printed
    assert "周明" not in ended.printed
    assert "德阳市" not in wengong.run("officer", "list", "--scope", "52").printed
