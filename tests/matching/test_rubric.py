"""The edges of the rubric: where a reason begins and where it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from matching.ranking.ordering import rank
from matching.types import Education, ExclusionCode, Migration, ReasonCode, Vacancy, WorkerProfile
from matching.weights import Options
from tests.matching.world import (
    GUANGHAN,
    JINGYANG,
    TODAY,
    ZHONGJIANG,
    codes,
    knowledge,
    ranked,
    table,
)

SEWER = WorkerProfile(id="w", home=GUANGHAN, trades=("缝纫工",))
SEWING = Vacancy(id="v", trade="缝纫工", adcode=GUANGHAN)


def misses(worker: WorkerProfile, vacancy: Vacancy) -> list[ReasonCode]:
    return [miss.code for miss in ranked(worker, vacancy)[0].misses]


def misses_beside(
    worker: WorkerProfile, vacancy: Vacancy, *, usual: float
) -> list[tuple[ReasonCode, object]]:
    """The misses where every trade pays `usual` at present."""
    going = np.full(len(knowledge().trades), usual, dtype=np.float32)
    found = rank(
        worker, table(vacancy), knowledge=knowledge(), limit=1,
        options=Options(today=TODAY, going=going),
    )  # fmt: skip
    return [(miss.code, miss.value) for miss in found[0].misses]


@pytest.mark.parametrize(("days", "is_far"), [(7, True), (8, False)])
def test_a_week_of_work_is_not_worth_a_journey(days: int, *, is_far: bool) -> None:
    away = replace(SEWING, adcode=ZHONGJIANG, lasts_days=days)
    assert codes(SEWER, away) == ([ExclusionCode.GIG_FAR] if is_far else [])
    assert codes(SEWER, replace(away, adcode=JINGYANG)) == []


@pytest.mark.parametrize(("days", "told"), [(10, [ReasonCode.TEMPORARY]), (11, [])])
def test_ten_days_of_work_are_temporary(days: int, told: list[ReasonCode]) -> None:
    assert misses(SEWER, replace(SEWING, lasts_days=days)) == told


def test_a_post_for_neighbours_is_for_those_who_can_commute() -> None:
    near = replace(SEWING, nearby_only=True)
    assert codes(SEWER, near) == []
    assert codes(SEWER, replace(near, adcode=JINGYANG)) == []
    assert codes(SEWER, replace(near, adcode=ZHONGJIANG)) == [ExclusionCode.NEARBY_ONLY]


@pytest.mark.parametrize(
    ("had", "is_enough"),
    [
        (Education.JUNIOR_HIGH, False),
        (Education.SENIOR_HIGH, True),
        (Education.VOCATIONAL, True),
        (Education.COLLEGE, True),
        (None, True),
    ],
)
def test_schooling_is_required_at_least(had: Education | None, *, is_enough: bool) -> None:
    asked = replace(SEWING, education=Education.SENIOR_HIGH)
    worker = replace(SEWER, education=had)
    assert codes(worker, asked) == ([] if is_enough else [ExclusionCode.EDUCATION])
    assert codes(worker, SEWING) == []
    assert codes(replace(SEWER, education=Education.NONE), SEWING) == []


@pytest.mark.parametrize(("later", "is_late"), [(0, False), (1, True)])
def test_whoever_is_free_on_the_day_of_the_start_is_in_time(later: int, *, is_late: bool) -> None:
    start = date(2026, 12, 1)
    worker = replace(SEWER, available_from=start + timedelta(days=later))
    found = codes(worker, replace(SEWING, starts_on=start))
    assert found == ([ExclusionCode.AVAILABILITY] if is_late else [])
    assert codes(worker, SEWING) == []


@pytest.mark.parametrize(("years", "told"), [(2, [ReasonCode.EXPERIENCE_SHORT]), (3, [])])
def test_fewer_years_than_asked_cost_a_grade(years: int, told: list[ReasonCode]) -> None:
    asked = replace(SEWING, experience_years=3)
    assert misses(replace(SEWER, experience=(("缝纫工", years),)), asked) == told
    assert misses(replace(SEWER, experience=(("裁剪工", years),)), asked) == told
    assert misses(SEWER, asked) == []


def test_years_in_another_trade_do_not_count() -> None:
    asked = replace(SEWING, experience_years=1)
    assert misses(replace(SEWER, experience=(("电焊工", 9),)), asked) == [
        ReasonCode.EXPERIENCE_SHORT
    ]


@pytest.mark.parametrize(("pay", "is_low"), [(5999, True), (6000, False), (None, False)])
def test_unskilled_work_that_pays_less_than_ones_trade_costs_a_second_grade(
    pay: int | None, *, is_low: bool
) -> None:
    packing = Vacancy(id="v", trade="包装工", wage_min=pay)
    found = misses_beside(SEWER, packing, usual=6000)
    assert found[0] == (ReasonCode.TRADE_OTHER, "包装工")
    assert found[1:] == ([(ReasonCode.TRADE_PAY_LOW, 6000)] if is_low else [])


def test_skilled_work_and_people_without_a_skilled_trade_lose_nothing_by_low_pay() -> None:
    shoes = Vacancy(id="v", trade="制鞋工", wage_min=100)
    assert misses_beside(SEWER, shoes, usual=6000) == [(ReasonCode.TRADE_TRANSFERABLE, "制鞋工")]
    packer = WorkerProfile(id="w", trades=("包装工",))
    assert misses_beside(packer, Vacancy(id="v", trade="普工", wage_min=100), usual=6000) == []
    same = replace(SEWING, wage_min=100)
    assert misses_beside(SEWER, same, usual=6000) == []


@pytest.mark.parametrize(
    ("wants", "given", "told"),
    [
        (True, None, [ReasonCode.LODGING_UNSTATED]),
        (True, False, [ReasonCode.LODGING_DENIED]),
        (True, True, []),
        (False, False, []),
        (None, None, []),
    ],
)
def test_a_bed_that_is_wanted_and_not_promised_costs_a_grade(
    wants: bool | None,
    given: bool | None,
    told: list[ReasonCode],
) -> None:
    worker = replace(SEWER, wants_room_board=wants)
    assert misses(worker, replace(SEWING, lodging=given)) == told


def test_a_wanted_place_that_is_not_known_well_enough_costs_nothing() -> None:
    worker = replace(SEWER, locations=(ZHONGJIANG,), migration=Migration.ANYWHERE)
    assert misses(worker, replace(SEWING, adcode="510600")) == []
    assert misses(worker, SEWING) == [ReasonCode.PLACE_UNWANTED]


def test_learning_a_related_trade_for_less_than_ones_own_pays_costs_a_second_grade() -> None:
    taught = Vacancy(id="v", trade="制鞋工", wage_min=5999, needs_skill=False)
    assert misses_beside(SEWER, taught, usual=6000) == [
        (ReasonCode.TRADE_TRANSFERABLE, "制鞋工"),
        (ReasonCode.TRADE_PAY_LOW, 6000),
    ]


def test_of_equal_posts_the_newer_the_bigger_and_the_better_paid_comes_first() -> None:
    old = replace(SEWING, id="b", published_on=TODAY - timedelta(days=30))
    assert [it.vacancy_id for it in ranked(SEWER, replace(old, id="a"), old)] == ["a", "b"]
    new = replace(old, published_on=TODAY)
    assert [it.vacancy_id for it in ranked(SEWER, replace(old, id="a"), new)] == ["b", "a"]
    few = replace(SEWING, id="a", headcount=1)
    assert [it.vacancy_id for it in ranked(SEWER, few, replace(few, id="b", headcount=9))] == [
        "b",
        "a",
    ]


def test_pay_above_the_going_rate_raises_a_score_and_pay_below_lowers_it() -> None:
    paid = replace(SEWING, wage_min=5000, wage_max=5000)

    def score(usual: float) -> float:
        going = np.full(len(knowledge().trades), usual, dtype=np.float32)
        options = Options(today=TODAY, going=going)
        return rank(SEWER, table(paid), knowledge=knowledge(), limit=1, options=options)[0].score

    assert score(4000) > score(5000) > score(7000)
