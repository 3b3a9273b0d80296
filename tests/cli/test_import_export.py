"""`wengong import` and `wengong export` as somebody runs them."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.conftest import CommandLine
from tests.services.register.register_world import person, xlsx


def written(folder: Path, *rows: dict[str, object]) -> str:
    """Return the path of a sheet of these rows."""
    file = folder / "sheet.xlsx"
    file.write_bytes(xlsx(rows))
    return str(file)


def test_a_sheet_is_shown_then_taken_over_then_taken_back(
    wengong: CommandLine, tmp_path: Path
) -> None:
    sheet = written(tmp_path, person(1), person(2), person(3, 证件号码="123"))
    errors = tmp_path / "errors.xlsx"
    ended = wengong.run("import", "workers", sheet, "--yes", "--errors", str(errors))
    assert ended.status == 0, ended.complained
    assert "共3行：新增2" in ended.printed
    assert "第4行：证件号码：身份证号不是18位" in ended.printed
    assert "导入好了：新增2，有变化0，不变0，不收1" in ended.printed
    assert errors.is_file()
    assert "13000000001" not in ended.printed + ended.complained
    again = wengong.run("import", "workers", sheet, "--yes")
    assert "没有要导入的" in again.printed
    batch = re.search(r"undo-import ([0-9a-f]{8})", ended.printed)
    assert batch is not None
    undone = wengong.run("undo-import", batch[1])
    assert "撤回了2行" in undone.printed


def test_the_register_goes_out_and_comes_in_again(wengong: CommandLine, tmp_path: Path) -> None:
    wengong.run("import", "workers", written(tmp_path, person(1), person(2)), "--yes")
    for name in ("out.xlsx", "out.csv"):
        file = tmp_path / name
        ended = wengong.run("export", "workers", str(file))
        assert ended.status == 0, ended.complained
        assert "不变2" in wengong.run("import", "workers", str(file)).printed
    assert wengong.run("export", "workers", str(tmp_path / "out.csv")).status == 2


def test_a_file_that_is_no_sheet_ends_with_one_line(wengong: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("你好", encoding="utf-8")
    ended = wengong.run("import", "workers", str(file))
    assert (ended.status, len(ended.complained.splitlines())) == (2, 1)
    assert "找不到表头" in ended.complained


def test_only_people_and_households_go_out(wengong: CommandLine, tmp_path: Path) -> None:
    assert wengong.run("export", "courses", str(tmp_path / "x.xlsx")).status == 2
