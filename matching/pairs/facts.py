"""What is known about pairs of a worker and a vacancy, before anything is judged."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.pairs.crossing import Crossing
from matching.pairs.place_fit import NO, YES, Answers, Nearness, reach
from matching.pairs.trade_fit import NEAR_NUMBER, SKILLED_NUMBER, TRAINABLE_NUMBER
from matching.tables.knowledge import SKILLS
from matching.tables.vacancies import NOT_SAID

Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]
Cell = TypeVar("Cell", bound=np.generic)


class Facts:
    """Facts about N pairs, each found when it is first asked for; arrays are (N,) or (1,).

    Trinary facts are YES, NO or NOT_KNOWN. Wages are yuan a month, -1 where not said.

    Attributes:
        crossing: The two tables.
        worker: Rows of workers, (N,), or (1,) where all pairs have the same one.
        vacancy: Rows of vacancies, (N,), or (1,) likewise.
    """

    def __init__(self, crossing: Crossing, worker: Rows, vacancy: Rows) -> None:
        self.crossing = crossing
        self.worker = worker
        self.vacancy = vacancy

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.vacancy) if len(self.worker) == 1 else len(self.worker)

    def only(self, kept: Flags) -> Facts:
        """Return the facts of some of the pairs; what is known already is kept."""
        return self.take(np.flatnonzero(kept))

    def take(self, rows: Rows) -> Facts:
        """Return the facts of the pairs at these positions, in their order."""
        new = Facts(self.crossing, self.worker, self.vacancy)
        for name, values in vars(self).items():
            if isinstance(values, np.ndarray):
                vars(new)[name] = values if len(values) == 1 < len(self) else values.take(rows)
        return new

    def of_worker(self, column: NDArray[Cell]) -> NDArray[Cell]:
        """Read a column of the workers."""
        return column.take(self.worker)

    def of_vacancy(self, column: NDArray[Cell]) -> NDArray[Cell]:
        """Read a column of the vacancies."""
        return column.take(self.vacancy)

    @cached_property
    def wish(self) -> NDArray[np.int32]:
        """What the worker asks for."""
        return self.of_worker(self.crossing.workers.columns.wage)

    @cached_property
    def wants_room(self) -> Flags:
        """Whether the worker asks for lodging."""
        return self.of_worker(self.crossing.workers.columns.room) == YES

    @cached_property
    def tier(self) -> NDArray[np.int8]:
        """How far the worker goes, a number of TIERS."""
        return self.of_worker(self.crossing.workers.columns.tier)

    @cached_property
    def trade(self) -> NDArray[np.int16]:
        """The vacancy's trade by number."""
        return self.of_vacancy(self.crossing.vacancies.columns.craft) // len(SKILLS)

    @cached_property
    def skill(self) -> NDArray[np.int16]:
        """What the vacancy asks for, a number of SKILLS."""
        return self.of_vacancy(self.crossing.vacancies.columns.craft) % len(SKILLS)

    @cached_property
    def relation(self) -> NDArray[np.int8]:
        """How the worker's trades serve, a number of RELATIONS.

        Where people of the trade are wanted, what is only transferable from a trade that needs
        no skill is not worth enough.
        """
        trades, at = self.crossing.trades, self._practice_trade
        usual = _read(trades.relation, at)
        return np.where(self.skill == SKILLED_NUMBER, _read(trades.mastery, at), usual)

    @cached_property
    def refused_trade(self) -> Flags:
        """Whether the trade is one that the worker refused or gave up."""
        return _read(self.crossing.trades.refused, self._practice_trade)

    @cached_property
    def named(self) -> Flags:
        """Whether the worker named a trade."""
        return self.crossing.trades.named.take(self._practice)

    @cached_property
    def idle(self) -> Flags:
        """Whether the worker named no trade, or only such as need no skill."""
        return self.crossing.trades.idle.take(self._practice)

    @cached_property
    def usual(self) -> NDArray[np.float32]:
        """What the worker's own skilled trade pays elsewhere; nan where not known."""
        return self.crossing.trades.usual.take(self._practice)

    @cached_property
    def short_of_years(self) -> Flags:
        """Whether the vacancy asks for more years than the worker has in the trade or near it."""
        asked = self.of_vacancy(self.crossing.vacancies.columns.years)
        rows = np.flatnonzero(np.broadcast_to(asked > 0, len(self)))
        short = np.zeros(len(self), dtype=np.bool_)
        if len(rows):
            own = self.take(rows)
            years = own.years
            short[rows] = (years != NOT_SAID) & (years < asked.take(rows, mode="clip"))
        return short

    @cached_property
    def years(self) -> NDArray[np.int8]:
        """Years in the vacancy's trade or one near to it; -1 not known."""
        table = self.crossing.workers.years
        record = self.of_worker(self.crossing.workers.columns.record).astype(np.intp)
        sources = self.crossing.knowledge.near_from[self.trade]
        at = record[:, None] * table.shape[1] + sources
        return np.maximum.reduce(table.ravel().take(at), axis=1)

    @cached_property
    def within_reach(self) -> Answers:
        """Whether the workplace lies within the limit that the worker set."""
        homes = self.crossing.homes
        return reach(self.tier, _read(homes.same_county, self._home_place), self.same_province)

    @cached_property
    def same_province(self) -> Answers:
        """Whether home and workplace lie in one province."""
        return _read(self.crossing.homes.same_province, self._home_place)

    @cached_property
    def commute(self) -> Answers:
        """Whether one can go there and back every day."""
        return _read(self.crossing.homes.commute, self._home_place)

    @cached_property
    def km(self) -> NDArray[np.float32]:
        """Kilometres between the seats; nan where not known."""
        return _read(self.crossing.homes.km, self._home_place)

    @cached_property
    def nearness(self) -> Answers:
        """How near the workplace is, a number of Nearness; -1 not known."""
        level = _read(self.crossing.homes.nearness, self._home_place)
        town = self.of_worker(self.crossing.workers.columns.town)
        same_town = (town > 0) & (self.crossing.at.town.take(self._place) == town)
        return np.where(same_town, np.int8(Nearness.TOWN), level)

    @cached_property
    def names_places(self) -> Flags:
        """Whether the worker named wanted places."""
        return self.of_worker(self.crossing.workers.columns.wanted) > 0

    @cached_property
    def wanted(self) -> Answers:
        """Whether the workplace is wanted; NO also where none was named."""
        return self._inside(self.crossing.workers.columns.wanted)

    @cached_property
    def refused_place(self) -> Answers:
        """Whether the workplace lies in a refused place."""
        return self._inside(self.crossing.workers.columns.refused)

    @cached_property
    def licensed(self) -> Answers:
        """Whether every required licence is held."""
        held = self.of_worker(self.crossing.workers.columns.held)
        required = self.of_vacancy(self.crossing.vacancies.columns.licence)
        table = self.crossing.licensed
        return table.ravel().take(held * table.shape[1] + required)

    @cached_property
    def admitted(self) -> Answers:
        """Whether the post is for all, or for a group that the worker is in."""
        own = self.of_worker(self.crossing.workers.columns.groups)
        reserved = self.of_vacancy(self.crossing.vacancies.columns.reserved)
        table = self.crossing.admitted
        return table.ravel().take(own * table.shape[1] + reserved)

    @cached_property
    def begins(self) -> Flags:
        """Whether the worker would begin in a trade that is learnt at work.

        Where people of the trade are wanted, nobody is paid as a beginner, and work that needs no
        skill has none.
        """
        return (self.relation < NEAR_NUMBER) & (self.skill == TRAINABLE_NUMBER)

    @cached_property
    def offer(self) -> Rows:
        """Positions in what a table knows for people of the trade and for beginners."""
        return self.vacancy + self.begins * len(self.crossing.vacancies)

    @cached_property
    def best_wage(self) -> NDArray[np.int32]:
        """What this worker can reach: the upper end; for beginners the lower where one is given."""
        return self.crossing.vacancies.pay.take(self.offer)

    @cached_property
    def middle_wage(self) -> NDArray[np.float32]:
        """The middle between the lower end and `best_wage`; nan where nothing was said."""
        return self.crossing.vacancies.middle_pay.take(self.offer)

    def far_where(self, flags: Flags) -> Flags:
        """Tell which of the flagged pairs are beyond commuting."""
        rows = np.flatnonzero(np.broadcast_to(flags, len(self)))
        if not len(rows):
            return flags
        far = np.zeros(len(self), dtype=np.bool_)
        far[rows] = np.broadcast_to(self.commute, len(self)).take(rows) == NO
        return far

    @cached_property
    def _practice(self) -> NDArray[np.int32]:
        return self.of_worker(self.crossing.workers.columns.practice)

    @cached_property
    def _place(self) -> NDArray[np.int32]:
        return self.of_vacancy(self.crossing.vacancies.columns.workplace)

    @cached_property
    def _practice_trade(self) -> NDArray[np.intp]:
        at = self.crossing.vacancies.trade_at.take(self.trade)
        return self._practice * self.crossing.trades.relation.shape[1] + at

    @cached_property
    def _home_place(self) -> NDArray[np.int32]:
        home = self.of_worker(self.crossing.workers.columns.home)
        return home * self.crossing.homes.commute.shape[1] + self._place

    def _inside(self, column: NDArray[np.int32]) -> Answers:
        table = self.crossing.inside
        return table.ravel().take(self.of_worker(column) * table.shape[1] + self._place)


def _read(table: NDArray[Cell], at: NDArray[np.integer]) -> NDArray[Cell]:
    """Read a matrix at flat positions, which costs a fraction of what rows and columns do."""
    return table.ravel().take(at)
