"""Pension: the premium to the day before the 60th birthday, the benefit from it."""

from __future__ import annotations

import pytest

from tests.content.benefits.people import (
    ABSENT,
    CHONGQING,
    DEYANG,
    Bureau,
    Case,
    asked,
    doubted,
    excluded,
    met,
)

POOR = {**DEYANG, "categories": ["低保"]}
OLD = {**POOR, "birth": "1950-01-01"}
OF_AGE = [
    excluded("age_too_young", birth="2005-06-29"),
    met(birth="2005-06-28"),
    met(birth="1961-06-29"),
    excluded("age_too_old", birth="1961-06-28"),
    asked("birth", birth=None),
    asked("birth", birth=ABSENT),
]
RESIDENTS = [
    met(pension=ABSENT),
    excluded("pension", pension="职工"),
    asked("pension", pension=None),
    asked("pension", pension="商业"),
]
PREMIUM = [
    met(),
    met(categories=["特困"]),
    met(categories=["建档立卡"]),
    met(categories=["建档立卡", "脱贫户", "低保"]),
    met(labour_capacity=False),
    doubted("category_unclear", categories=["建档立卡", "脱贫户"]),
    doubted("category_unclear", categories=["脱贫户"]),
    doubted("docs_missing", docs_missing=True),
    excluded("category", categories=["残疾"]),
    excluded("category", categories=["边缘易致贫户"]),
    excluded("category", categories=[]),
    asked("docs_missing", docs_missing=None),
    asked("category_verified", categories=[], claimed=["特困"]),
    asked("category_verified", categories=["建档立卡"], claimed=["脱贫户"]),
    asked("category_verified", categories=["建档立卡", "脱贫户"], claimed=["低保"]),
    asked("categories", categories=["建档立卡", "五保"]),
    met(categories=["低保", "五保"]),
]
BENEFIT = [
    met(),
    met(categories=["建档立卡"]),
    met(categories=["特困"]),
    met(birth="1961-06-28"),
    excluded("age_too_young", birth="1961-06-29"),
    excluded("category", categories=["脱贫户"]),
    excluded("category", categories=["残疾"]),
    asked("birth", birth=None),
]
TIER = [
    met(),
    met(birth="2001-06-01"),
    excluded("age_too_young", birth="2001-06-02"),
    met(birth="1957-06-02"),
    excluded("age_too_old", birth="1957-06-01"),
    excluded("category", categories=["脱贫户"]),
    asked("birth", birth=None),
]


@pytest.mark.parametrize("case", PREMIUM + OF_AGE + RESIDENTS, ids=str)
def test_the_premium_is_paid_for_the_poor(bureau: Bureau, case: Case) -> None:
    bureau.check(POOR, "pension_premium_paid", case)


@pytest.mark.parametrize("case", BENEFIT + RESIDENTS, ids=str)
def test_the_benefit_from_sixty(bureau: Bureau, case: Case) -> None:
    bureau.check(OLD, "pension_benefit_60", case)


@pytest.mark.parametrize("case", TIER + RESIDENTS, ids=str)
def test_the_lowest_contribution_is_kept(bureau: Bureau, case: Case) -> None:
    bureau.check(CHONGQING, "pension_lowest_tier_kept", case)


@pytest.mark.parametrize(
    ("birth", "as_of", "expected"),
    [
        ("1960-02-29", "2020-02-28", "pension_premium_paid"),
        ("1960-02-29", "2020-02-29", "pension_benefit_60"),
        ("1961-03-01", "2021-02-28", "pension_premium_paid"),
        ("1961-03-01", "2021-03-01", "pension_benefit_60"),
        ("1961-12-31", "2021-12-30", "pension_premium_paid"),
        ("1961-12-31", "2021-12-31", "pension_benefit_60"),
        ("1962-01-01", "2021-12-31", "pension_premium_paid"),
        ("1962-01-01", "2022-01-01", "pension_benefit_60"),
    ],
)
def test_on_the_sixtieth_birthday_the_premium_gives_way_to_the_benefit(
    bureau: Bureau, birth: str, as_of: str, expected: str
) -> None:
    eligible = bureau.assess({**POOR, "birth": birth, "as_of": as_of}).eligible
    assert eligible == (expected,)


@pytest.mark.parametrize(
    ("birth", "as_of", "is_sixteen"),
    [
        ("2004-02-29", "2020-02-28", False),
        ("2004-02-29", "2020-02-29", True),
        ("2005-12-31", "2021-12-30", False),
        ("2005-12-31", "2021-12-31", True),
        ("2006-01-01", "2021-12-31", False),
        ("2006-01-01", "2022-01-01", True),
    ],
)
def test_the_premium_begins_on_the_sixteenth_birthday(
    bureau: Bureau, birth: str, as_of: str, *, is_sixteen: bool
) -> None:
    eligible = bureau.assess({**POOR, "birth": birth, "as_of": as_of}).eligible
    assert ("pension_premium_paid" in eligible) is is_sixteen


def test_who_was_born_on_a_leap_day_is_older_on_the_first_of_march(bureau: Bureau) -> None:
    born = {**POOR, "birth": "2004-02-29"}
    assert bureau.read({**born, "as_of": "2021-02-28"}).age == 16
    assert bureau.read({**born, "as_of": "2021-03-01"}).age == 17


def test_pensions_have_no_sum(bureau: Bureau) -> None:
    for row in (POOR, OLD, CHONGQING):
        assessment = bureau.assess(row)
        assert assessment.eligible
        assert assessment.amounts == {}
