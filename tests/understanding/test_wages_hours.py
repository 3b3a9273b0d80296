from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.pay.working_hours import hours_a_day
from bot.understanding.writing.folding import fold


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("晚8点到早6点", 10),
        ("每天11小时", 11),
        ("两班倒12小时", 12),
        ("12小时两班倒", 12),
        ("8小时工作制", 8),
        ("朝九晚五", 8),
        ("9:00-18:00", 9),
        ("10个钟", None),
        ("一天十个钟", 10),
        ("早八晚六", 10),
        ("上午3个钟头", 3),
        ("早八点半到晚九点", 12.5),
        ("8点到6点", 10),
        ("8+2小时", 10),
        ("8+3工作制", 11),
        ("8:00-12:00,14:00-18:00", 8),
        ("上午8点到12点,下午2点到6点", 8),
        ("7:30~17:30", 10),
        ("晚上7点到第二天早上7点", 12),
        ("白班8点-20点 夜班20点-8点", 12),
        ("每天加班2小时", None),
        ("8小时双休", 8),
        ("早上7点到下午5点", 10),
        ("18元/小时", None),
        ("24小时有人", None),
        ("每天工作8.5小时", 8.5),
        ("一天做八个半小时", 8.5),
        ("工作时间:8小时", 8),
        ("夜班 22块/小时 晚8点到早6点 日结", 10),
        ("24元每小时 一天九个钟", 9),
        ("长白班9小时", 9),
        ("上班八小时", 8),
        ("8点半到5点半", 9),
        ("每天上班10到11小时", 10),
        ("每天8-10小时", 8),
        ("早7晚7", 12),
        ("22:00-6:00", 8),
        ("晚10点到早6点", 8),
        ("加班3小时以上另算", None),
        ("10小时一天", 10),
        ("9点上班到18点", 9),
        ("做六休一,每天11个小时", 11),
        ("0:00-8:00", 8),
        ("下午2点到晚上11点", 9),
    ],
)
def test_the_stated_hours_of_a_day_are_read(text: str, hours: float | None) -> None:
    assert hours_a_day(fold(text)) == hours


@given(st.integers(min_value=5, max_value=10), st.integers(min_value=6, max_value=12))
def test_clock_times_in_every_writing_are_equally_long(start: int, length: int) -> None:
    end = start + length
    forms = (f"{start}:00-{end}:00", f"{start}点到{end}点", f"早{start}点至{end}点")

    assert {hours_a_day(form) for form in forms} == {float(length)}


@given(st.text(alphabet="早晚上下午两班倒0123456789点:-到半个小时每天加班+制", max_size=40))
def test_no_text_raises_and_days_are_one_to_sixteen_hours(text: str) -> None:
    hours = hours_a_day(text)

    assert hours is None or 1 <= hours <= 16
