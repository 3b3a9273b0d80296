"""Workers against vacancies: what is compared once for each pair of distinct values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.pairs.place_fit import NOT_KNOWN, YES, Answers, home_fit, inside
from matching.pairs.trade_fit import trade_fit
from matching.tables.knowledge import Knowledge
from matching.tables.vacancies import Groups, Licences, VacancyTable
from matching.tables.workers import WorkerTable


class Crossing:
    """Two tables, compared once for each pair of distinct trades, places, licences and groups.

    Attributes:
        workers, vacancies, knowledge: What is compared.
        trades: Practices against the trades that occur.
        at: The distinct workplaces.
        homes: Homes against workplaces.
        inside: Sets of areas against workplaces.
        licensed: Held licences against required ones.
        admitted: Groups of workers against the groups that posts are reserved for.
    """

    def __init__(
        self,
        workers: WorkerTable,
        vacancies: VacancyTable,
        *,
        knowledge: Knowledge,
        going: NDArray[np.float32] | None,
    ) -> None:
        """Compare what is distinct in the two tables; `going` is (T,) yuan a month by trade."""
        self.workers = workers
        self.vacancies = vacancies
        self.knowledge = knowledge
        self.trades = trade_fit(workers, vacancies.trades, knowledge=knowledge, going=going)
        self.at = vacancies.workplaces_at
        self.homes = home_fit(workers.homes, self.at, knowledge)
        self.inside = inside(workers.area_columns, self.at, knowledge)
        self.licensed = _licensed(workers.held, vacancies.licences)
        self.admitted = _admitted(workers.groups, vacancies.reserved)


def lacking(held: tuple[str, ...], required: Licences, /) -> str | None:
    """Give the first requirement that nothing held meets; "A|B" is met by either."""
    return next((one for one in required if not any(each in held for each in one.split("|"))), None)


def _licensed(
    held: Sequence[tuple[str, ...] | None], required: Sequence[Licences]
) -> NDArray[np.int8]:
    table = np.full((len(held), len(required)), YES, dtype=np.int8)
    for row, licences in enumerate(held):
        for column, needed in enumerate(required):
            if needed:
                lacks = licences is not None and lacking(licences, needed) is not None
                table[row, column] = NOT_KNOWN if licences is None else int(not lacks)
    return table


def _admitted(groups: Sequence[Groups | None], reserved: Sequence[Groups]) -> Answers:
    table = np.full((len(groups), len(reserved)), YES, dtype=np.int8)
    for row, own in enumerate(groups):
        for column, wanted in enumerate(reserved):
            if wanted:
                table[row, column] = NOT_KNOWN if own is None else int(bool(wanted & own))
    return table
