"""Questions in words: our own dictionary, nothing left on the machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.understanding.policy_questions.cutting import QuestionCutter
from content.catalogue import Catalogue

WATCHED = """
import sys
from content.reader import read_catalogue
from bot.understanding.policy_questions import PolicyQuestions
catalogue = read_catalogue()
questions = PolicyQuestions(catalogue.policies, catalogue.question_words)
print("jieba" in sys.modules)
from datetime import date
questions.find("车票报不报", "CQ", date(2026, 11, 20))
print("jieba" in sys.modules)
"""


@pytest.fixture(scope="module")
def cutter(catalogue: Catalogue) -> QuestionCutter:
    return QuestionCutter(catalogue.question_words)


def test_dialect_and_official_words_mean_the_same(cutter: QuestionCutter) -> None:
    spoken = cutter.cut("建卡户娃儿").meanings
    assert spoken == cutter.cut("贫困户孩子").meanings == ("贫困户", "孩子")


def test_full_width_and_capital_letters_are_folded(cutter: QuestionCutter) -> None:
    assert cutter.cut("１２３ ＡＢＣ").text == "123abc"


def test_a_denied_word_is_set_apart(cutter: QuestionCutter) -> None:
    cut = cutter.cut("不是贫困户")
    assert cut.denied == {"贫困户"}
    assert "贫困户" not in cut.meanings


def test_asking_whether_there_is_something_denies_nothing(cutter: QuestionCutter) -> None:
    assert cutter.cut("是不是贫困户").denied == frozenset()


def test_jieba_is_loaded_with_the_first_question_and_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    printed = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-W", "error", "-c", WATCHED],
        capture_output=True,
        text=True,
        check=True,
        env={"TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert printed.stdout.split() == ["False", "True"]
    assert printed.stderr == ""
    assert list(tmp_path.iterdir()) == []
