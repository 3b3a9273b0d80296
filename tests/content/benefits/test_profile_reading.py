"""Profiles with something wrong in them: listed, never guessed, and the rest is judged."""

from __future__ import annotations

from datetime import date

import pytest

from tests.content.benefits.people import (
    ABSENT,
    CHECK,
    CHONGQING,
    DEYANG,
    LIKELY,
    TRIP,
    Bureau,
    changed,
)

EVERYBODY = {
    **CHONGQING,
    "trip": TRIP,
    "inpatient": {},
    "graduate": {"school": "普通高校", "year": 2017},
    "children": [{"age": 10, "school": "小学"}],
}
WRONG = [
    ({"jurisdiction": ABSENT}, "jurisdiction: missing"),
    ({"jurisdiction": 5}, "jurisdiction: unknown value"),
    ({"as_of": ABSENT}, "as_of: missing"),
    ({"as_of": "yesterday"}, "as_of: not a date such as 2017-06-01"),
    ({"as_of": "20170601"}, "as_of: not a date such as 2017-06-01"),
    ({"as_of": "2017-02-29"}, "as_of: not a date such as 2017-06-01"),
    ({"birth": 1981}, "birth: not a date such as 2017-06-01"),
    ({"birth": "2017-06-02"}, "birth: in the future"),
    ({"birth": "1890-01-01"}, "birth: too long ago"),
    ({"hukou": "unclear"}, "hukou: unknown value"),
    ({"hukou": ["rural"]}, "hukou: unknown value"),
    ({"categories": ["贫困"]}, "categories: unknown value"),
    ({"categories": "建档立卡"}, "categories: unknown value"),
    ({"categories": [{}]}, "categories: unknown value"),
    ({"claimed": ["五保"]}, "claimed: unknown value"),
    ({"pension": True}, "pension: unknown value"),
    ({"labour_capacity": "yes"}, "labour_capacity: unknown value"),
    ({"labour_capacity": 1}, "labour_capacity: unknown value"),
    ({"employment": "retired"}, "employment: unknown value"),
    ({"trainings_this_year": -1}, "trainings_this_year: unknown value"),
    ({"trainings_this_year": 1.5}, "trainings_this_year: unknown value"),
    ({"trainings_this_year": True}, "trainings_this_year: unknown value"),
    ({"household_labour": 10**9}, "household_labour: unknown value"),
    ({"shoe_size": 43}, "shoe_size: unknown key"),
    ({"trip": "by train"}, "trip: unknown value"),
    ({"trip.mode": "boat"}, "trip.mode: unknown value"),
    ({"trip.price": -0.01}, "trip.price: unknown value"),
    ({"trip.price": "198.5"}, "trip.price: unknown value"),
    ({"trip.price": float("nan")}, "trip.price: unknown value"),
    ({"trip.price": float("inf")}, "trip.price: unknown value"),
    ({"trip.price": 10**400}, "trip.price: unknown value"),
    ({"trip.price": 1.005}, "trip.price: unknown value"),
    ({"trip.from_county": "999999"}, "trip.from_county: unknown value"),
    ({"trip.to_county": 440307}, "trip.to_county: unknown value"),
    ({"trip.seat": "12A"}, "trip.seat: unknown key"),
    ({"children": {"age": 3}}, "children: unknown value"),
    ({"children": ["a son"]}, "children.1: unknown value"),
    ({"children": [{"school": "私塾"}]}, "children.1.school: unknown value"),
    ({"children": [{"age": -1, "school": "小学"}]}, "children.1.age: unknown value"),
    ({"children": [{"age": 121, "school": "小学"}]}, "children.1.age: unknown value"),
    ({"children": [{"name": "x", "school": "小学"}]}, "children.1.name: unknown key"),
    ({"graduate.year": "2017"}, "graduate.year: unknown value"),
    ({"graduate.year": 2018}, "graduate.year: in the future"),
    ({"inpatient.self_paid": -1}, "inpatient.self_paid: unknown value"),
]
CONTRADICTING = [
    ({"graduate.year": 1981}, "graduate.year: contradicts birth"),
    ({"children": [{"age": 35, "school": "小学"}]}, "children.1.age: contradicts birth"),
    ({"children": [{}, {"age": 90}]}, "children.2.age: contradicts birth"),
    ({"birth": "2003-01-01", "employment": "employed"}, "employment: contradicts birth"),
    (
        {"labour_capacity": False, "employment": "flexible"},
        "labour_capacity: contradicts employment",
    ),
    ({"hard_to_place": True, "employment": "employed"}, "hard_to_place: contradicts employment"),
    (
        {"household_labour": 1, "household_employed": 2},
        "household_employed: contradicts household_labour",
    ),
    (
        {"household_employed": 0, "employment": "self_employed"},
        "household_employed: contradicts employment",
    ),
    ({"relocated": False, "categories": ["易迁"]}, "relocated: contradicts categories"),
]


