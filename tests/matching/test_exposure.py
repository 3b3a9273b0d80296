"""How exposure, groups and intervals are counted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation.bootstrap import intervals, paired_difference
from matching.evaluation.exposure import (
    age_band,
    applicants_per_opening,
    coverage,
    exposure,
    gini,
    group_exposures,
)
from matching.evaluation.measures import FloatArray, measure

counts = st.lists(st.integers(0, 50), min_size=1, max_size=30).map(
    lambda values: np.array(values, dtype=np.float64)
)


def test_exposure_counts_lists_and_not_places_beyond_the_tenth() -> None:
    long = [f"v{number:02}" for number in range(12)]

    shown = exposure([long, ["v00", "v00"]], long)

    assert shown.tolist() == [2, *[1] * 9, 0, 0]
    assert coverage(shown) == pytest.approx(10 / 12)


def test_gini_is_zero_for_equal_shares_and_grows_towards_one() -> None:
    assert gini(np.array([2.0, 2.0, 2.0])) == 0
    assert gini(np.array([0.0, 0.0, 9.0])) == pytest.approx(2 / 3)
    assert gini(np.array([0.0, 0.0])) == 0


@given(counts)
def test_gini_and_coverage_lie_between_zero_and_one(shown: FloatArray) -> None:
    assert 0 <= gini(shown) < 1
    assert 0 <= coverage(shown) <= 1


@given(counts, st.integers(1, 9))
def test_gini_does_not_change_when_everything_is_shown_more_often(
    shown: FloatArray, times: int
) -> None:
    assert gini(shown * times) == pytest.approx(gini(shown))


def test_applicants_are_counted_for_each_opening_of_what_is_shown() -> None:
    found = applicants_per_opening(np.array([6.0, 4.0, 0.0]), [3, None, 1])

    assert found.mean == 3
    assert found.most == 4


def test_nothing_shown_crowds_nothing() -> None:
    assert applicants_per_opening(np.array([0.0]), [5]).most == 0


@pytest.mark.parametrize(
    ("age", "band"),
    [(15, None), (16, "16-29"), (29, "16-29"), (30, "30-39"), (59, "50-59"), (60, "60+")],
)
def test_ages_fall_into_bands(age: int, band: str | None) -> None:
    assert age_band(age) == band


def test_a_group_is_compared_with_all_workers() -> None:
    lists = {f"w{number}": ["a"] for number in range(5)} | {f"x{number}": [] for number in range(5)}
    found = measure(lists, {key: {"a": 3} for key in lists})

    men, women = group_exposures(found, "sex", [("male",)] * 5 + [("female",)] * 5)[::-1]

    assert (men.group, men.ndcg, men.utility, men.listed) == ("male", 2, 2, 2)
    assert (women.group, women.ndcg) == ("female", 0)


def test_a_group_of_fewer_than_five_has_no_ratio() -> None:
    found = measure({}, {f"w{number}": {"a": 1} for number in range(9)})

    (few,) = group_exposures(found, "group", [("低保",)] * 4 + [None] * 5)

    assert few.workers == 4
    assert few.ndcg is few.utility is few.listed is None


def test_where_no_group_is_known_there_is_nothing_to_compare() -> None:
    found = measure({}, {"w": {"a": 1}})

    assert group_exposures(found, "sex", [None]) == []


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=20),
    st.integers(0, 100),
)
def test_an_interval_lies_around_its_mean_and_is_the_same_for_the_same_seed(
    figures: list[float], seed: int
) -> None:
    table = np.array(figures)[:, None]

    (first,) = intervals(table, rng=np.random.default_rng(seed), samples=50)
    (again,) = intervals(table, rng=np.random.default_rng(seed), samples=50)

    assert first == again
    assert min(figures) - 1e-9 <= first.low <= first.high <= max(figures) + 1e-9
    assert first.mean == pytest.approx(np.mean(figures))


def test_the_same_lead_over_every_worker_leaves_no_doubt() -> None:
    theirs = np.array([0.1, 0.5, 0.9])

    lead = paired_difference(theirs + 0.05, theirs, rng=np.random.default_rng(0), samples=20)

    assert (lead.low, lead.high) == pytest.approx((0.05, 0.05))


def test_figures_of_different_workers_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="same workers"):
        paired_difference(np.zeros(2), np.zeros(3), rng=np.random.default_rng(0))


def test_an_interval_needs_somebody_to_draw() -> None:
    with pytest.raises(ValueError, match="needs a worker"):
        intervals(np.zeros((0, 1)), rng=np.random.default_rng(0))
