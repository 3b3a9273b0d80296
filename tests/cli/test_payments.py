"""`wengong payments`: a sheet of what other departments paid."""

from __future__ import annotations

from pathlib import Path

from tests.benefit_world import GUIFANG_ID
from tests.cli.conftest import CommandLine

HEAD = "证件号码,项目,部门,金额,日期\n"
LINE = f"{GUIFANG_ID},打工车票补贴,区乡村振兴局,198.50,2020-11-01\n"


def test_a_sheet_is_taken_over_once(wengong: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "payments.csv"
    file.write_text(HEAD + LINE, encoding="utf-8")
    first = wengong.run("payments", str(file))
    assert (first.status, first.printed.strip()) == (0, "记下1笔，早就有0笔。")
    again = wengong.run("payments", str(file))
    assert again.printed.strip() == "记下0笔，早就有1笔。"


def test_wrong_lines_are_named_and_end_with_a_status(wengong: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "payments.csv"
    file.write_text(HEAD + LINE + "123,打工车票补贴,区局,1,2020-11-01\n", encoding="utf-8")
    ended = wengong.run("payments", str(file), "--lang", "en")
    assert ended.status == 1
    assert "Lines 3 were not taken: the ID number is wrong" in ended.printed
    assert "123" not in ended.printed


def test_a_file_that_is_none_is_refused_in_a_line(wengong: CommandLine, tmp_path: Path) -> None:
    missing = wengong.run("payments", str(tmp_path / "none.csv"))
    assert missing.status == 2
    assert len(missing.complained.splitlines()) == 1
    file = tmp_path / "words.csv"
    file.write_text("你好\n", encoding="utf-8")
    assert "没找到表头" in wengong.run("payments", str(file)).complained