@pytest.mark.parametrize(("changes", "problem"), WRONG + CONTRADICTING)
def test_what_cannot_be_right_is_listed(
    bureau: Bureau, changes: dict[str, object], problem: str
) -> None:
    assert bureau.problems(EVERYBODY) == []
    assert problem in bureau.problems(changed(EVERYBODY, changes))


def test_an_unknown_city_is_listed_and_nothing_is_judged(bureau: Bureau) -> None:
    assessment = bureau.assess({**EVERYBODY, "jurisdiction": "CD"})
    assert [str(one) for one in assessment.problems] == ["jurisdiction: unknown value"]
    assert assessment.verdicts == ()


def test_without_a_day_an_officer_decides_everything(bureau: Bureau) -> None:
    verdicts = bureau.assess({**EVERYBODY, "as_of": None}).verdicts
    assert {(one.verdict, one.missing) for one in verdicts} == {(CHECK, ("as_of",))}
    assert len(verdicts) == 10


def test_a_day_to_come_is_listed_and_judged_all_the_same(bureau: Bureau) -> None:
    row = {**CHONGQING, "as_of": "2017-06-02"}
    assert bureau.problems(row, today=date(2017, 6, 1)) == ["as_of: in the future"]
    assert bureau.problems(row, today=date(2017, 6, 2)) == []
    assert "pension_lowest_tier_kept" in bureau.assess(row).eligible


def test_one_wrong_fact_leaves_the_others_to_be_judged(bureau: Bureau) -> None:
    row = changed(EVERYBODY, {"birth": "2030-01-01", "employment": "lost_job"})
    assessment = bureau.assess(row)
    assert assessment.eligible == ("grad_support", "reemployment_service")
    tier = assessment.of("pension_lowest_tier_kept")
    assert tier is not None
    assert (tier.verdict, tier.missing) == (CHECK, ("birth",))


def test_a_household_with_more_in_work_than_able_is_for_an_officer(bureau: Bureau) -> None:
    row = {**DEYANG, "relocated": True, "household_labour": 1, "household_employed": 2}
    verdict = bureau.verdict(row, "relocated_zero_employment")
    assert (verdict.verdict, verdict.missing) == (
        CHECK,
        ("household_labour", "household_employed"),
    )


def test_a_problem_never_repeats_what_was_written(bureau: Bureau) -> None:
    row = changed(EVERYBODY, {"birth": "我叫王强", "trip.mode": "13800000000"})
    assert not {"王强", "13800000000"} & set("".join(bureau.problems(row)))
    assert all("王强" not in line and "1380" not in line for line in bureau.problems(row))


def test_claims_are_kept_apart_from_confirmed_categories(bureau: Bureau) -> None:
    profile = bureau.read({**CHONGQING, "categories": ["低保"], "claimed": ["建档立卡"]})
    assert (profile.categories, profile.claimed) == (frozenset({"低保"}), frozenset({"建档立卡"}))


@pytest.mark.parametrize(
    ("start", "end", "journey"),
    [
        ("500229", "440307", "other_province"),
        ("500238", "500112", "other_county"),
        ("500235", "500235", "same_county"),
        ("500234", "500154", "same_county"),  # 开县 became 开州区
        ("510626", "510604", "same_county"),  # 罗江县 became 罗江区
        ("441900", "441900", "same_county"),  # a city without counties
        ("441900", "442000", "other_county"),
        ("510600", "510104", "other_county"),
        ("510600", "510623", None),
        ("500000", "500112", None),
        ("510000", "440000", "other_province"),
        ("510000", "510000", None),
    ],
)
def test_how_far_a_trip_goes(bureau: Bureau, start: str, end: str, journey: str | None) -> None:
    row = changed(EVERYBODY, {"trip.from_county": start, "trip.to_county": end})
    profile = bureau.read(row)
    assert profile.journey == journey
    assert bool(profile.unclear_places) is (journey is None)


def test_dates_may_come_as_dates(bureau: Bureau) -> None:
    row = {**CHONGQING, "as_of": date(2017, 6, 1), "birth": date(1957, 6, 2)}
    assert bureau.read(row).age == 59
    assert bureau.verdict(row, "pension_lowest_tier_kept").verdict is LIKELY
