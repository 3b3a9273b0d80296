from __future__ import annotations

import pytest

from bot.understanding import TextReader


@pytest.mark.parametrize(
    "line", ["工资 4500-5500", "薪水：４５００－５５００", "工钱改成4500到5500", "月薪 4.5k-5.5k"]
)
def test_pay_is_corrected(reader: TextReader, line: str) -> None:
    correction = reader.read_correction(line)

    assert correction is not None
    assert correction.field == "wage"
    assert (correction.wage_min, correction.wage_max) == (4500, 5500)
    # Bare figures leave piece work piece work; only a named unit changes how it is paid.
    assert correction.wage_unit == ("元/月" if line.startswith("月薪") else None)


@pytest.mark.parametrize("line", ["人数 8", "名额：八个", "人 8", "要人 8名"])
def test_the_number_wanted_is_corrected(reader: TextReader, line: str) -> None:
    correction = reader.read_correction(line)

    assert correction is not None
    assert (correction.field, correction.number) == ("headcount", 8)


def test_the_place_is_corrected_to_the_town(reader: TextReader) -> None:
    correction = reader.read_correction("地点 中江南华镇")

    assert correction is not None
    assert (correction.adcode, correction.town) == ("510623", "510623101")


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [
        ("年龄 55以下", None, 55),
        ("岁数:18-50", 18, 50),
        ("年龄 五十五", None, 55),
        ("年龄不限", None, None),
    ],
)
def test_the_ages_are_corrected(
    reader: TextReader, line: str, low: int | None, high: int | None
) -> None:
    correction = reader.read_correction(line)

    assert correction is not None
    assert correction.field == "age"
    assert (correction.age_min, correction.age_max) == (low, high)


@pytest.mark.parametrize(
    ("line", "field", "yes"),
    [
        ("住宿 有", "lodging", True),
        ("住宿:没有", "lodging", False),
        ("住 包住", "lodging", True),
        ("包住", "lodging", True),
        ("管饭 中午", "board", True),
        ("不管饭", "board", False),
        ("吃 自理", "board", False),
    ],
)
def test_bed_and_meals_are_corrected(reader: TextReader, line: str, field: str, yes: bool) -> None:
    correction = reader.read_correction(line)

    assert correction is not None
    assert (correction.field, correction.yes) == (field, yes)


@pytest.mark.parametrize(
    ("line", "field", "text"),
    [
        ("电话 139 0000 0199", "contact", "13900000199"),
        ("上班 8点到6点", "hours", "8点到6点"),
        ("时间：早8点到晚6点", "hours", "早8点到晚6点"),
        ("发钱 每月15号", "payday", "每月15号"),
        ("发工资:15号", "payday", "15号"),
    ],
)
def test_texts_are_corrected(reader: TextReader, line: str, field: str, text: str) -> None:
    correction = reader.read_correction(line)

    assert correction is not None
    assert (correction.field, correction.text) == (field, text)


def test_the_trade_is_corrected_to_its_canonical_word(reader: TextReader) -> None:
    correction = reader.read_correction("工种 平车工")

    assert correction is not None
    assert (correction.field, correction.title, correction.text) == ("title", "缝纫工", "平车工")


@pytest.mark.parametrize("line", ["", "1", "好的", "工资", "工资 好多", "人数 很多", "电话 没得"])
def test_other_lines_are_no_correction(reader: TextReader, line: str) -> None:
    assert reader.read_correction(line) is None
