"""`wengong ask` with a profile: only what was said counts, in the question's city and day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from bot.cli.ask import Asking
from bot.cli.pipes import LineError
from content.reader import read_catalogue

TODAY = date(2026, 11, 20)
POOR = {"birth": "1981-01-01", "categories": ["建档立卡"]}
CQ, DY = {"jurisdiction": "CQ"}, {"jurisdiction": "DY"}
TRIP = {
    "mode": "plane",
    "price": 100,
    "from_county": "500229",
    "to_county": "440307",
}


@pytest.fixture(scope="module")
def asking() -> Asking:
    return Asking(read_catalogue(), today=TODAY)


def answer(asking: Asking, text: str, profile: Mapping[str, object], **others: object) -> str:
    return str(asking.answer({"id": "a", "text": text, "profile": profile, **others})["answer"])


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        ("免费培训怎么报名，我想学手艺", {**CQ, **POOR, "as_of": "2017-05-01"}),
        ("我想出去打工，车票能报吗", {**CQ, **POOR, "as_of": "2017-05-01"}),
        ("我想做公益岗", {**DY, **POOR, "as_of": "2021-07-01"}),
        ("我想自己开店创业有补贴吗", {**DY, "categories": ["脱贫户"], "as_of": "2021-07-01"}),
        ("公益岗", {**DY, "birth": "1981-01-01", "as_of": "2021-07-01"}),
    ],
)
def test_what_nobody_said_is_asked_and_never_taken(
    asking: Asking, text: str, profile: Mapping[str, object]
) -> None:
    said = answer(asking, text, profile)
    assert "不符合" not in said
    assert "您说" not in said
    assert said.count("？") == 1


def test_what_was_said_excludes(asking: Asking) -> None:
    said = answer(asking, "我想学手艺，免费培训", {**CQ, **POOR, "wants_training": False})
    assert "您说现在不想学手艺。" in said


def test_city_and_day_of_the_question_are_those_of_its_profile(asking: Asking) -> None:
    for others in ({**CQ, "as_of": "2017-05-01"}, {**CQ}):
        said = answer(asking, "坐飞机打工车票报不报", {**POOR, "trip": TRIP}, **others)
        assert "这种车票不在文件写的里头" in said
        assert "哪一天" not in said


def test_two_days_are_a_mistake(asking: Asking) -> None:
    with pytest.raises(LineError, match="another day"):
        answer(asking, "车票报不报", {**CQ, "as_of": "2026-01-01"}, as_of="2017-05-01")


@pytest.mark.parametrize("day", ["20170501", "2017-W01-1"])
def test_a_day_is_written_in_one_way_only(asking: Asking, day: str) -> None:
    with pytest.raises(LineError, match="YYYY-MM-DD"):
        answer(asking, "车票报不报", {}, **CQ, as_of=day)


@pytest.mark.parametrize("day", ["nonsense", "2099-01-01"])
def test_a_wrong_day_of_a_profile_is_asked_for_and_the_clause_is_told(
    asking: Asking, day: str
) -> None:
    said = answer(asking, "车票报不报", {**CQ, **POOR, "as_of": day})
    assert "按票价据实补贴" in said
    assert "问的是哪一天的事？" in said
