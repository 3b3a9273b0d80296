"""Chains of moves that make room: a bidder comes in, one holder moves on, and so to the end.

Where nearly as many places as bidders remain, every bid displaces somebody and all prices creep up
by a step a round. The end of that creeping is known beforehand: a price may rise until the first of
its holders would rather leave, or move to another vacancy at *its* highest price. These are
shortest paths, found by sweeps from above (Bellman and Ford); along them, bidders come in without
a war.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.spreading.auction import Auction, Int32s, Int64s

_MOST_SWEEPS = 60
_HOP = 1  # a unit for each move keeps paths from going round
_BEYOND = np.int32(2**29)
_NONE = -1


@dataclass(frozen=True, slots=True)
class HighestPrices:
    """The highest prices at which those who hold something stay content, to within a step.

    `price` (V,) is nowhere below the present one. `leaves` (V,) is the pair that gives way first,
    -1 where a place is free; `enters` (V,) is the pair this worker takes up instead, -1 for none.
    """

    price: Int32s
    leaves: Int64s
    enters: Int64s


@dataclass(frozen=True, slots=True)
class _Holders:
    workers: Int64s
    rows: Int32s
    value: Int32s
    floor: Int32s

    def best_else(self, price: Int32s) -> Int32s:
        surplus = self.value - price.take(self.rows)
        return np.maximum(surplus.max(axis=1), self.floor).astype(np.int32)


def highest_prices(auction: Auction, /) -> HighestPrices | None:
    """Find the highest prices, or None where nothing is full or the sweeps did not suffice."""
    market, edges = auction.market, auction.held_edges()
    full = (auction.filled == market.capacity) & (market.capacity > 0)
    if not full.any():
        return None
    holders = _holders(auction)
    of_holder = np.searchsorted(holders.workers, edges // market.rows.shape[1])
    worth = market.value.reshape(-1)[edges]
    held_at = np.flatnonzero(auction.filled)
    firsts = (np.cumsum(auction.filled) - auction.filled)[held_at]
    price = np.where(full, _BEYOND, auction.price)
    for _ in range(_MOST_SWEEPS):
        bearable = worth - holders.best_else(price)[of_holder] + np.int32(_HOP)
        least = np.minimum.reduceat(bearable, firsts)
        risen = price.copy()
        risen[held_at] = np.where(
            full[held_at], np.maximum(least, auction.price[held_at]), price[held_at]
        )
        if np.array_equal(risen, price):
            order = np.where(
                bearable == np.repeat(least, auction.filled[held_at]),
                np.arange(len(edges)),
                len(edges),
            )
            leaves = np.full(len(price), _NONE, dtype=np.int64)
            leaves[held_at] = edges[np.minimum.reduceat(order, firsts)]
            leaves[~full] = _NONE
            return HighestPrices(price, leaves, _enters(auction, price, leaves))
        price = risen
    return None


def _holders(auction: Auction) -> _Holders:
    market = auction.market
    workers = np.flatnonzero(auction.taken)
    value = np.where(auction.shut[workers], np.int32(-(2**30)), market.value[workers])
    floor = np.where(auction.taken == 1, -market.turn, 0)[workers].astype(np.int32)
    return _Holders(workers, market.rows[workers], value, floor)


def _enters(auction: Auction, price: Int32s, leaves: Int64s) -> Int64s:
    """Return, for each vacancy, where the worker of `leaves` would go."""
    market, width = auction.market, auction.market.rows.shape[1]
    at = np.flatnonzero(leaves >= 0)
    workers = leaves[at] // width
    surplus = market.value[workers] - price[market.rows[workers]]
    surplus = np.where(auction.shut[workers], -(2**30), surplus)
    place = surplus.argmax(axis=1)
    floor = np.where(auction.taken == 1, -market.turn, 0)[workers]
    stays_in = surplus[np.arange(len(at)), place] > floor
    enters = np.full(len(leaves), _NONE, dtype=np.int64)
    enters[at] = np.where(stays_in, workers * width + place, _NONE)
    return enters


def come_in(auction: Auction, highest: HighestPrices, bidders: Int64s, /) -> None:
    """Raise the prices, then let bidders in along chains that do not touch, lower rows first."""
    auction.raise_prices(highest.price)
    width = auction.market.rows.shape[1]
    rows = auction.market.rows.reshape(-1)
    used: set[int] = set()
    gone: list[int] = []
    come: list[int] = []
    for start in _best_pairs(auction, bidders).tolist():
        chain = _chain(start, highest, rows, width)
        leaving = [int(highest.leaves[rows[edge]]) for edge in chain]
        touched = {~(edge // width) for edge in (*chain, *leaving) if edge >= 0}
        touched |= {int(rows[edge]) for edge in chain}
        if chain and used.isdisjoint(touched):
            used |= touched
            come += chain
            gone += [edge for edge in leaving if edge >= 0]
    if come:
        auction.drop(np.array(gone, dtype=np.int64))
        entering = np.array(come, dtype=np.int64)
        auction.settle(entering, highest.price[rows[entering]].astype(np.int64))


def _chain(start: int, highest: HighestPrices, rows: Int32s, width: int) -> list[int]:
    """Return the pairs to enter, from the bidder's to the last; empty where it goes round."""
    chain, seen, edge = [start], {~(start // width)}, start
    while True:
        vacancy = int(rows[edge])
        leaves, edge = int(highest.leaves[vacancy]), int(highest.enters[vacancy])
        if vacancy in seen or (leaves >= 0 and ~(leaves // width) in seen):
            return []
        seen |= {vacancy, ~(leaves // width)}
        if edge < 0:
            return chain
        chain.append(edge)


def _best_pairs(auction: Auction, bidders: Int64s) -> Int64s:
    """Return each bidder's best pair at the present prices, if it is worth its price."""
    market, width = auction.market, auction.market.rows.shape[1]
    surplus = market.value[bidders] - auction.price[market.rows[bidders]]
    surplus = np.where(auction.shut[bidders], -(2**30), surplus)
    place = surplus.argmax(axis=1)
    least = np.where(auction.taken[bidders] == 0, -market.turn[bidders], 0)
    wants = surplus[np.arange(len(bidders)), place] > least
    wants &= auction.taken[bidders] < market.attention[bidders]
    return (bidders * width + place)[wants]
