"""How workers ask, as data: a bureau adds its own, and a wrong file is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import ContentError
from content.data_files import DataFolder
from content.policies.question_words import read_question_words


def overlaid(folder: Path, name: str, text: str) -> DataFolder:
    """The package's data below one file of a bureau."""
    file = folder / "policies" / "questions" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return DataFolder(folder)


def test_a_bureaus_file_adds_to_a_topic(tmp_path: Path) -> None:
    own = overlaid(tmp_path, "ours.toml", '[P-YULU]\nquestions = ["雨露钱几时到"]\n')
    topic = next(it for it in read_question_words(own).topics if it.id == "P-YULU")
    assert "雨露钱几时到" in topic.questions
    assert len(topic.questions) > 5
    assert topic.subject


@pytest.mark.parametrize(
    ("name", "text", "line", "problem"),
    [
        ("ours.toml", '[P-YULU]\n\nnames = "雨露"\n', 3, "not a list of texts"),
        ("ours.toml", '[P-YULU]\nsubject = "雨露"\n', 2, "no list of lists"),
        ("ours.toml", '[P-YULU]\nitem = "6"\n', 2, "item is wrong"),
        ("ours.toml", '[P-YULU]\nverify = "?"\n', 2, "verify is wrong"),
        ("ours.toml", "\n[fishing]\n", 2, "stands in a file of mechanisms"),
        ("other_topics/ours.toml", "[P-YULU]\n", 1, "stands in a file of other topics"),
        ("words.toml", '[synonyms]\n"甲" = ["丙"]\n"乙" = ["丙"]\n', 3, "stands for two words"),
        ("words.toml", '[asks]\namount = ["("]\n', 2, "[asks] amount"),
        ("ours.toml", '[P-YULU]\nsituations = "?"\n', 2, "no list of lists"),
        ("ours.toml", '[P-YULU]\nsituations = [["!雨天"]]\n', 2, "雨天 is no circumstance"),
        ("circumstances.toml", '[a]\n"甲" = ["丙"]\n[b]\n"甲" = ["丁"]\n', 4, "stands twice"),
        ("words.toml", '[asks]\nweather = ["x"]\n', 2, "weather is unknown"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(
    tmp_path: Path, name: str, text: str, line: int, problem: str
) -> None:
    with pytest.raises(ContentError) as told:
        read_question_words(overlaid(tmp_path, name, text))
    assert problem in str(told.value)
    assert told.value.line == line
