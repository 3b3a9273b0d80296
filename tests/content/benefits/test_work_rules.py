"""Training, posts, new work, graduates, households, business: decision tables."""

from __future__ import annotations

import pytest

from tests.content.benefits.people import (
    ABSENT,
    CHONGQING,
    DEYANG,
    LIKELY,
    NOT,
    Bureau,
    Case,
    asked,
    changed,
    doubted,
    excluded,
    met,
)

LEARNER = {**CHONGQING, "wants_training": True, "trainings_this_year": 0}
TRAINING = [
    met(),
    met(trainings_this_year=ABSENT),
    met(birth="2001-06-01"),
    excluded("age_too_young", birth="2001-06-02"),
    met(birth="1957-06-02"),
    excluded("age_too_old", birth="1957-06-01"),
    excluded("category", categories=["脱贫户"]),
    excluded("labour_capacity", labour_capacity=False),
    excluded("wants_training", wants_training=False),
    doubted("trainings_this_year", trainings_this_year=1),
    doubted("trainings_this_year", trainings_this_year=2),
    asked("birth", birth=None),
    asked("labour_capacity", labour_capacity=None),
    asked("wants_training", wants_training=None),
    asked("trainings_this_year", trainings_this_year=None),
    asked("category_verified", categories=["低保"], claimed=["建档立卡"]),
]

APPLICANT = {"hard_to_place": True, "wants_pwj": True}
POSTS = [
    met(),
    met(categories=["低保"]),
    met(categories=["残疾"]),
    excluded("category", categories=["特困"]),
    excluded("category", categories=["易迁"]),
    excluded("labour_capacity", labour_capacity=False),
    excluded("hard_to_place", hard_to_place=False),
    excluded("wants_pwj", wants_pwj=ABSENT),
    asked("hard_to_place", hard_to_place=None),
    asked("hard_to_place", employment="employed"),
    asked("category_verified", categories=[], claimed=["残疾"]),
    met(birth=None),
]
POSTS_BY_AGE = [
    met(birth="2001-06-01"),
    doubted("age_too_young", birth="2001-06-02"),
    met(birth="1947-06-02"),
    doubted("age_too_old", birth="1947-06-01"),
]
CITY_POSTS = [
    excluded("category", categories=["边缘易致贫户"]),
    excluded("category", categories=["脱贫户"]),
]
VILLAGE_POSTS = [met(categories=["边缘易致贫户"]), met(categories=["脱贫户"])]

RETURNED = {"employment": "returned"}
NEW_WORK = [
    met(),
    met(employment="lost_job"),
    met(employment="changing"),
    met(birth=None),
    excluded("employment", employment="employed"),
    excluded("employment", employment="flexible"),
    excluded("employment", employment="self_employed"),
    excluded("employment", employment=ABSENT),
    excluded("labour_capacity", labour_capacity=False),
    excluded("wants_work", wants_work=False),
    excluded("category", categories=["低保"]),
    asked("employment", employment=None),
    asked("wants_work", wants_work=None),
    doubted("age_too_young", birth="2016-01-01"),
]
CITY_WORK = [
    excluded("category", categories=["脱贫户"]),
    excluded("category", categories=["易迁"]),
    excluded("category", categories=["边缘易致贫户"]),
]
DEYANG_WORK = [
    met(categories=["脱贫户"]),
    met(categories=["易迁"]),
    met(categories=["边缘易致贫户"]),
]

GRADUATE = {**CHONGQING, "birth": "1997-02-11", "graduate": {"school": "职业学校", "year": 2017}}
GRADUATES = [
    met(),
    met(graduate__school="普通高校"),
    met(as_of="2017-12-31"),
    excluded("graduate.year", as_of="2018-01-01"),
    met(as_of="2017-01-01"),
    excluded("graduate.year", graduate__year=2016),
    asked("graduate.year", as_of="2016-12-31"),
    excluded("graduate", graduate=ABSENT),
    excluded("category", categories=["残疾"]),
    excluded("wants_work", wants_work=False),
    asked("graduate", graduate=None),
    asked("graduate.year", graduate__year=None),
    asked("graduate.school", graduate__school="夜校"),
]

HOUSEHOLD = {**DEYANG, "relocated": True, "household_labour": 1, "household_employed": 0}
HOUSEHOLDS = [
    met(),
    met(categories=[]),
    met(household_labour=4),
    excluded("relocated", relocated=False),
    excluded("relocated", relocated=ABSENT),
    asked("relocated", relocated=ABSENT, categories=["易迁"]),
    excluded("household_labour", household_labour=0),
    excluded("household_employed", household_employed=1),
    asked("household_labour", household_labour=None),
    asked("household_employed", household_employed=ABSENT),
    asked("household_employed", employment="flexible"),
]

STARTER = {**DEYANG, "categories": ["脱贫户"], "starting_business": True}
BUSINESS = [
    met(),
    excluded("category", categories=["建档立卡"]),
    excluded("starting_business", starting_business=False),
    asked("starting_business", starting_business=None),
    asked("category_verified", categories=["建档立卡"], claimed=["脱贫户"]),
]

