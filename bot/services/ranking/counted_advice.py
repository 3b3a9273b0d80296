"""What changes of vacancies would bring, counted once a day and version."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from uuid import UUID

from matching.changes.vacancy_changes import Advice


class CountedAdvice:
    """The counts of one process and day.

    Counting goes over the whole register. And a count that moved with every registration would
    tell a firm who has just come.
    """

    def __init__(self) -> None:
        self._day: date | None = None
        self._found: dict[tuple[UUID, int], Advice] = {}
        self._writing = threading.Lock()

    def of(
        self, vacancy_id: UUID, version: int, *, today: date, count: Callable[[], Advice]
    ) -> Advice:
        """Return today's count of a version of a vacancy; `count` is called where there is none."""
        key = (vacancy_id, version)
        known = self._found.get(key) if self._day == today else None
        if known is not None:
            return known
        found = count()
        with self._writing:
            if self._day != today:
                self._day, self._found = today, {}
            return self._found.setdefault(key, found)
