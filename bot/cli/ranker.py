"""One set of vacancies, ranked for any worker as of one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.services.ranking.matching_views import knowledge_of
from content.catalogue import Catalogue
from matching.ranking.ordering import judge, rank
from matching.tables.going_wages import going_wages
from matching.tables.vacancies import VacancyTable
from matching.tables.workers import WorkerTable
from matching.types import Match, Reason, Vacancy, WorkerProfile
from matching.weights import Options

LONGEST_LIST = 50


class Ranker:
    """Ranks one set of vacancies for any worker, as of one day."""

    def __init__(self, catalogue: Catalogue, vacancies: Sequence[Vacancy], *, today: date) -> None:
        self._knowledge = knowledge_of(catalogue)
        self._table = VacancyTable.of(vacancies, self._knowledge)
        going = going_wages(self._table, self._knowledge).yuan
        self._options = Options(today=today, going=going)

    def best(self, worker: WorkerProfile, *, limit: int) -> list[str]:
        """Return the ids of the feasible vacancies, best first."""
        matches = rank(
            worker, self._table, knowledge=self._knowledge, options=self._options, limit=limit
        )
        return [match.vacancy_id for match in matches]

    def judged(
        self, worker: WorkerProfile, *, limit: int = LONGEST_LIST
    ) -> tuple[list[Match], dict[str, list[str]]]:
        """Return the feasible vacancies, best first, and the codes against every other one."""
        if not len(self._table):
            return [], {}
        workers = WorkerTable.of([worker], self._knowledge)
        pairs = judge(workers, self._table, knowledge=self._knowledge, options=self._options)
        matches = [pairs.match(int(position)) for position in pairs.ranked()[:limit]]
        excluded = {
            self._table.ids[pairs.vacancy_row(position)]: [
                found.code.value for found in pairs.exclusions(position)
            ]
            for position in range(len(pairs))
            if pairs.bits[position]
        }
        return matches, excluded


def reason_words(catalogue: Catalogue, match: Match) -> list[str]:
    """Return all that speaks for a vacancy in the words that workers read."""
    return [
        catalogue.texts.render(
            f"vacancy_lines.why.{reason.code.value}", "zh", value=_name(catalogue, reason)
        )
        for reason in match.reasons
    ]


def _name(catalogue: Catalogue, reason: Reason) -> str:
    value = reason.value
    if isinstance(value, str) and value.isdecimal() and catalogue.places.get(value):
        return catalogue.places.short_name(value)
    return "" if value is None else str(value)
