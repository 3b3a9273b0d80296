from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.writing.folding import fold
from bot.understanding.writing.phones import find_phones


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("电话13900000101", "13900000101"),
        ("☎️139 0000 0102", "13900000102"),
        ("＋８６ １３９００００００４１", "13900000041"),
        ("139-0000-0041", "13900000041"),
        ("座机0838-2345678", "0838-2345678"),
        ("(023)61234567", "023-61234567"),
    ],
)
def test_numbers_come_as_digits(words: str, digits: str) -> None:
    assert [phone.digits for phone in find_phones(fold(words))] == [digits]


@pytest.mark.parametrize("words", ["5000-6500", "11010519491231002X", "1234567", "139000001011"])
def test_other_rows_of_digits_are_no_telephone(words: str) -> None:
    assert find_phones(words) == []


@given(st.integers(min_value=0, max_value=9999))
def test_a_grouped_mobile_is_read_back(last: int) -> None:
    assert find_phones(f"打139 0000 {last:04d}找我")[0].digits == f"1390000{last:04d}"