FLEXIBLE = {**DEYANG, "employment": "flexible"}
INSURANCE = [
    met(),
    met(categories=["脱贫户"]),
    excluded("category", categories=["低保"]),
    excluded("employment", employment="employed"),
    asked("employment", employment=None),
]

ATTENDING = {**DEYANG, "attending_subsidised_training": True}
ALLOWANCE = [
    met(),
    met(categories=["脱贫户"]),
    excluded("category", categories=["边缘易致贫户"]),
    excluded("attending_subsidised_training", attending_subsidised_training=False),
    asked("attending_subsidised_training", attending_subsidised_training=None),
]


@pytest.mark.parametrize("case", TRAINING, ids=str)
def test_a_free_course_a_year(bureau: Bureau, case: Case) -> None:
    bureau.check(LEARNER, "free_training", case)


def test_the_count_of_courses_starts_again_on_new_years_day(bureau: Bureau) -> None:
    old = {**LEARNER, "as_of": "2017-12-31", "trainings_this_year": 1}
    new = {**LEARNER, "as_of": "2018-01-01", "trainings_this_year": 0}
    assert "free_training" not in bureau.assess(old).eligible
    assert "free_training" in bureau.assess(new).eligible


@pytest.mark.parametrize("case", POSTS + POSTS_BY_AGE + CITY_POSTS, ids=str)
def test_public_welfare_posts_in_chongqing(bureau: Bureau, case: Case) -> None:
    bureau.check({**CHONGQING, **APPLICANT}, "pwj_priority", case)


@pytest.mark.parametrize("case", POSTS + VILLAGE_POSTS, ids=str)
def test_public_welfare_posts_in_deyang(bureau: Bureau, case: Case) -> None:
    bureau.check({**DEYANG, **APPLICANT}, "pwj_priority", case)


@pytest.mark.parametrize("case", NEW_WORK + CITY_WORK, ids=str)
def test_new_work_in_chongqing(bureau: Bureau, case: Case) -> None:
    bureau.check({**CHONGQING, **RETURNED}, "reemployment_service", case)


@pytest.mark.parametrize("case", NEW_WORK + DEYANG_WORK, ids=str)
def test_new_work_in_deyang(bureau: Bureau, case: Case) -> None:
    bureau.check({**DEYANG, **RETURNED}, "reemployment_service", case)


@pytest.mark.parametrize("case", GRADUATES, ids=str)
def test_graduates_of_the_year(bureau: Bureau, case: Case) -> None:
    bureau.check(GRADUATE, "grad_support", case)


@pytest.mark.parametrize("case", HOUSEHOLDS, ids=str)
def test_relocated_households_without_work(bureau: Bureau, case: Case) -> None:
    bureau.check(HOUSEHOLD, "relocated_zero_employment", case)


@pytest.mark.parametrize("case", BUSINESS, ids=str)
def test_starting_a_business(bureau: Bureau, case: Case) -> None:
    bureau.check(STARTER, "startup_support", case)


@pytest.mark.parametrize("case", INSURANCE, ids=str)
def test_insurance_in_flexible_work(bureau: Bureau, case: Case) -> None:
    bureau.check(FLEXIBLE, "flex_si_support", case)


@pytest.mark.parametrize("case", ALLOWANCE, ids=str)
def test_living_allowance_in_training(bureau: Bureau, case: Case) -> None:
    bureau.check(ATTENDING, "training_living_allowance", case)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (STARTER, "startup_support"),
        (FLEXIBLE, "flex_si_support"),
        (ATTENDING, "training_living_allowance"),
    ],
)
def test_no_sum_is_made_up_where_the_text_has_none(
    bureau: Bureau, row: dict[str, object], code: str
) -> None:
    assessment = bureau.assess(row)
    assert code in assessment.eligible
    assert code not in assessment.amounts


def test_a_city_s_clauses_are_never_used_for_the_other(bureau: Bureau) -> None:
    everything = {**LEARNER, **APPLICANT, **RETURNED, "categories": ["建档立卡", "脱贫户", "易迁"]}
    here = bureau.assess(changed(everything, {"jurisdiction": "CQ"}))
    there = bureau.assess(changed(everything, {"jurisdiction": "DY"}))
    assert {one.rule.jurisdiction for one in here.verdicts} == {"CQ"}
    assert {one.rule.jurisdiction for one in there.verdicts} == {"DY"}
    assert bureau.assess({**everything, "jurisdiction": "SH"}).verdicts == ()


def test_another_excluding_fact_outweighs_what_is_missing(bureau: Bureau) -> None:
    verdict = bureau.verdict({**LEARNER, "birth": None, "wants_training": False}, "free_training")
    assert (verdict.verdict, verdict.reasons, verdict.missing) == (NOT, ("wants_training",), ())
    assert bureau.verdict(LEARNER, "free_training").verdict is LIKELY
