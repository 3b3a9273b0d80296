"""The open vacancies as columns, shared by all turns of a process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import compress
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from bot.services.ranking.matching_views import knowledge_of, vacancy_view
from bot.services.ranking.standing import Standing, Standings, read_standings
from content.catalogue import Catalogue
from matching.learning.chances import with_chances
from matching.tables.going_wages import GoingWages, going_wages
from matching.tables.knowledge import Knowledge
from matching.tables.vacancies import VacancyTable
from matching.weights import Weights
from storage.models import Vacancy as VacancyRow
from storage.models import VacancyChange
from storage.states import VacancyStatus
from storage.unit_of_work import UnitOfWork

OVERLAP = timedelta(seconds=60)
PAGE = 1_000


class VacancyBoard:
    """The open vacancies; replaced as a whole on change, so readers never lock.

    A change may become visible after a later one (its transaction took longer), so every
    refresh reads again what was written within a minute before the newest change it knows.
    """

    def __init__(self, catalogue: Catalogue, knowledge: Knowledge | None = None) -> None:
        """Begin empty; trades and places are the catalogue's, numbered before or now."""
        self._catalogue = catalogue
        self._knowledge = knowledge
        self._table: VacancyTable | None = None
        self._going: GoingWages | None = None
        self._standings = Standings()
        self._bureaus: dict[str, str] = {}  # of the rows of the table, by their keys
        self._versions: dict[UUID, int] = {}
        self._applied: dict[int, datetime] = {}
        self._cursor: int | None = None
        self._writing = threading.Lock()

    @cached_property
    def knowledge(self) -> Knowledge:
        """The trades and places by number; made when first asked for."""
        return self._knowledge or knowledge_of(self._catalogue)

    @property
    def table(self) -> VacancyTable:
        """The open vacancies, ascending by id."""
        return self._table or VacancyTable.of([], self.knowledge)

    @property
    def going(self) -> GoingWages:
        """What each trade pays in the open vacancies of all bureaus.

        Neighbouring bureaus share one labour market, and a small one alone has too few posts.
        """
        return self._going or going_wages(self.table, self.knowledge)

    @property
    def going_wages(self) -> NDArray[np.float32]:
        """Yuan a month by trade number; nan where too few posts tell."""
        return self.going.yuan

    def standing_of(self, bureau_adcode: str) -> Standing:
        """Return what a bureau ranks by: its weights and its chances of success."""
        return self._standings.of(bureau_adcode)

    def weights_of(self, bureau_adcode: str) -> Weights:
        """Return the weights that a bureau ranks with."""
        return self.standing_of(bureau_adcode).weights

    def chance_of(self, row: VacancyRow) -> float:
        """Return how likely a showing of this vacancy leads to a kept job, beside others."""
        return self.standing_of(row.bureau_adcode).chance_of(row)

    def refresh(self, uow: UnitOfWork) -> None:
        """Read what changed since the last refresh; the first one reads all that is open.

        New chances of success, once a day at most, change one column of the table and read no row.
        """
        with self._writing:
            standings = read_standings(uow, self._standings)
            if self._cursor is None:
                self._read_all(uow, standings)
            else:
                self._read_changes(uow, standings)
                if not standings.has_the_chances_of(self._standings):
                    self._take_chances(standings)
            # Last, so that a refresh that failed is made up for by the next one.
            self._standings = standings

    def _read_all(self, uow: UnitOfWork, standings: Standings) -> None:
        # The cursor is read before the rows: what commits in between is read again.
        cursor = uow.recommendations.change_cursor(overlap=OVERLAP)
        self._apply(uow.vacancies.published(), standings)
        self._cursor = cursor

    def _take_chances(self, standings: Standings) -> None:
        table = self.table
        columns = table.columns
        chances = [
            standings.of(self._bureaus[key]).chance_for(table.words[word], table.employers[firm])
            for key, word, firm in zip(
                table.ids, columns.word.tolist(), columns.employer.tolist(), strict=True
            )
        ]
        self._table = with_chances(table, chances)

    def _read_changes(self, uow: UnitOfWork, standings: Standings) -> None:
        new = [change for change in self._since_cursor(uow) if change.seq not in self._applied]
        if not new:
            return
        self._apply(uow.recommendations.rows_of({change.vacancy_id for change in new}), standings)
        self._applied.update((change.seq, change.at) for change in new)
        newest = max(self._applied.values())
        unsettled = [seq for seq, at in self._applied.items() if at >= newest - OVERLAP]
        self._cursor = max(self._cursor or 0, min(unsettled) - 1)
        for seq in [seq for seq in self._applied if seq <= self._cursor]:
            del self._applied[seq]

    def _since_cursor(self, uow: UnitOfWork) -> list[VacancyChange]:
        changes: list[VacancyChange] = []
        after = self._cursor or 0
        while page := uow.vacancies.changes_after(after, limit=PAGE):
            changes += page
            after = page[-1].seq
            if len(page) < PAGE:
                break
        return changes

    def _apply(self, rows: Sequence[VacancyRow], standings: Standings) -> None:
        rows = [row for row in rows if row.version >= self._versions.get(row.id, 0)]
        is_open = [row.status is VacancyStatus.PUBLISHED for row in rows]
        news = [
            vacancy_view(row, chance=standings.of(row.bureau_adcode).chance_of(row))
            for row in compress(rows, is_open)
        ]
        gone = [row.id.hex for row, still in zip(rows, is_open, strict=True) if not still]
        table = self.table.changed(news, gone)
        self._going = going_wages(table, self.knowledge)
        self._bureaus.update((row.id.hex, row.bureau_adcode) for row in compress(rows, is_open))
        for key in gone:
            self._bureaus.pop(key, None)
        self._versions.update((row.id, row.version) for row in rows)
        self._table = table
