"""Leaves out what cannot be among the best before anything costly is computed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.pairs import misses, requirements
from matching.pairs.crossing import Crossing
from matching.pairs.facts import Facts, Flags, Rows
from matching.pairs.offers import RULED_OUT, offers_of
from matching.pairs.place_fit import NO
from matching.pairs.scoring import GRADES, Values, highest
from matching.tables.vacancies import NOT_SAID, OLDEST
from matching.types import ExclusionCode, ReasonCode
from matching.weights import Options

Counts = NDArray[np.uint8]

# What a glance has not judged for good, the most telling first.
_REQUIREMENTS = (
    ExclusionCode.WAGE,
    ExclusionCode.AVAILABILITY,
    ExclusionCode.NEARBY_ONLY,
    ExclusionCode.GIG_FAR,
    ExclusionCode.ROOM_BOARD,
)
# What depends on nothing of a vacancy but its trade and skill, its workplace, or its lodging.
_OF_CRAFT = (ReasonCode.TRADE_TRANSFERABLE, ReasonCode.TRADE_OTHER)
_OF_WORKPLACE = (ReasonCode.PLACE_UNWANTED,)
_OF_LODGING = (ReasonCode.LODGING_UNSTATED, ReasonCode.LODGING_DENIED)
_CRAFT_RULES = (ExclusionCode.TRADE,)
_WORKPLACE_RULES = (ExclusionCode.MIGRATION, ExclusionCode.EXCLUDED_PLACE)

_GLANCE = requirements.WAGE_FLOOR_PERCENT / 100 - 0.001  # a little generous: judged exactly after
_MOST = np.iinfo(np.int8).max


class Glance:
    """Some workers with all vacancies, sorted by what kinds and plain columns tell of them.

    Attributes:
        crossing: The tables.
        workers: (W,) their rows.
        misses: (V, W) misses that a pair has at the least; `RULED_OUT` and more is impossible.
            Rows of bytes are copied and whole columns compared, which costs a tenth of looking
            at pairs; what is left is judged by the requirements themselves.
    """

    def __init__(
        self,
        crossing: Crossing,
        workers: Rows,
        options: Options,
        *,
        without: NDArray[np.bool_] | None = None,
    ) -> None:
        """Look at all pairs; `without` (V,) tells which vacancies to leave out."""
        self.crossing = crossing
        self.workers = workers
        table, today = crossing.vacancies, options.today
        offers = offers_of(crossing, options)
        rows = table.rows_of_kinds
        crafts = self._of_kinds(rows.craft, _OF_CRAFT, _CRAFT_RULES, today)
        lodging = self._of_kinds(rows.lodging, _OF_LODGING, (), today)
        both = (crafts[:, None] + lodging).reshape(-1, len(workers))
        found = np.take(both, table.craft_and_lodging, axis=0)
        workplaces = self._of_kinds(rows.workplace, _OF_WORKPLACE, _WORKPLACE_RULES, today)
        found += np.take(workplaces, table.columns.workplace, axis=0)
        wish = crossing.workers.columns.wage[workers]
        found += table.pays_at_most[:, None] < wish  # below it, or not said: a miss either way
        found += offers.faults[:, None]
        if without is not None:
            found[without] = RULED_OUT
        found |= self._ruled_out(wish) * RULED_OUT
        self.misses: Counts = found
        self._best_chance = offers.best_chance

    def pairs(self, grade: int, above: Values) -> Facts:
        """Give the pairs that could at best have a grade, by vacancy, then worker.

        Args:
            grade: The highest that their misses allow; 1 also stands for all lower.
            above: (W,) scores; pairs that cannot reach that of their worker are left out.
        """
        size = len(self.workers)
        at = np.flatnonzero(self._could_be(grade, above))
        if size == 1:
            return Facts(self.crossing, self.workers, at)
        vacancy, number = np.divmod(at, size)
        return Facts(self.crossing, self.workers[number], vacancy)

    def _could_be(self, grade: int, above: Values) -> Flags:
        """Tell which pairs could have a grade and reach a score, (V, W), or none at all."""
        if (above > highest(grade, self._best_chance)).all():
            return np.zeros(0, np.bool_)
        count = GRADES - grade
        if grade == 1:
            found = (self.misses >= count) & (self.misses < RULED_OUT)
        else:
            found = self.misses == count
        if above.any():
            best = highest(grade, self.crossing.vacancies.columns.chance)
            found &= best[:, None] >= above
        return found

    def _ruled_out(self, wish: NDArray[np.int32]) -> Flags:
        """Tell what papers, age, schooling or pay rule out, (V, W)."""
        table, columns = self.crossing.vacancies, self.crossing.workers.columns
        posts, workers = table.columns, self.workers
        age, schooling = columns.age[workers], columns.education[workers]
        out = posts.age_high[:, None] < age
        out |= posts.age_low[:, None] > np.where(age == NOT_SAID, OLDEST, age)
        out |= posts.education[:, None] > np.where(schooling == NOT_SAID, _MOST, schooling)
        # As unsigned numbers what was not said is above every floor.
        floor = np.maximum(wish * _GLANCE, 0).astype(np.uint32)
        out |= table.pays_at_most.view(np.uint32)[:, None] < floor
        if len(table.licences) > 1:
            lacks = self.crossing.licensed[columns.held[workers]] == NO
            out |= _by_kind(lacks, posts.licence)
        if len(table.reserved) > 1:
            out |= _by_kind(self.crossing.admitted[columns.groups[workers]] == NO, posts.reserved)
        return out

    def _of_kinds(
        self,
        rows: Rows,
        soft: Sequence[ReasonCode],
        hard: Sequence[ExclusionCode],
        today: date,
    ) -> Counts:
        """Judge what depends on the kind alone with one vacancy of each kind, (kinds, W)."""
        size = len(self.workers)
        facts = Facts(self.crossing, np.tile(self.workers, len(rows)), np.repeat(rows, size))
        found = np.zeros(len(facts), np.uint8)
        for missed in soft:
            found += misses.CHECKS[missed](facts)
        for rule in hard:
            out = requirements.CHECKS[rule](facts, today.toordinal())
            found[out] = RULED_OUT
        return found.reshape(len(rows), size)


def impossible(facts: Facts, *, today: date) -> Flags:
    """Tell which pairs a requirement rules out that a glance has not judged, (N,)."""
    found = np.zeros(len(facts), dtype=np.bool_)
    for code in _REQUIREMENTS:
        found |= requirements.CHECKS[code](facts, today.toordinal())
    return found


def _by_kind(flags: Flags, kinds: NDArray[np.integer]) -> Flags:
    """Spread (W, kinds) over the vacancies of each kind, (V, W)."""
    return np.take(np.ascontiguousarray(flags.T), kinds, axis=0)
