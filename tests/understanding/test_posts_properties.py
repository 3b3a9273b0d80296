"""Whatever is pasted, posts are read without failing and without inventing."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import PostReading, TextReader, read_post
from bot.understanding.reader import default_reader
from bot.understanding.writing.folding import fold

WORDS = [
    "招",
    "聘",
    "岗位:",
    "人数:",
    "工资:",
    "普工",
    "电焊工",
    "洗碗",
    "学徒",
    "司机",
    "12",
    "三名",
    "若干",
    "各2人",
    "4500-5500",
    "300/天",
    "22元/小时",
    "面议",
    "计件",
    "18-45岁",
    "以内",
    "不限",
    "男",
    "女",
    "包吃住",
    "不包住",
    "宿舍",
    "五险",
    "无",
    "A2",
    "叉车证",
    "优先",
    "高中以上",
    "两班倒",
    "中江",
    "什邡",
    "报名",
    "到",
    "13900000001",
    "0838-5550001",
    "截止",
    "2026年12月31日",
    "①",
    "②",
    "1、",
    "2.",
    "|",
    "【",
    "】",
    "---",
    "\n",
    "\n\n",
    "🔥",
    "☎️",
    "，",
    "。",
    "；",
    "（",
    "）",
    ":",
    "\x00",
    "\u200b",
    "<b>",
    "&nbsp;",
    "😀",
]
MIXED = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
ANYTHING = st.one_of(st.text(max_size=400), MIXED)
SEED, MIXES = 20261120, 2_000


def _figures(text: str) -> str:
    return re.sub(r"\D", "", fold(text))


def _assert_sound(text: str, reading: PostReading) -> None:
    """Check that each value of a reading has its words in the text."""
    if reading.contact is not None:
        assert re.sub(r"\D", "", reading.contact) in _figures(text)
    for job in reading.jobs:
        for words in (job.title_raw, job.wage_raw, job.hours, job.payday):
            assert words is None or words in text
        assert (job.wage_min is None and job.wage_max is None) or job.wage_raw
        assert job.town is None or job.adcode is not None
        if job.age_min is not None and job.age_max is not None:
            assert job.age_min <= job.age_max
        if job.wage_min is not None and job.wage_max is not None:
            assert job.wage_min <= job.wage_max
    for words in (*reading.not_understood, *(found.excerpt for found in reading.violations)):
        assert words in text


@settings(deadline=None)
@given(ANYTHING)
def test_every_value_has_its_words_in_the_post(text: str) -> None:
    _assert_sound(text, read_post(text, home="510600"))


@settings(deadline=None)
@given(ANYTHING)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read_post(text) == read_post(text)


@settings(deadline=None)
@given(MIXED)
def test_the_parts_of_a_message_hold_all_its_words(text: str) -> None:
    parts = default_reader().read_posts(text)

    kept = "".join("".join(part.text.split()) for part in parts)
    assert re.sub(r"[-\s]", "", kept) == re.sub(r"[-\s]", "", "".join(text.split()))


def test_random_mixes_are_read_soundly(reader: TextReader) -> None:
    choose = random.Random(SEED)  # noqa: S311 - repeatable test data, no secret
    for _ in range(MIXES):
        text = "".join(choose.choices(WORDS, k=choose.randint(1, 40)))
        _assert_sound(text, reader.read_post(text))


def test_a_post_without_a_place_gets_none(reader: TextReader) -> None:
    (job,) = reader.read_post("招普工5名,4500元").jobs

    assert (job.adcode, job.town) == (None, None)


def test_a_greeting_offers_no_work(reader: TextReader) -> None:
    assert reader.read_post("你好,在吗?").jobs == ()


@pytest.mark.parametrize(
    "piece", ["招普工5名,", "1、", "【", "男女", "18-", "|", "学徒", "\n", "占地"]
)
def test_the_longest_message_takes_bounded_time(reader: TextReader, piece: str) -> None:
    text = (piece * 8_000)[:8_000]
    reader.read_posts("招普工5名,4500元")
    start = time.process_time()

    reader.read_posts(text)

    # Ten times what was measured, so that a busy machine does not fail the test.
    assert time.process_time() - start < 1.5
