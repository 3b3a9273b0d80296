from __future__ import annotations

import pytest

from bot.understanding.pay.wages import find_wages
from bot.understanding.writing.folding import fold


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("月薪六千五", 6500, 6500),
        ("4500左右", 4500, 4500),
        ("计件4000-5500", 4000, 5500),
        ("日结200", 5200, 5200),
        ("18元/小时", 3744, 3744),
        ("一天两百三", 5980, 5980),
        ("三百三一天", 8580, 8580),
        ("４０００—５５００", 4000, 5500),
        ("一小时不能少于22块", 4576, 4576),
        ("12k", 12000, 12000),
    ],
)
def test_pay_is_read_in_yuan_a_month(words: str, low: int, high: int) -> None:
    (wage,) = find_wages(fold(words))

    assert wage.monthly() == (low, high)


@pytest.mark.parametrize(
    "words",
    [
        "招20人",
        "55岁以下",
        "押金200元",
        "资料费培训费共580元",
        "餐补每天12元",
        "月流水一万",
        "上班八小时",
        "做三年",
        "2026年",
        "每月15号",
    ],
)
def test_other_figures_are_no_pay(words: str) -> None:
    assert find_wages(words) == []


def test_at_least_is_told_from_exactly() -> None:
    assert find_wages("四千五以上")[0].bound == "at_least"
    assert find_wages("四千五左右")[0].bound == "exact"


def test_hours_of_the_day_count_for_hourly_pay() -> None:
    assert find_wages("20元/小时")[0].monthly(hours=10) == (5200, 5200)
