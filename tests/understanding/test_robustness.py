from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import Context, read_correction, read_post, read_worker_text
from bot.understanding.writing.folding import fold

WORDS = st.lists(
    st.sampled_from(
        [
            "招",
            "工资",
            "四千",
            "-",
            "5500",
            "岁",
            "女",
            "中江",
            "押金",
            "平车工",
            "<b>",
            "\x00",
            "😀",
            "点",
        ]
    ),
    max_size=40,
).map("".join)
ANYTHING = st.one_of(st.text(max_size=300), WORDS)
LONG = ["想找个焊工活路在中江要四千,", "五", "5", "<", "身份证", "招", "😀", "1-", " ", "押金女"]


@settings(deadline=None)
@given(ANYTHING, st.sampled_from([None, "check_in.still_there", "profile.birth_year"]))
def test_no_message_raises(text: str, question: str | None) -> None:
    reading = read_worker_text(text, Context(question=question, options=((1, "在"), (3, "没做了"))))

    assert 0 <= reading.confidence <= 1


@settings(deadline=None)
@given(ANYTHING)
def test_no_post_raises(text: str) -> None:
    for job in read_post(text, home="510600").jobs:
        assert job.wage_min is None or job.wage_max is None or job.wage_min <= job.wage_max


@settings(deadline=None)
@given(ANYTHING)
def test_no_correction_raises(text: str) -> None:
    correction = read_correction(f"工资 {text}")

    assert correction is None or correction.field in ("wage", "payday", "hours")


@given(st.text())
def test_folding_moves_no_character(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "😀😀", "\x00\x07", "<script>alert(1)</script>", "&nbsp;"]
)
def test_a_message_without_words_is_other(text: str) -> None:
    reading = read_worker_text(text)

    assert reading.intent == "other"
    assert reading.skills == reading.locations == ()


@pytest.mark.parametrize("piece", LONG)
def test_ten_thousand_characters_take_bounded_time(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    read_worker_text("1")
    start = time.process_time()

    read_worker_text(text)
    read_post(text)

    # Five times what was measured, so that a busy machine does not fail the test.
    assert time.process_time() - start < 0.25
