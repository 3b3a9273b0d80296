"""The open vacancies as ranking values, shared by all turns of a process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot.services.matching_views import vacancy_view
from matching.types import Vacancy
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

    def __init__(self) -> None:
        self._vacancies: tuple[Vacancy, ...] = ()
        self._versions: dict[UUID, int] = {}
        self._applied: dict[int, datetime] = {}
        self._cursor: int | None = None
        self._writing = threading.Lock()

    def open_vacancies(self) -> Sequence[Vacancy]:
        """Return the open vacancies, ascending by id."""
        return self._vacancies

    def refresh(self, uow: UnitOfWork) -> None:
        """Read what changed since the last refresh; the first one reads all that is open."""
        with self._writing:
            if self._cursor is None:
                self._read_all(uow)
            else:
                self._read_changes(uow)

    def _read_all(self, uow: UnitOfWork) -> None:
        # The cursor is read before the rows: what commits in between is read again.
        self._cursor = uow.recommendations.change_cursor(overlap=OVERLAP)
        self._apply(uow.vacancies.published())

    def _read_changes(self, uow: UnitOfWork) -> None:
        new = [change for change in self._since_cursor(uow) if change.seq not in self._applied]
        if not new:
            return
        self._apply(uow.recommendations.rows_of({change.vacancy_id for change in new}))
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

    def _apply(self, rows: Sequence[VacancyRow]) -> None:
        by_id = {vacancy.id: vacancy for vacancy in self._vacancies}
        for row in rows:
            if row.version < self._versions.get(row.id, 0):
                continue
            self._versions[row.id] = row.version
            if row.status is VacancyStatus.PUBLISHED:
                by_id[row.id.hex] = vacancy_view(row)
            else:
                by_id.pop(row.id.hex, None)
        self._vacancies = tuple(by_id[key] for key in sorted(by_id))
