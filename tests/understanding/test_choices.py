from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import choose
from bot.understanding.choices import read_yes_no

LABELS = ["还在做", "换了地方", "没做了", "找真人"]


@pytest.mark.parametrize(
    "text",
    ["2", "２", "②", "2️⃣", "二", "第二个", "2.", "2、", "选2", "第二个嘛", "换了地方", "换了地方。"],
)
def test_an_option_is_chosen_by_digit_numeral_or_label(text: str) -> None:
    assert choose(text, LABELS) == 2


def test_a_synonym_chooses() -> None:
    assert choose("没搞了", LABELS, [["在"], [], ["没搞了", "没干了"]]) == 3


def test_a_near_miss_chooses() -> None:
    assert choose("换了一地方", ["还在做的", "换了地方", "没做了"]) == 2


def test_a_person_is_number_zero_where_offered() -> None:
    assert choose("0", LABELS) == 0
    assert choose("找真人", LABELS) == 0
    assert choose("0", LABELS[:3]) is None


@pytest.mark.parametrize("text", ["", "4", "9", "随便", "1和2", "在哪里做都可以的啊我都不挑"])
def test_nothing_is_chosen_when_nothing_fits(text: str) -> None:
    assert choose(text, LABELS) is None


def test_two_labels_equally_near_choose_nothing() -> None:
    assert choose("什邡包装", ["什邡包装工", "什邡包装员"]) is None


@pytest.mark.parametrize("text", ["要得", "好", "对", "嗯", "可以", "行", "是", "好的,谢谢", "👌"])
def test_yes_is_understood(text: str) -> None:
    assert read_yes_no(text) is True


@pytest.mark.parametrize("text", ["不", "不要", "不行", "算了", "莫", "不去", "不要,太远"])
def test_no_is_understood(text: str) -> None:
    assert read_yes_no(text) is False


@given(st.text(max_size=40))
def test_any_text_chooses_an_offered_number_or_nothing(text: str) -> None:
    assert choose(text, LABELS) in (None, 0, 1, 2, 3)
