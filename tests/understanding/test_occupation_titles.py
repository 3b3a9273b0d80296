from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.occupations.titles import clean_title


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("包吃住保安", "保安"),
        ("高薪急招电焊工", "电焊工"),
        ("电工（五险一金，包住）", "电工"),
        ("保洁员 3000-4000元/月", "保洁员"),
        ("ＣＮＣ操机", "cnc操机"),
        ("普工5名", "普工"),
        ("招普工两名", "招普工"),
        ("金鼎实业有限公司招聘缝纫工", "缝纫工"),
        ("招聘专员", "招聘专员"),
        ("人力资源招聘专员", "人力资源招聘专员"),
        ("设备工程(J10009)", "设备工程"),
        ("🔥诚聘厨师🔥", "厨师"),
        ("东莞市普工", "普工"),
        ("服务员（ 火锅店", "服务员"),
        ("厨师月薪八千五", "厨师"),
    ],
)
def test_what_is_no_occupation_is_stripped(title: str, left: str) -> None:
    assert clean_title(title) == left


@pytest.mark.parametrize(
    "title", ["高薪", "包吃住", "五险一金", "(保安)", "重庆", "【普工】", "兼职"]
)
def test_a_title_of_noise_alone_is_not_emptied(title: str) -> None:
    assert clean_title(title)


@given(st.text(max_size=60))
def test_only_a_title_without_letters_becomes_empty(title: str) -> None:
    cleaned = clean_title(title)
    assert bool(cleaned) == bool(clean_title(cleaned))
    assert cleaned == " ".join(cleaned.split())


@given(st.text(alphabet="保安电工厨师普工大堂(（【", min_size=1, max_size=12))
def test_chinese_words_never_vanish(title: str) -> None:
    assert bool(clean_title(title)) == any("\u4e00" <= sign <= "\u9fff" for sign in title)
