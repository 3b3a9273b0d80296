"""Children at school: the aid of 2016 to 2020, and 3,000 yuan a child and year."""

from __future__ import annotations

import pytest

from tests.content.benefits.people import (
    ABSENT,
    CHONGQING,
    DEYANG,
    LIKELY,
    Bureau,
    Case,
    asked,
    doubted,
    excluded,
    met,
)

TECHNICAL = {"age": 17, "school": "技工院校"}
SECONDARY = {"age": 16, "school": "中职"}
HIGH = {"age": 17, "school": "普通高中"}
UNSAID = {"age": 15, "school": None}
PARENT = {**CHONGQING, "children": [TECHNICAL]}

AID = [
    met(),
    met(children=[HIGH, TECHNICAL]),
    met(children=[UNSAID, TECHNICAL]),
    met(hukou="urban"),
    excluded("children", children=[]),
    excluded("children", children=ABSENT),
    excluded("children.school", children=[HIGH]),
    excluded("children.school", children=[SECONDARY]),
    excluded("category", categories=["低保"]),
    asked("children", children=None),
    asked("children.school", children=[UNSAID]),
    asked("children.school", children=[{"age": 17}]),
    asked("children.school", children=[{"age": 17, "school": "夜校"}]),
    asked("children.school", children=[{"age": 60, "school": "技工院校"}]),
    asked("category_verified", categories=[], claimed=["建档立卡"]),
]
AID_BY_YEAR = [
    excluded("period", as_of="2015-12-31"),
    met(as_of="2016-01-01"),
    met(as_of="2020-12-31"),
    excluded("period", as_of="2021-01-01"),
]
YULU = [
    met(),
    excluded("period", as_of="2016-12-27"),
    met(as_of="2016-12-28"),
    met(as_of="2021-01-01"),
    excluded("hukou", hukou="urban"),
    asked("hukou", hukou=None),
    asked("hukou", hukou=ABSENT),
    excluded("category", categories=["脱贫户"]),
    excluded("children", children=[]),
    excluded("children.school", children=[HIGH]),
    doubted("children.school_unclear", children=[SECONDARY]),
    asked("children", children=None),
    asked("children.school", children=[UNSAID]),
    asked("children.school", children=[TECHNICAL, UNSAID]),
]


@pytest.mark.parametrize("case", AID + AID_BY_YEAR, ids=str)
def test_school_aid_in_chongqing(bureau: Bureau, case: Case) -> None:
    bureau.check(PARENT, "tech_school_aid", case)


@pytest.mark.parametrize(
    "case", [*AID, met(categories=["脱贫户"]), met(as_of="2024-01-01")], ids=str
)
def test_school_aid_in_deyang(bureau: Bureau, case: Case) -> None:
    bureau.check({**DEYANG, "children": [TECHNICAL]}, "tech_school_aid", case)


def test_out_of_poverty_alone_gives_no_school_aid_in_chongqing(bureau: Bureau) -> None:
    bureau.check(PARENT, "tech_school_aid", excluded("category", categories=["脱贫户"]))


@pytest.mark.parametrize("case", YULU, ids=str)
def test_three_thousand_a_child(bureau: Bureau, case: Case) -> None:
    bureau.check(PARENT, "yulu_3000", case)


@pytest.mark.parametrize(
    ("children", "fen"),
    [
        ([TECHNICAL], 300_000),
        ([TECHNICAL, TECHNICAL], 600_000),
        ([TECHNICAL, HIGH, TECHNICAL], 600_000),
        ([TECHNICAL] * 5, 1_500_000),
    ],
)
def test_the_sum_counts_children_at_technical_schools(
    bureau: Bureau, children: list[object], fen: int
) -> None:
    verdict = bureau.verdict({**PARENT, "children": children}, "yulu_3000")
    assert (verdict.verdict, verdict.amount_fen) == (LIKELY, fen)


def test_a_child_at_a_secondary_school_is_shown_beside_the_sum(bureau: Bureau) -> None:
    verdict = bureau.verdict({**PARENT, "children": [TECHNICAL, SECONDARY]}, "yulu_3000")
    assert (verdict.verdict, verdict.amount_fen) == (LIKELY, 300_000)
    assert verdict.reasons == ("children.school_unclear",)


def test_deyang_has_no_such_sum(bureau: Bureau) -> None:
    assert bureau.assess({**DEYANG, "children": [TECHNICAL]}).of("yulu_3000") is None
