"""Pairs judged one by one: the score, and why or why not."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.pairs import requirements, telling
from matching.pairs.facts import Facts, Rows
from matching.pairs.matches import pairs, told
from matching.pairs.misses import miss_bits
from matching.pairs.reasons import reason_bits
from matching.pairs.requirements import exclusion_bits
from matching.pairs.scoring import grade_of, scores
from matching.types import Exclusion, Match
from matching.weights import Options


class Judged:
    """Pairs of two tables, each thing found when it is first asked for.

    Attributes:
        facts: What is known of the pairs.
        crossing: The tables.
        options: What they are judged with.
    """

    def __init__(self, facts: Facts, options: Options) -> None:
        self.crossing = facts.crossing
        self.facts = facts
        self.options = options

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.facts)

    @cached_property
    def bits(self) -> NDArray[np.uint16]:
        """Exclusions, (N,): bit n is `requirements.CODES[n]`; 0 is feasible."""
        return exclusion_bits(self.facts, today=self.options.today)

    @cached_property
    def misses(self) -> NDArray[np.uint16]:
        """Soft misses, (N,): bits of `misses.CODES`."""
        return miss_bits(self.facts)

    @cached_property
    def grade(self) -> NDArray[np.int8]:
        """The grade, (N,), as if feasible: 3 to 1."""
        return grade_of(self.misses)

    @cached_property
    def score(self) -> NDArray[np.float32]:
        """Utility times chance, (N,), as if feasible."""
        return np.broadcast_to(scores(self.facts, self.misses, self.options), len(self))

    @cached_property
    def reasons(self) -> NDArray[np.uint16]:
        """What speaks for the pairs, (N,): bits of `reasons.CODES`."""
        return reason_bits(self.facts)

    def worker_row(self, position: int, /) -> int:
        """Give the worker of a pair."""
        return _row(self.facts.worker, position)

    def vacancy_row(self, position: int, /) -> int:
        """Give the vacancy of a pair."""
        return _row(self.facts.vacancy, position)

    def ranked(self) -> NDArray[np.intp]:
        """List the positions of the feasible pairs, best first; equal ones as they stand."""
        feasible = np.flatnonzero(self.bits == 0)
        found = Judged(self.facts.take(feasible), self.options)
        return feasible[np.argsort(-found.score, kind="stable")]

    def told(self, positions: NDArray[np.intp], /) -> list[Match]:
        """Tell why some pairs fit, in the order given; meaningful for feasible ones."""
        found = Judged(self.facts.take(positions), self.options)
        return told(found.facts, found.misses, found.score, self.options)

    def match(self, position: int, /) -> Match:
        """Tell why a pair fits; meaningful for a feasible one."""
        return self.told(np.array([position]))[0]

    def matches(self) -> list[Match]:
        """Tell why each feasible pair fits, best first."""
        return self.told(self.ranked())

    def excluded_workers(self) -> dict[str, tuple[Exclusion, ...]]:
        """Give all exclusions of each worker for whom the one vacancy is impossible, by id."""
        ids = self.crossing.workers.ids
        positions = np.flatnonzero(self.bits)
        found = zip(positions.tolist(), self.excluded(positions), strict=True)
        return {ids[self.worker_row(position)]: reasons for position, reasons in found}

    def excluded(self, positions: NDArray[np.intp], /) -> list[tuple[Exclusion, ...]]:
        """Give every reason against some pairs, in the order of ExclusionCode."""
        told_pairs = pairs(self.facts.take(positions))
        crossing = self.crossing
        return [
            tuple(
                Exclusion(code, telling.demand(code, crossing, pair))
                for code in requirements.codes_in(bits)
            )
            for pair, bits in zip(told_pairs, self.bits[positions].tolist(), strict=True)
        ]

    def exclusions(self, position: int, /) -> tuple[Exclusion, ...]:
        """Give every reason against one pair; empty is feasible."""
        return self.excluded(np.array([position]))[0]


def _row(rows: Rows, position: int) -> int:
    return int(rows[position if len(rows) > 1 else 0])
