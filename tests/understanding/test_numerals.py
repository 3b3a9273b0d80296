from __future__ import annotations

import pytest
from cn2an import an2cn
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.writing.numerals import find_amounts, read_number


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("六千五", 6500, 6500),
        ("五六千", 5000, 6000),
        ("一万二", 12000, 12000),
        ("4k", 4000, 4000),
        ("4.5k-6k", 4500, 6000),
        ("5-8千", 5000, 8000),
        ("8千到1万2", 8000, 12000),
        ("四千五到六千", 4500, 6000),
        ("3-5万", 30000, 50000),
        ("二三十", 20, 30),
        ("十七八", 17, 18),
        ("3千5", 3500, 3500),
        ("四千元至五千元", 4000, 5000),
    ],
)
def test_spoken_numbers_and_ranges_are_read(words: str, low: float, high: float) -> None:
    (amount,) = find_amounts(words)

    assert (amount.low, amount.high) == (low, high)


def test_a_day_behind_a_number_is_no_part_of_it() -> None:
    assert find_amounts("三百三一天")[0].low == 330


def test_a_falling_range_is_two_numbers_and_only_the_first_is_taken() -> None:
    (amount,) = find_amounts("9-5")

    assert (amount.low, amount.high) == (9, 9)


@given(st.integers(min_value=1, max_value=99_999_999))
def test_reading_inverts_writing_in_chinese_numerals(number: int) -> None:
    assert read_number(an2cn(number)) == number


@given(st.integers(min_value=10, max_value=999))
def test_reading_inverts_writing_in_thousands(hundreds: int) -> None:
    assert read_number(f"{hundreds / 10:g}k") == hundreds * 100


@given(st.integers(min_value=1_000, max_value=20_000), st.integers(min_value=0, max_value=20_000))
def test_reading_inverts_writing_a_range(low: int, more: int) -> None:
    (amount,) = find_amounts(f"{low}-{low + more}")

    assert (amount.low, amount.high) == (low, low + more)


@given(st.text(alphabet="零一二两三四五六七八九十百千万0123456789.-到至kw ", max_size=60))
def test_no_row_of_numerals_raises(words: str) -> None:
    for amount in find_amounts(words):
        assert amount.low <= amount.high
