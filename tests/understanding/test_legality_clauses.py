"""Clauses of posts, unlawful and lawful, and what no check may do to any text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.law.rewriting import suggest
from bot.understanding.law.violations import find_violations, speaks_of_law
from bot.understanding.writing.folding import fold

FILE = Path(__file__).parents[1] / "data" / "legality_clauses.tsv"
LAWFUL_SENTENCES = (
    "招平车工6名,计件4000到5500,中午管饭。",
    "地址在中江南华镇,电话联系。",
    "不收押金,男女不限。",
    "包吃住,买五险,月底发工资!",
    "上班时间早8点到晚6点。",
)


def _clauses() -> list[tuple[str, frozenset[str]]]:
    rows = [
        line.split("\t")
        for line in FILE.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [
        (text, frozenset() if codes == "-" else frozenset(codes.split(","))) for text, codes in rows
    ]


CLAUSES = _clauses()
UNLAWFUL = [text for text, codes in CLAUSES if codes]


def _codes(text: str) -> frozenset[str]:
    return frozenset(found.code for found in find_violations(fold(text)))


@pytest.mark.parametrize(("text", "codes"), CLAUSES, ids=[text for text, _ in CLAUSES])
def test_a_clause_is_judged_as_the_law_judges_it(text: str, codes: frozenset[str]) -> None:
    assert _codes(text) == codes


def test_an_unrelated_lawful_sentence_changes_no_judgement() -> None:
    for number, (text, codes) in enumerate(CLAUSES):
        sentence = LAWFUL_SENTENCES[number % len(LAWFUL_SENTENCES)]
        assert _codes(f"{sentence}{text}。") == codes, f"{sentence}{text}"
        assert _codes(f"{text}。{sentence}") == codes, f"{text}。{sentence}"


def test_full_width_signs_and_markup_change_no_judgement() -> None:
    full_width = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789,:()-"}
    for text, codes in CLAUSES:
        assert _codes(text.translate(full_width)) == codes, text
        assert _codes(f"<b>{text}</b>") == codes, text


def test_every_unlawful_clause_has_lawful_words_instead() -> None:
    for text in UNLAWFUL:
        instead = suggest(text)
        assert not _codes(instead), f"{text} -> {instead}"
        assert instead != text


def test_a_lawful_clause_is_left_as_it_is_written() -> None:
    for text, codes in CLAUSES:
        if not codes:
            assert suggest(text) == text


def test_the_words_found_stand_in_the_text() -> None:
    shuffled = random.Random(4)  # noqa: S311 - a fixed order, no secret
    for _ in range(500):
        text = fold(",".join(shuffled.sample(UNLAWFUL, 3)))
        found = find_violations(text)
        assert found
        assert all(one.excerpt and one.excerpt in text for one in found)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from([text for text, _ in CLAUSES]),
            st.sampled_from(
                ["男", "女", "押", "不", "限", "岁", "证", "费", "先", "\n", "。", ","]
            ),
        ),
        max_size=20,
    ).map("".join)
)
def test_no_text_raises_and_every_excerpt_stands_in_it(text: str) -> None:
    folded = fold(text)
    found = find_violations(folded)

    assert all(one.excerpt in folded for one in found)
    assert len({one.code for one in found}) == len(found)
    assert speaks_of_law(folded) or not found
    suggest(text)


def test_long_texts_take_bounded_time() -> None:
    for piece in ("押", "男", "先", "身份证", "不", "1", "费费交", "河南的、", "十四"):
        find_violations((piece * 2_000)[:2_000])
