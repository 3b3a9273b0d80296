"""What the measures of a ranking mean, and the bounds that they keep."""

from __future__ import annotations

import itertools
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation.measures import infeasible, measure, ndcg, precision

GRADED = {"a": 3, "b": 2, "c": 1, "d": 0}

grades = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 3), min_size=1)


def best_order(graded: dict[str, int]) -> list[str]:
    return sorted(graded, key=lambda vacancy: -graded[vacancy])


def test_gain_grows_as_two_to_the_grade_and_falls_with_the_place() -> None:
    best = 7 + 3 / log2(3) + 1 / log2(4)
    found = 1 + 7 / log2(3) + 3 / log2(5)

    assert ndcg(["c", "a", "d", "b"], GRADED) == pytest.approx(found / best)


def test_only_the_first_places_count() -> None:
    assert ndcg(["b", "c", "d", "a"], GRADED, depth=3) < ndcg(["b", "c", "d", "a"], GRADED)


def test_where_nothing_fits_every_list_is_perfect_for_its_order() -> None:
    assert ndcg([], {"a": 0}) == 1
    assert ndcg(["a"], {"a": 0}) == 1


def test_a_vacancy_listed_twice_counts_once() -> None:
    assert ndcg(["b", "b", "a"], GRADED) == ndcg(["b", "a"], GRADED)
    assert infeasible(["d", "d", "a"], GRADED) == 0.5


def test_vacancies_that_nobody_graded_are_passed_over() -> None:
    assert ndcg(["x", "a", "b", "c"], GRADED) == 1
    assert infeasible(["x", "a"], GRADED) == 0


def test_precision_counts_the_good_ones_of_three_places_however_few_are_listed() -> None:
    assert precision(["a", "c", "b", "d"], GRADED) == pytest.approx(2 / 3)
    assert precision(["a"], GRADED) == pytest.approx(1 / 3)


def test_an_empty_list_is_right_only_where_nothing_good_is_there() -> None:
    assert precision([], GRADED) == 0
    assert precision([], {"c": 1, "d": 0}) == 1


def test_infeasible_counts_the_first_ten_places_only() -> None:
    graded = {str(number): 0 if number >= 10 else 1 for number in range(20)}
    listed = [str(number) for number in range(20)]

    assert infeasible(listed, graded) == 0
    assert infeasible(listed[5:], graded) == 0.5


def test_measures_stand_in_the_order_of_the_graded_workers() -> None:
    found = measure({"second": ["a", "b", "c"]}, {"first": GRADED, "second": GRADED})

    assert found.ndcg_10.tolist() == [0, 1]
    assert found.listed.tolist() == [0, 3]
    assert found.utility[1] == pytest.approx(7 + 3 / log2(3) + 1 / log2(4))


@given(grades)
def test_the_perfect_order_gives_one(graded: dict[str, int]) -> None:
    assert ndcg(best_order(graded), graded) == pytest.approx(1)


@given(grades, st.data())
def test_no_swap_of_the_perfect_order_raises_a_figure(
    graded: dict[str, int], data: st.DataObject
) -> None:
    order = best_order(graded)
    places = st.integers(0, len(order) - 1)
    first, second = data.draw(places), data.draw(places)
    swapped = list(order)
    swapped[first], swapped[second] = swapped[second], swapped[first]

    assert ndcg(swapped, graded) <= ndcg(order, graded)
    assert precision(swapped, graded) <= precision(order, graded)
    assert infeasible(swapped, graded) >= infeasible(order, graded)


@given(grades)
def test_moving_a_better_vacancy_forward_never_lowers_ndcg(graded: dict[str, int]) -> None:
    order = sorted(graded)
    for earlier, later in itertools.pairwise(order):
        if graded[later] > graded[earlier]:
            at = order.index(earlier)
            better = [*order[:at], later, earlier, *order[at + 2 :]]
            assert ndcg(better, graded) >= ndcg(order, graded)


@given(grades, st.lists(st.text("abcdefgh", min_size=1, max_size=3)))
def test_measures_of_any_list_lie_between_zero_and_one(
    graded: dict[str, int], listed: list[str]
) -> None:
    for figure in (ndcg, precision, infeasible):
        assert 0 <= figure(listed, graded) <= 1 + 1e-12
