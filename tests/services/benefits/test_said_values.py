"""Sums, days and ticket numbers as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.benefits.said_values import day_said, fen_said, ticket_number_said, year_said
from bot.services.benefits.sums import yuan_words


@pytest.mark.parametrize(
    ("said", "fen"),
    [
        ("198块5", 19850),
        ("198.5", 19850),
        ("198.50元", 19850),
        ("198块50", 19850),
        ("198块零5分", 19805),
        ("198元5角3分", 19853),
        ("一百九十八块五", 19850),
        ("两百块", 20000),
        ("五块", 500),
        ("1千2", 120000),
        ("￥1,280", 128000),
        ("票价198块钱", 19800),
        ("１９８．５", 19850),
    ],
)
def test_an_exact_sum_is_read_to_the_fen(said: str, fen: int) -> None:
    assert fen_said(said) == fen


@pytest.mark.parametrize(
    "said",
    [
        "",
        "两百多",
        "大概200",
        "几十块",
        "-5",
        "0",
        "0.00",
        "198.505",
        "198或者200",
        "票丢了",
        ",,",
        ".",
    ],
)
def test_what_is_no_exact_sum_is_none(said: str) -> None:
    assert fen_said(said) is None


@given(st.integers(1, 10_000_000))
def test_every_sum_comes_back_from_its_own_words(fen: int) -> None:
    assert fen_said(f"{yuan_words(fen)}元") == fen


@pytest.mark.parametrize("said", ["1974年3月5日", "1974-3-5", "19740305", "1974.03.05生"])
def test_a_day_is_read(said: str) -> None:
    assert day_said(said) == date(1974, 3, 5)


@pytest.mark.parametrize("said", ["3月5日", "1974年13月5日", "1975年2月29日", "74年"])
def test_what_is_no_day_is_none(said: str) -> None:
    assert day_said(said) is None


def test_a_year_has_four_digits() -> None:
    assert (year_said("2024年毕业"), year_said("24年")) == (2024, None)


@pytest.mark.parametrize(
    ("said", "number"),
    [("e123 456-789", "E123456789"), ("没有", None), ("1234", None), ("9" * 33, None)],
)
def test_a_ticket_number_is_folded(said: str, number: str | None) -> None:
    assert ticket_number_said(said) == number
