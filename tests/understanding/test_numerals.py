from __future__ import annotations

import pytest
from cn2an import an2cn
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.writing.folding import fold
from bot.understanding.writing.numerals import find_amounts, read_number

FORMAL = str.maketrans("一二三四五六七八九十百千万", "壹贰叁肆伍陆柒捌玖拾佰仟萬")


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
        ("三十五六", 35, 36),
        ("3千5", 3500, 3500),
        ("2百5", 250, 250),
        ("5千五", 5500, 5500),
        ("1万2500", 12500, 12500),
        ("一点二万", 12000, 12000),
        ("４．５ｋ", 4500, 4500),
        ("四千元至五千元", 4000, 5000),
        ("一千五六百", 1500, 1600),
        ("一万二三", 12000, 13000),
        ("四、五千", 4000, 5000),
        ("四五千到六七千", 4000, 7000),
        ("6千到8", 6000, 8000),
        ("4000/5000", 4000, 5000),
        ("4,500", 4500, 4500),
        ("壹仟贰佰", 1200, 1200),
        ("千八百", 800, 1000),
        ("千五", 1500, 1500),
    ],
)
def test_spoken_numbers_and_ranges_are_read(words: str, low: float, high: float) -> None:
    (amount,) = find_amounts(fold(words))

    assert (amount.low, amount.high) == (low, high)


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("三百三一天", [330]),
        ("三百一个工", [300]),
        ("两千八三千都得行", [2800, 3000]),
        ("六千五千", [6000, 5000]),
        ("9-5", [9]),
        ("6千到8点", [6000]),
        ("4千2人", [4000, 2]),
        ("服务员3 3500", [3, 3500]),
        ("上万", [10000]),
        ("万州有没得", []),
        ("万一不行呢", []),
        ("一二三", []),
        ("五五五五五", []),
        ("50kg", []),
        ("b2驾照", []),
    ],
)
def test_a_number_ends_where_another_word_begins(words: str, figures: list[float]) -> None:
    assert [amount.low for amount in find_amounts(words)] == figures


@pytest.mark.parametrize("words", ["", "一二", "五六千", "千千", "6500元", "万千"])
def test_what_is_not_one_number_is_none(words: str) -> None:
    assert read_number(words) is None


@given(st.integers(min_value=1, max_value=99_999_999))
def test_reading_inverts_writing_in_chinese_numerals(number: int) -> None:
    written = an2cn(number)

    assert read_number(written) == read_number(written.translate(FORMAL)) == number


@given(st.integers(min_value=10, max_value=999))
def test_reading_inverts_writing_in_thousands(hundreds: int) -> None:
    forms = (f"{hundreds / 10:g}k", f"{hundreds / 10:g}千", f"{hundreds / 100:g}万")

    assert {read_number(form) for form in forms} == {float(hundreds * 100)}


@given(st.integers(min_value=1_001, max_value=99_999))
def test_reading_inverts_writing_with_a_comma(number: int) -> None:
    (amount,) = find_amounts(f"工资{number:,}元")

    assert amount.low == amount.high == number


@given(st.integers(min_value=1, max_value=9), st.integers(min_value=2, max_value=9))
def test_a_digit_behind_a_unit_counts_in_the_next_lower_one(whole: int, part: int) -> None:
    digit, tail = an2cn(whole), an2cn(part)

    assert read_number(f"{digit}千{tail}") == read_number(f"{whole}千{part}")
    assert read_number(f"{digit}千{tail}") == whole * 1_000 + part * 100
    assert read_number(f"{whole}万{part}") == read_number(f"{whole}w{tail}")


@given(st.integers(min_value=1_000, max_value=20_000), st.integers(min_value=0, max_value=20_000))
def test_reading_inverts_writing_a_range(low: int, more: int) -> None:
    for to in ("-", "到", "至", " - ", "--"):
        (amount,) = find_amounts(f"{low}{to}{low + more}")
        (spoken,) = find_amounts(f"{an2cn(low)}到{an2cn(low + more)}")

        assert (amount.low, amount.high) == (low, low + more)
        assert (spoken.low, spoken.high) == (low, low + more)


@given(
    st.text(alphabet="零一二两三四五六七八九十百千万壹拾仟0123456789.-到至kw、,点 ", max_size=60)
)
def test_no_row_of_numerals_raises(words: str) -> None:
    end = 0
    for amount in find_amounts(words):
        assert amount.low <= amount.high
        assert end <= amount.start < amount.end <= len(words)
        end = amount.end
