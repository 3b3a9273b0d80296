"""The conversation in the terminal, as a process of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.cli.keyboard import read_message
from tests.cli.conftest import CommandLine


def messages_in(*lines: str) -> list[str]:
    """Return the messages that these lines make."""
    left: Iterator[str] = iter(lines)
    found = []
    while (message := read_message(lambda: next(left, None))) is not None:
        found.append(message)
    return found


@pytest.mark.parametrize(
    ("lines", "messages"),
    [
        (["你好", "", "1"], ["你好", "", "1"]),
        (
            ["招平车工6名\\", "计件4000-5500\\", "管饭", "1"],
            ["招平车工6名\n计件4000-5500\n管饭", "1"],
        ),
        (["\x1b[200~招工", "计件\\", "管饭\x1b[201~", "1"], ["招工\n计件\\\n管饭", "1"]),
        (["\x1b[200~一行\x1b[201~", "1"], ["一行", "1"]),
        (["没写完\\"], ["没写完"]),
        (["\x1b[200~没贴完", "就断了"], ["没贴完\n就断了"]),
        ([], []),
    ],
)
def test_continued_and_pasted_lines_are_one_message(lines: list[str], messages: list[str]) -> None:
    assert messages_in(*lines) == messages


def test_a_newcomer_is_greeted_and_every_line_answered(wengong: CommandLine) -> None:
    ended = wengong.run("chat", typed="踩平车 屋头有娃 只在中江 要四千\n菜单\n")
    assert ended.status == 0
    assert ended.complained == ""
    assert "不收钱" in ended.printed
    assert "听懂" in ended.printed
    assert "1 找活" in ended.printed


def test_the_conversation_goes_on_after_the_process_was_killed(wengong: CommandLine) -> None:
    with wengong.start("chat") as first:
        assert first.stdin is not None
        assert first.stdout is not None
        first.stdin.write("踩平车 只在中江 要四千\n")
        first.stdin.flush()
        while "1 对" not in first.stdout.readline():
            pass
        first.kill()
    ended = wengong.run("chat", typed="2\n")
    assert ended.status == 0
    before, _, after = ended.printed.partition("1 对  2 改")
    assert "接着上次" in before
    assert "听懂" in before
    assert "不收钱" not in ended.printed
    assert after.strip()


def test_a_process_of_its_own_ends_with_its_input(wengong: CommandLine) -> None:
    with wengong.start("chat") as process:
        printed, complained = process.communicate("菜单\n", timeout=60)
    assert (process.returncode, complained) == (0, "")
    assert "不收钱" in printed


def test_quit_ends_without_reading_on(wengong: CommandLine) -> None:
    ended = wengong.run("chat", typed="/quit\n菜单\n")
    assert ended.status == 0
    assert "1 找活" not in ended.printed


def test_each_role_has_its_own_conversation(wengong: CommandLine) -> None:
    worker = wengong.run("chat", typed="菜单\n")
    enterprise = wengong.run("chat", "--role", "enterprise", typed="")
    assert "不收钱" in worker.printed
    assert "登记企业" in enterprise.printed


def test_an_officer_joins_by_an_invitation_typed_at_the_prompt(wengong: CommandLine) -> None:
    invited = wengong.run("officer", "invite", "--scope", "5106", "--name", "周明")
    token = next(word for word in invited.printed.split() if word.startswith("o_"))
    ended = wengong.run("chat", "--role", "officer", typed=f"/join {token}\n1\n1\n1\n")
    assert "还不是干部" in ended.printed
    assert "1 审核" in ended.printed


def test_english_is_spoken_where_it_is_asked_for(wengong: CommandLine) -> None:
    ended = wengong.run("chat", "--lang", "en", typed="/menu\n")
    assert ended.status == 0
    assert "找活" not in ended.printed
    assert wengong.run("chat", "--lang", "fr").complained.startswith("wengong: No such language")


@pytest.mark.parametrize(
    "typed", ["\n", "   \n", "😀😀\n", "<b>hi</b>\n", "\x00\x07\n", "长" * 10_000]
)
def test_odd_lines_are_answered(wengong: CommandLine, typed: str) -> None:
    ended = wengong.run("chat", typed=f"你好\n{typed}")
    assert ended.status == 0
    assert ended.printed.count("0 找真人") >= 2


def test_a_second_window_of_the_same_person_is_told_so(wengong: CommandLine) -> None:
    with wengong.start("chat") as first:
        assert first.stdin is not None
        assert first.stdout is not None
        first.stdout.readline()
        second = wengong.run("chat", typed="你好\n")
        first.communicate("", timeout=60)
    assert second.status == 2
    assert "另一个窗口" in second.complained


def test_nothing_that_was_typed_stands_in_the_files(wengong: CommandLine) -> None:
    wengong.run("chat", typed="我叫陈桂芳 电话13900001234 踩平车 只在中江\n")
    stored = b"".join(file.read_bytes() for file in wengong.data.iterdir())
    for word in ("陈桂芳", "13900001234"):
        assert word.encode() not in stored
