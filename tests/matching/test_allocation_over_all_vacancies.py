"""All vacancies together: limits, the exact optimum beside, proof, order, stability."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.spreading.assignment import Allocation, Candidates, allocate
from matching.spreading.waiting import turn, waiting_factor
from tests.matching.spreading_markets import SmallMarket, best_sum, market, small_markets

TOLERANCE = 0.01


def pairs(outcome: Allocation) -> set[tuple[int, int]]:
    return set(zip(outcome.worker.tolist(), outcome.vacancy.tolist(), strict=True))


def slack(given_market: SmallMarket, outcome: Allocation) -> float:
    """What the guarantee leaves between the outcome and the best."""
    late = turn(given_market.waited_days)[outcome.worker]
    return TOLERANCE * float((1 + late).sum()) + 1e-5


@given(small_markets(waited=60))
@settings(deadline=None)
def test_no_limit_is_exceeded_and_only_listed_pairs_are_chosen(one: SmallMarket) -> None:
    outcome = one.allocated()
    people, rows = len(one.attention), len(one.capacity)
    assert np.all(np.bincount(outcome.worker, minlength=people) <= one.attention)
    assert np.all(np.bincount(outcome.vacancy, minlength=rows) <= one.capacity)
    assert len(pairs(outcome)) == len(outcome.worker)
    for worker, vacancy, utility in zip(
        outcome.worker, outcome.vacancy, outcome.utility, strict=True
    ):
        place = one.candidates.rows[worker].tolist().index(vacancy)
        assert utility == one.candidates.utility[worker, place]


@given(small_markets(waited=60))
@settings(deadline=None, max_examples=150)
def test_the_outcome_is_as_near_the_exact_optimum_as_promised(one: SmallMarket) -> None:
    outcome, best = one.allocated(), best_sum(one)
    assert best - slack(one, outcome) <= outcome.objective <= best + 1e-4
    assert outcome.bound >= best - 1e-4
    assert outcome.bound - outcome.objective <= slack(one, outcome)


@given(small_markets(waited=60))
@settings(deadline=None)
def test_the_objective_is_the_sum_over_the_pairs_and_the_turns(one: SmallMarket) -> None:
    outcome = one.allocated()
    favoured = outcome.utility * waiting_factor(one.waited_days)[outcome.worker]
    turns = turn(one.waited_days)[np.unique(outcome.worker)]
    assert outcome.objective == pytest.approx(float(favoured.sum()) + float(turns.sum()), abs=1e-4)
    assert outcome.unlimited >= outcome.bound - slack(one, outcome)


@given(small_markets(), st.integers(0, 1000))
@settings(deadline=None)
def test_more_room_never_loses_more_than_the_tolerance(one: SmallMarket, seed: int) -> None:
    more = np.random.default_rng(seed).integers(0, 3, len(one.capacity)).astype(np.int32)
    before, wider = one.allocated(), one.with_capacity(one.capacity + more)
    after = wider.allocated()
    assert after.objective >= before.objective - slack(wider, after)
    assert after.bound >= before.objective - 1e-5


@given(small_markets(), st.integers(0, 1000))
@settings(deadline=None)
def test_another_order_of_workers_and_vacancies_is_as_good(one: SmallMarket, seed: int) -> None:
    draw = np.random.default_rng(seed)
    workers, vacancies = draw.permutation(len(one.attention)), draw.permutation(len(one.capacity))
    rows = np.where(one.candidates.rows >= 0, vacancies[one.candidates.rows], -1).astype(np.int32)
    other = SmallMarket(
        Candidates(rows[workers], one.candidates.utility[workers]),
        one.capacity[np.argsort(vacancies)],
        one.attention[workers],
        one.waited_days[workers],
    )
    first, second = one.allocated(), other.allocated()
    assert abs(second.objective - first.objective) <= max(slack(one, first), slack(other, second))
    assert second.unlimited == pytest.approx(first.unlimited, abs=1e-9)


@given(small_markets(waited=60), st.integers(1, 5))
@settings(deadline=None)
def test_rows_that_take_no_part_change_nothing(one: SmallMarket, more: int) -> None:
    rows, utility = one.candidates.rows, one.candidates.utility
    # Idle workers before all others, idle vacancies before all others.
    shifted = np.where(rows >= 0, rows + more, -1)
    idle = np.full((more, rows.shape[1]), -1)
    wider = SmallMarket(
        Candidates(
            np.vstack([idle, shifted]).astype(np.int32),
            np.vstack([np.zeros_like(utility, shape=idle.shape), utility]),
        ),
        np.concatenate([np.ones(more, dtype=np.int32), one.capacity]),
        np.concatenate([np.ones(more, dtype=np.int32), one.attention]),
        np.concatenate([np.zeros(more, dtype=np.int32), one.waited_days]),
    )
    first, second = one.allocated(), wider.allocated()
    assert {(w + more, v + more) for w, v in pairs(first)} == pairs(second)
    assert second.objective == first.objective
    assert second.bound == first.bound


def test_the_same_input_gives_the_same_pairs_and_equals_go_to_the_lower_row() -> None:
    rows = np.zeros((5, 1), dtype=np.int32)
    alike = SmallMarket(
        Candidates(rows, np.full((5, 1), 0.5, dtype=np.float32)),
        np.array([2], dtype=np.int32),
        np.ones(5, dtype=np.int32),
        np.zeros(5, dtype=np.int32),
    )
    assert pairs(alike.allocated()) == {(0, 0), (1, 0)}
    again = alike.allocated()
    assert np.array_equal(again.prices, alike.allocated().prices)


def test_closing_one_vacancy_changes_few_of_the_other_pairs() -> None:
    one = market(7, workers=2000, vacancies=300, width=10)
    before = one.allocated()
    busiest = int(np.bincount(before.vacancy).argmax())
    capacity = one.capacity.copy()
    capacity[busiest] = 0
    elsewhere = {pair for pair in pairs(before) if pair[1] != busiest}
    changed = elsewhere ^ pairs(one.with_capacity(capacity).allocated())
    assert len(changed) <= 0.05 * len(elsewhere)


def test_a_worker_who_joins_changes_few_of_the_other_pairs() -> None:
    one = market(7, workers=2000, vacancies=300, width=10)
    newcomer = int(np.flatnonzero(one.attention)[100])
    attention = one.attention.copy()
    attention[newcomer] = 0
    before = pairs(replace(one, attention=attention).allocated())
    changed = {pair for pair in before ^ pairs(one.allocated()) if pair[0] != newcomer}
    assert len(changed) <= 0.05 * len(before)


def test_a_price_above_nothing_is_only_asked_where_no_place_is_free() -> None:
    one = market(9, workers=60, vacancies=60, width=6)
    outcome = one.allocated()
    free = np.bincount(outcome.vacancy, minlength=60) < one.capacity
    assert free.any()
    assert np.all(outcome.prices[free] == 0)


def test_an_empty_register_and_empty_lists_give_no_pairs() -> None:
    nobody = market(1, workers=0, vacancies=3, width=4).allocated()
    assert (len(nobody.worker), nobody.objective, nobody.bound) == (0, 0, 0)
    assert len(market(1, workers=3, vacancies=0, width=4).allocated().worker) == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"capacity": np.array([1], dtype=np.int32)}, "does not exist"),
        ({"capacity": np.array([1, -1], dtype=np.int32)}, "cannot be negative"),
        ({"attention": np.array([1], dtype=np.int32)}, "one number a worker"),
        ({"tolerance": 0.0}, "tolerance"),
        ({"utility": np.array([[0.5, 0.0], [0.5, 0.5]], dtype=np.float32)}, "above 0"),
        ({"utility": np.array([[0.5]], dtype=np.float32)}, "same shape"),
    ],
)
def test_wrong_input_is_refused(wrong: dict[str, object], said: str) -> None:
    parts: dict[str, object] = {
        "capacity": np.ones(2, dtype=np.int32),
        "attention": np.ones(2, dtype=np.int32),
        "waited_days": np.zeros(2, dtype=np.int32),
        "utility": np.full((2, 2), 0.5, dtype=np.float32),
    }
    parts |= wrong
    lists = Candidates(np.array([[0, 1], [1, 0]], dtype=np.int32), parts.pop("utility"))  # type: ignore[arg-type]  # chosen by name
    with pytest.raises(ValueError, match=said):
        allocate(lists, **parts)  # type: ignore[arg-type]  # chosen by name
