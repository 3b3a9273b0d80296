from __future__ import annotations

from datetime import date

import pytest

from bot.conversations.spoken_days import spoken_day

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("今天", date(2026, 11, 25)),
        ("昨天才去的", date(2026, 11, 24)),
        ("前天上的", date(2026, 11, 23)),
        ("大前天", date(2026, 11, 22)),
        ("三天前", date(2026, 11, 22)),
        ("上了5天", date(2026, 11, 20)),
        ("20号", date(2026, 11, 20)),
        ("28号", date(2026, 10, 28)),
        ("十月二十号", date(2026, 10, 20)),
        ("星期一", date(2026, 11, 23)),
        ("上周一", date(2026, 11, 16)),
        ("上个星期天", date(2026, 11, 22)),
    ],
)
def test_a_day_is_understood_as_people_say_it(words: str, day: date) -> None:
    assert spoken_day(words, WEDNESDAY) == day


@pytest.mark.parametrize("words", ["", "上了", "永兴鞋厂", "2月31号", "明天去"])
def test_what_names_no_past_day_is_none(words: str) -> None:
    assert spoken_day(words, WEDNESDAY) is None
