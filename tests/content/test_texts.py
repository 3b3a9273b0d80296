from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.errors import ContentError
from content.data_files import DataFolder
from content.texts import Texts, read_texts

ZH = "texts/zh/help.toml"
EN = "texts/en/help.toml"


def tables(zh: str, en: str) -> dict[str, str]:
    return {ZH: f"[start]\n{zh}\n", EN: f"[start]\n{en}\n"}


def small(folder_of: Callable[[Mapping[str, str]], DataFolder]) -> Texts:
    return read_texts(folder_of(tables('hello = "你好，{name}"', 'hello = "Hello, {name}"')))


def test_a_text_is_filled_in_the_language_asked_for(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
) -> None:
    texts = small(folder_of)
    assert texts.render("help.start.hello", "zh", name="老张") == "你好，老张"
    assert texts.render("help.start.hello", "en", name="Zhang", unused=1) == "Hello, Zhang"
    assert texts.keys("en") == {"help.start.hello"}
    assert texts.placeholders("help.start.hello", "zh") == {"name"}


def test_a_key_a_language_or_a_value_that_is_missing_is_named(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
) -> None:
    texts = small(folder_of)
    with pytest.raises(LookupError, match=r"no text help\.start\.bye in language zh"):
        texts.render("help.start.bye", "zh")
    with pytest.raises(LookupError, match="no texts in language fr"):
        texts.render("help.start.hello", "fr", name="x")
    with pytest.raises(LookupError, match=r"help\.start\.hello \(zh\) needs name"):
        texts.render("help.start.hello", "zh")


def test_doubled_braces_are_braces(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
) -> None:
    texts = read_texts(folder_of(tables('hello = "{{{name}}}"', 'hello = "{name}"')))
    assert texts.render("help.start.hello", "zh", name="x") == "{x}"


@pytest.mark.parametrize(
    ("zh", "en", "where", "problem"),
    [
        ('hello = "  "', 'hello = "x"', "zh/help.toml:2", "has no text"),
        ("hello = 3", 'hello = "x"', "zh/help.toml:2", "has no text"),
        ('hello = "{name"', 'hello = "x"', "zh/help.toml:2", "braces do not match"),
        ('hello = "{}"', 'hello = "x"', "zh/help.toml:2", "not a plain placeholder"),
        ('hello = "{a.b}"', 'hello = "x"', "zh/help.toml:2", "not a plain placeholder"),
        ('hello = "{a:>9}"', 'hello = "x"', "zh/help.toml:2", "not a plain placeholder"),
        ('hello = "x"\nbye = "y"', 'hello = "x"', "zh/help.toml:3", "missing in en"),
        ('hello = "x"', 'hello = "x"\nbye = "y"', "en/help.toml:3", "missing in zh"),
        ('hello = "{a}"', 'hello = "{b}"', "zh/help.toml:2", "other placeholders"),
        ("hello = x", 'hello = "x"', "zh/help.toml:2", "not valid TOML"),
    ],
)
def test_a_wrong_text_is_refused_with_its_line(
    folder_of: Callable[[Mapping[str, str]], DataFolder],
    zh: str,
    en: str,
    where: str,
    problem: str,
) -> None:
    with pytest.raises(ContentError, match=f"{where}: .*{problem}") as refusal:
        read_texts(folder_of(tables(zh, en)))
    assert refusal.value.remedy


def overlaid(tmp_path: Path, name: str, text: str) -> DataFolder:
    package, overlay = tmp_path / "package", tmp_path / "overlay"
    for file, content in tables('a = "甲"\nb = "乙{n}"', 'a = "A"\nb = "B{n}"').items():
        (package / file).parent.mkdir(parents=True, exist_ok=True)
        (package / file).write_text(content, encoding="utf-8")
    (overlay / name).parent.mkdir(parents=True)
    (overlay / name).write_text(text, encoding="utf-8")
    return DataFolder(overlay, package=package)


def test_a_bureau_replaces_single_texts(tmp_path: Path) -> None:
    texts = read_texts(overlaid(tmp_path, ZH, '[start]\na = "丙"\n'))
    assert texts.render("help.start.a", "zh") == "丙"
    assert texts.render("help.start.b", "zh", n=1) == "乙1"
    assert texts.render("help.start.a", "en") == "A"


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (ZH, '[start]\nc = "丙"\n', "overlay texts/zh/help.toml:2: .*no text help.start.c"),
        (ZH, '[start]\nb = "丙"\n', "overlay texts/zh/help.toml:2: .*other placeholders"),
        ("texts/zh/hepl.toml", "", "overlay texts/zh/hepl.toml:1: .*no such text file"),
    ],
)
def test_a_bureau_cannot_misspell_a_text(
    tmp_path: Path, name: str, text: str, problem: str
) -> None:
    with pytest.raises(ContentError, match=problem):
        read_texts(overlaid(tmp_path, name, text))
