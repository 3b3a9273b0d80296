"""Nobody waits for ever, and how many may hear of a vacancy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.spreading.capacity import answer_rate, capacity_of
from matching.spreading.waiting import QUIET_DAYS, QUIET_FACTOR, TURN_A_DAY, turn, waiting_factor
from tests.matching.spreading_markets import market

DAYS = np.array([0, 7, 14, 15, 29, 5000], dtype=np.int32)


def ints(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(numbers, dtype=np.int32)


def longest_silence(rivals: int, capacity: int) -> int:
    """Return the days after which a worker has surely heard of something, market unchanged.

    After the turn outweighs any fit, each day without a word gives every place on the worker's
    list to somebody who waited about as long, and each of these can stand in front only once.

    Args:
        rivals: How many other workers have one of the worker's vacancies, say X, on their lists.
        capacity: How many hear of X in a day; at least 1.
    """
    # One more than the factor: the steps of the bids, which grow with the turn.
    outweighs = QUIET_DAYS + int(np.ceil((QUIET_FACTOR + 1) / TURN_A_DAY))
    return outweighs + -(-rivals // capacity) + 1


def test_the_factor_rises_for_fourteen_days_and_the_turn_from_then_on() -> None:
    assert waiting_factor(DAYS).tolist() == [1, 1.25, 1.5, 1.5, 1.5, 1.5]
    assert turn(DAYS) == pytest.approx([0, 0, 0, 0.1, 1.5, 98.6])


@given(st.integers(0, 10**6), st.integers(2, 12), st.integers(1, 4))
@settings(deadline=None, max_examples=25)
def test_in_a_scarce_market_everybody_hears_within_the_promised_days(
    seed: int, workers: int, vacancies: int
) -> None:
    one = market(seed, workers=workers, vacancies=vacancies, width=3)
    feasible = (one.candidates.rows >= 0).any(axis=1)
    promised = longest_silence(workers - 1, 1)
    one = replace(one, capacity=np.ones(vacancies, dtype=np.int32))
    one = replace(one, attention=np.maximum(one.attention, 1))
    waited = np.zeros(workers, dtype=np.int32)
    for _ in range(2 * promised):
        outcome = replace(one, waited_days=waited).allocated()
        waited = waited + np.int32(1)
        waited[outcome.worker] = 0
        assert waited[feasible].max(initial=0) <= promised


def test_of_two_alike_the_one_who_waited_hears() -> None:
    one = market(1, workers=2, vacancies=1, width=1)
    candidates = replace(
        one.candidates,
        rows=np.zeros((2, 1), dtype=np.int32),
        utility=np.array([[0.6], [0.5]], dtype=np.float32),
    )
    one = replace(one, candidates=candidates, capacity=ints(1), attention=ints(1, 1))
    assert replace(one, waited_days=ints(0, 0)).allocated().worker.tolist() == [0]
    assert replace(one, waited_days=ints(0, 10)).allocated().worker.tolist() == [1]


def test_three_hear_of_each_place_before_anything_is_known() -> None:
    rate = answer_rate(ints(0, 0, 0), ints(0, 0, 0))
    assert capacity_of(ints(1, 6, 0), answer_rate=rate).tolist() == [3, 18, 3]


def test_more_hear_of_a_place_where_few_answer_but_never_more_than_ten() -> None:
    rate = answer_rate(ints(0, 10, 90), ints(1000, 100, 100))
    assert capacity_of(ints(1, 1, 1), answer_rate=rate).tolist() == [10, 7, 3]
    assert capacity_of(ints(2), answer_rate=rate[2:], per_place_least=2).tolist() == [4]


def test_those_told_before_take_up_room() -> None:
    rate = np.full(2, 0.5, dtype=np.float32)
    room = capacity_of(ints(2, 1), answer_rate=rate, told=ints(4, 9))
    assert room.tolist() == [2, 0]


def test_impossible_rates_are_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and sent"):
        answer_rate(ints(2), ints(1))
    with pytest.raises(ValueError, match="at most 1"):
        answer_rate(ints(0), ints(1), usual=2)
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        capacity_of(ints(1), answer_rate=np.zeros(1, dtype=np.float32))
    with pytest.raises(ValueError, match="per_place_least"):
        capacity_of(ints(1), answer_rate=np.ones(1, dtype=np.float32), per_place_least=11)
