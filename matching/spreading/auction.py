"""Many workers bid for few places at once: an ascending auction on whole numbers.

Values and prices are whole multiples of a small unit, so that sums are exact and nothing depends
on the order of the input. A worker bids for the best vacancies still wanted, each time as much as
makes it equal to the best one passed over, plus a step. A vacancy keeps its highest bids; its price
is the lowest bid kept, and 0 while a place is free. Prices only rise.

When nobody bids any more, each worker holds the best vacancies at the prices, to within a step
(Bertsekas' ε-complementary slackness, here with several places a vacancy and several vacancies a
worker).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
_BITS = 62  # of a sorting key, which is one signed number
_SHUT = np.int32(-(2**31))  # the key of what cannot be bid for


@dataclass(frozen=True, slots=True)
class Market:
    """What does not change while prices rise; money in units.

    `rows` (W, k) has 0 where `open_to` is False. `value` (W, k) is above 0 where it is True.
    `turn` (W,) is what a worker's first vacancy is worth beyond its value, `step` (W,) by
    how much the worker outbids. No capacity is 0 where somebody may bid.
    """

    rows: Int32s
    value: Int32s
    open_to: NDArray[np.bool_]
    capacity: Int64s
    attention: Int32s
    turn: Int32s
    step: Int32s

    @property
    def keys_per_unit(self) -> int:
        """A power of two that leaves room for a position in the list."""
        return 1 << int(self.rows.shape[1] - 1).bit_length()


@dataclass(frozen=True, slots=True)
class _Bids:
    """`edges` are worker · k + position."""

    edges: Int64s
    amounts: Int64s


class Auction:
    """The state of the bidding.

    `price` (V,), `shut` (W, k) True where held or never open, `taken` (W,) how many each worker
    holds. `slots` keeps, vacancy after vacancy, the bids kept, best first.
    """

    def __init__(self, market: Market) -> None:
        self.market = market
        workers, width = market.rows.shape
        self.price: Int32s = np.zeros(len(market.capacity), dtype=np.int32)
        self.shut = ~market.open_to
        self.taken: Int32s = np.zeros(workers, dtype=np.int32)
        self.filled: Int64s = np.zeros(len(market.capacity), dtype=np.int64)
        self.starts: Int64s = np.cumsum(market.capacity) - market.capacity
        self.slots: Int64s = np.zeros(int(market.capacity.sum()), dtype=np.int64)
        self._edge_bits = int(workers * width).bit_length()
        top = int(market.value.max(initial=0)) + int(market.turn.max(initial=0))
        top += int(market.step.max(initial=0))
        self._highest = top + 1
        self._bid_bits = int(self._highest).bit_length()
        if self._edge_bits + self._bid_bits + len(self.price).bit_length() > _BITS:
            raise ValueError("too many workers and vacancies for one auction; divide them")

    def bid(self, workers: Int64s, /) -> Int64s:
        """Let these workers bid once; return who has to bid again, ascending."""
        bids = self._bids_of(workers)
        if not len(bids.edges):
            return np.zeros(0, dtype=np.int64)
        return self.settle(bids.edges, bids.amounts)

    def settle(self, edges: Int64s, amounts: Int64s, /) -> Int64s:
        """Weigh bids against those kept; return the workers who lost one, ascending.

        Equal bids go to the lower row.
        """
        width = self.market.rows.shape[1]
        vacancies = self.market.rows.reshape(-1)[edges].astype(np.int64)
        touched = _members(vacancies, len(self.price))
        kept = self.filled[touched]
        bits = self._bid_bits + self._edge_bits
        keys = np.concatenate(
            (
                (np.repeat(touched, kept) << bits) | self.slots[_runs(self.starts[touched], kept)],
                (vacancies << bits) | ((self._highest - amounts) << self._edge_bits) | edges,
            )
        )
        keys.sort()
        size = kept + np.bincount(vacancies, minlength=len(self.price))[touched]
        first = np.cumsum(size) - size
        now = np.minimum(size, self.market.capacity[touched])
        inside = np.zeros(len(keys), dtype=np.bool_)
        inside[_runs(first, now)] = True
        entries = keys & ((1 << bits) - 1)
        self._take(entries[inside] & ((1 << self._edge_bits) - 1))
        out = entries[~inside] & ((1 << self._edge_bits) - 1)
        self._release(out)
        self.slots[_runs(self.starts[touched], now)] = entries[inside]
        self.filled[touched] = now
        full = now == self.market.capacity[touched]
        last = entries[(first + now - 1)[full]]
        self.price[touched[full]] = self._highest - (last >> self._edge_bits)
        return _members(out // width, len(self.taken))

    def raise_prices(self, price: Int32s, /) -> None:
        """Set prices, none lower than before; bids kept below them rise with them."""
        self.price = price
        edges = self.held_edges()
        at = np.repeat(price, self.filled).astype(np.int64)
        where = _runs(self.starts, self.filled)
        bids = np.maximum(self._highest - (self.slots[where] >> self._edge_bits), at)
        # The order within a vacancy may change: it is sorted again when the next bid arrives.
        self.slots[where] = ((self._highest - bids) << self._edge_bits) | edges

    def drop(self, edges: Int64s, /) -> None:
        """Give these held places back; prices stay as they are."""
        if not len(edges):
            return
        before = self.held_edges()
        entries = self.slots[_runs(self.starts, self.filled)]
        vacancy = np.repeat(np.arange(len(self.price)), self.filled)
        self._release(edges)
        stays = ~np.isin(before, edges, assume_unique=True)
        self.filled = np.bincount(vacancy[stays], minlength=len(self.price)).astype(np.int64)
        self.slots[_runs(self.starts, self.filled)] = entries[stays]

    def unmet(self, workers: Int64s, /) -> int:
        """Return at most how much these workers miss at the present prices."""
        market = self.market
        surplus = market.value[workers] - self.price[market.rows[workers]]
        ranked = -np.sort(np.where(self.shut[workers], 0, -np.maximum(surplus, 0)), axis=1)
        wanted = (market.attention - self.taken)[workers]
        counted = np.arange(ranked.shape[1])[None, :] < wanted[:, None]
        turns = market.turn[workers][self.taken[workers] == 0]
        return int(np.where(counted, ranked, 0).sum()) + int(turns.sum())

    def held_edges(self) -> Int64s:
        """Return the pairs held, vacancy after vacancy."""
        return self.slots[_runs(self.starts, self.filled)] & ((1 << self._edge_bits) - 1)

    def _take(self, edges: Int64s) -> None:
        new = edges[~self.shut.reshape(-1)[edges]]
        self.shut.reshape(-1)[new] = True
        self.taken += self._count(new)

    def _release(self, edges: Int64s) -> None:
        old = edges[self.shut.reshape(-1)[edges]]
        self.shut.reshape(-1)[old] = False
        self.taken -= self._count(old)

    def _count(self, edges: Int64s) -> Int32s:
        of_workers = np.bincount(edges // self.market.rows.shape[1], minlength=len(self.taken))
        return of_workers.astype(np.int32)

    def _bids_of(self, workers: Int64s) -> _Bids:
        market, scale = self.market, self.market.keys_per_unit
        width = market.rows.shape[1]
        value = market.value.take(workers, axis=0)
        keys = (value - self.price.take(market.rows.take(workers, axis=0))) * np.int32(scale)
        keys += np.arange(scale - 1, scale - 1 - width, -1, dtype=np.int32)
        keys[self.shut.take(workers, axis=0)] = _SHUT
        ranked = np.sort(keys, axis=1)
        lines = np.arange(len(workers))
        idle = self.taken[workers] == 0
        turn = np.where(idle, market.turn[workers], 0)
        passed_over = width - 1 - (market.attention[workers] - self.taken[workers])
        limit = np.where(passed_over < 0, _SHUT, ranked[lines, np.maximum(passed_over, 0)])
        wanted = keys > np.maximum(limit, scale - 1)[:, None]
        best = ranked[:, -1]
        first_only = (best < scale) & (best // scale > -turn) & (best != _SHUT)
        if first_only.any():
            wanted[first_only] = keys[first_only] == best[first_only, None]
        count = wanted.sum(axis=1)
        other = np.where(count < width, ranked[lines, np.maximum(width - 1 - count, 0)], _SHUT)
        other = np.maximum(other // scale, np.where(count == 1, -turn, 0))
        found = np.flatnonzero(wanted)
        line = found // width
        amounts = value.reshape(-1)[found] - other[line] + market.step[workers][line]
        return _Bids(workers[line] * width + found % width, amounts.astype(np.int64))


def _members(numbers: Int64s, size: int, /) -> Int64s:
    """Return the distinct numbers, ascending: `np.unique` without sorting."""
    seen = np.zeros(size, dtype=np.bool_)
    seen[numbers] = True
    return np.flatnonzero(seen)


def _runs(starts: Int64s, counts: Int64s, /) -> Int64s:
    """Return starts[0], starts[0] + 1, … counts[0] of them, then those of starts[1] and so on."""
    ends = np.cumsum(counts)
    return np.arange(int(counts.sum())) + np.repeat(starts - ends + counts, counts)
