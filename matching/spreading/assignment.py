"""Who hears of what today, over all vacancies together.

**Objective.** Over sets of pairs (worker, vacancy) taken from the workers' lists, with at most
`attention` vacancies a worker and at most `capacity` workers a vacancy, maximise

    sum over pairs of utility · waiting_factor(worker)
    + sum over workers who have a pair of turn(worker)

where utility is already utility · chance of success, and both kinds of favour for those who wait
stand in `matching.spreading.waiting`; while nobody waits over fourteen days the second sum is 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from matching.spreading.auction import Auction, Int32s, Int64s, Market
from matching.spreading.chains import come_in, highest_prices
from matching.spreading.prices import dual_bound
from matching.spreading.waiting import turn, waiting_factor

# The tolerance has eight units: five are the step of the bids, two are lost by rounding, and the
# last may be left open where the last few bidders would turn the whole market over.
_UNITS, _STEP, _LEFT_OPEN = 8, 5, 1
_FINEST = 0.001
_FEW = 2000
_GROUPS = 8
_ROUNDS_BETWEEN = 40
_MOST_LATE_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Candidates:
    """The workers' lists, (W, k), best first.

    `rows` are vacancy row numbers, each at most once a worker, -1 where a list is shorter;
    `utility` lies in (0, 1] and means nothing where the row is -1.
    """

    rows: Int32s
    utility: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Allocation:
    """Pairs ordered by worker, then by place in the worker's list.

    Attributes:
        worker: (P,) worker row numbers.
        vacancy: (P,) vacancy row numbers.
        utility: (P,) as given.
        prices: (V,) what one more place at the vacancy would add, about; 0 where one is free.
        objective: The sum that is maximised.
        bound: No allocation reaches more; proved by the prices.
        unlimited: The same sum where every worker gets the top of the own list, capacity or not.
    """

    worker: Int32s
    vacancy: Int32s
    utility: NDArray[np.float32]
    prices: NDArray[np.float64]
    objective: float
    bound: float
    unlimited: float


def allocate(
    candidates: Candidates,
    *,
    capacity: Int32s,
    attention: Int32s,
    waited_days: Int32s,
    tolerance: float = 0.01,
) -> Allocation:
    """Choose the pairs; the same input gives the same pairs.

    Bids that differ by less than an eighth of the tolerance are equal, and go to the lower row.
    Rows in the order of ids therefore make the outcome independent of how they were read.

    Args:
        candidates: The workers' lists.
        capacity: (V,) how many may hear of each vacancy, see `matching.spreading.capacity`.
        attention: (W,) how many vacancies each worker may still hear of.
        waited_days: (W,) days since the worker was last sent anything, or since registration.
        tolerance: The best there is lies at most this much above, for each pair; in pairs of
            workers with a turn, this share of 1 + turn. Time grows as it shrinks.

    Raises:
        ValueError: Shapes disagree, a row does not exist, a number is negative, a utility lies
            outside (0, 1], or the tolerance outside [0.001, 1].
    """
    _check(candidates, capacity, attention, waited_days)
    if not _FINEST <= tolerance <= 1:
        raise ValueError(f"the tolerance must lie between {_FINEST} and 1")
    if not np.any(candidates.rows >= 0):
        return _nothing(len(capacity))
    unit = tolerance / _UNITS
    weight = candidates.utility * waiting_factor(waited_days)[:, None]
    market = _market(candidates, weight, capacity, attention, turn(waited_days), unit)
    auction = Auction(market)
    everyone = np.flatnonzero((attention > 0) & market.open_to.any(axis=1))
    _bid_out(auction, everyone)
    return _outcome(auction, candidates, weight, capacity, turn(waited_days), unit)


def _nothing(vacancies: int) -> Allocation:
    none = np.zeros(0, dtype=np.int32)
    return Allocation(none, none, np.zeros(0, dtype=np.float32), np.zeros(vacancies), 0.0, 0.0, 0.0)


def _check(candidates: Candidates, capacity: Int32s, attention: Int32s, waited: Int32s) -> None:
    rows, utility = candidates.rows, candidates.utility
    if rows.shape != utility.shape:
        raise ValueError("rows and utility must have the same shape (workers, list)")
    if attention.shape != waited.shape or attention.shape != rows.shape[:1]:
        raise ValueError("attention and waited_days must have one number a worker")
    if rows.max(initial=-1) >= len(capacity) or rows.min(initial=0) < -1:
        raise ValueError("a list names a vacancy that does not exist")
    if min(part.min(initial=0) for part in (capacity, attention, waited)) < 0:
        raise ValueError("capacity, attention and waited_days cannot be negative")
    given = utility[rows >= 0]
    if not np.all((given > 0) & (given <= 1)):
        raise ValueError("a utility must be above 0 and at most 1")


def _market(
    candidates: Candidates,
    weight: NDArray[np.float32],
    capacity: Int32s,
    attention: Int32s,
    turns: NDArray[np.float32],
    unit: float,
) -> Market:
    rows = np.maximum(candidates.rows, 0)
    asked = np.bincount(candidates.rows[candidates.rows >= 0], minlength=len(capacity))
    open_to = (candidates.rows >= 0) & (capacity[rows] > 0)
    return Market(
        rows=rows,
        value=np.where(open_to, np.ceil(weight / np.float32(unit)), 1).astype(np.int32),
        open_to=open_to,
        # One more than can be asked for keeps such a vacancy free, and its price at 0.
        capacity=np.minimum(capacity, asked + 1).astype(np.int64),
        attention=attention,
        turn=np.ceil(turns / np.float32(unit)).astype(np.int32),
        step=np.floor(_STEP * (1 + turns)).astype(np.int32),
    )


def _bid_out(auction: Auction, workers: Int64s) -> None:
    """Let workers bid until what is still wanted is worth less than the tolerance leaves for it.

    Whose turn it is goes on for two hundred rounds; who is left out then comes first tomorrow.
    """
    rounds, patience, late_rounds = 0, _ROUNDS_BETWEEN, 0
    while len(workers):
        rounds += 1
        losers = [auction.bid(group) for group in _groups(auction.market, workers)]
        workers = np.unique(np.concatenate(losers))
        if _may_stop(auction, workers):
            late_rounds += 1
            late = auction.market.turn[workers] > 0
            workers = workers[late & (late_rounds <= _MOST_LATE_ROUNDS)]
        if rounds < patience or len(workers) > _FEW:
            continue
        rounds = 0
        highest = highest_prices(auction)
        if highest is not None:
            come_in(auction, highest, workers)
        else:
            patience *= 2


def _may_stop(auction: Auction, workers: Int64s) -> bool:
    if len(workers) > _FEW:
        return False
    left_open = int((auction.taken * auction.market.step).sum()) * _LEFT_OPEN // _STEP
    return auction.unmet(workers) <= left_open


def _groups(market: Market, workers: Int64s) -> list[Int64s]:
    """Divide many bidders, so that the later ones see prices and do not bid in vain.

    The division goes by what the first of the list is worth, so that it does not hang on the order
    of the workers.
    """
    if len(workers) <= _FEW:
        return [workers]
    group = market.value[workers, 0] % _GROUPS
    return [workers[group == number] for number in range(_GROUPS)]


def _outcome(
    auction: Auction,
    candidates: Candidates,
    weight: NDArray[np.float32],
    capacity: Int32s,
    turns: NDArray[np.float32],
    unit: float,
) -> Allocation:
    market = auction.market
    edges = np.sort(auction.held_edges())
    worker, place = np.divmod(edges, market.rows.shape[1])
    prices = auction.price * np.float64(unit)
    prices[capacity == 0] = float(weight.max(initial=0)) + float(turns.max(initial=0))
    listed = np.where(candidates.rows >= 0, weight, np.float32(-np.inf))
    at_most = partial(dual_bound, listed, market.rows, attention=market.attention, turn=turns)
    return Allocation(
        worker=worker.astype(np.int32),
        vacancy=market.rows[worker, place],
        utility=candidates.utility[worker, place],
        prices=prices,
        objective=math.fsum(weight[worker, place].tolist())
        + math.fsum(turns[auction.taken > 0].tolist()),
        bound=at_most(price=prices, capacity=capacity),
        unlimited=at_most(price=np.zeros(len(prices)), capacity=np.zeros_like(capacity)),
    )
