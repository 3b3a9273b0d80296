"""Stored rows and the content's tables as the ranking sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.services.people import licences
from content.catalogue import Catalogue
from content.occupations import Trades
from content.places import EARTH_RADIUS_KM, Places
from matching.pairs.judging import Judged
from matching.ports import SKILLED
from matching.ranking.ordering import judge
from matching.tables.knowledge import Knowledge
from matching.tables.vacancies import VacancyTable
from matching.tables.workers import WorkerTable
from matching.types import Education, Match, Vacancy, WorkerProfile
from matching.weights import Options
from storage.models import Vacancy as VacancyRow

if TYPE_CHECKING:  # the deployment holds the board, which is made of these views
    from bot.services.deployment import Deployment


@dataclass(frozen=True, slots=True)
class TradeView:
    """The content's trades in the words of the ranking."""

    trades: Trades

    def words(self) -> Sequence[str]:
        """List the canonical words."""
        return self.trades.words()

    def relation(self, a: str, b: str, /) -> str:
        """Tell how the worker's trade `a` serves in trade `b`."""
        return self.trades.relation(a, b).value

    def skill(self, trade: str, /) -> str:
        """Tell whether a beginner can start; what nobody knows is offered to no beginner."""
        known = self.trades.get(trade)
        return SKILLED if known is None else known.skilled


class PlaceColumns:
    """The content's places, with the seats of all counties as columns."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.county_of, self.city_of = places.county_of, places.city_of
        self.province_of = places.province_of
        self._codes = places.codes()
        seats = [places.seat(code) or (np.nan, np.nan) for code in self._codes]
        self._seats = np.radians(np.array(seats, dtype=np.float64))
        self._number = {code: number for number, code in enumerate(self._codes)}

    def __getstate__(self) -> dict[str, object]:
        """Travel without what numbers places: other processes get tables that are numbered."""
        return {name: self.__dict__[name] for name in ("_codes", "_seats", "_number")}

    def codes(self) -> Sequence[str]:
        """List provinces, cities and counties."""
        return self._codes

    def seat_distances_km(self, code: str, others: Sequence[str], /) -> Sequence[float | None]:
        """Measure great-circle kilometres between seats; nan where one is not known."""
        here = self._seats[self._number[code]]
        there = self._seats[[self._number[other] for other in others]]
        across, along = ((there - here) / 2).T
        half = np.sin(across) ** 2 + np.cos(here[0]) * np.cos(there[:, 0]) * np.sin(along) ** 2
        found: list[float | None] = (2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))).tolist()
        return found


def knowledge_of(catalogue: Catalogue) -> Knowledge:
    """Number the catalogue's trades and places; takes some 50 ms."""
    return Knowledge(relations=TradeView(catalogue.trades), places=PlaceColumns(catalogue.places))


def vacancy_view(row: VacancyRow, *, chance: float = 1.0) -> Vacancy:
    """Return a stored vacancy as the ranking sees it; its id is the row's hex key."""
    return Vacancy(
        id=row.id.hex,
        trade=row.trade,
        adcode=row.adcode or (row.town[:6] if row.town else None),
        town=row.town,
        wage_min=row.wage_min,
        wage_max=row.wage_max,
        wage_unit=row.wage_unit or "元/月",
        headcount=row.headcount,
        age_min=row.age_min,
        age_max=row.age_max,
        board=row.board,
        lodging=row.lodging,
        certificates=licences.required(row.certificates or ()),
        reserved_for=frozenset(row.reserved_for or ()),
        valid_until=row.valid_until,
        published_on=row.published_at.date() if row.published_at else None,
        employer=row.enterprise_id.hex,
        education=Education(row.education) if row.education else None,
        experience_years=row.experience_years,
        needs_skill=row.needs_skill,
        starts_on=row.starts_on,
        lasts_days=row.lasts_days,
        nearby_only=bool(row.nearby_only),
        chance=chance,
    )


def options_of(deployment: Deployment) -> Options:
    """Return day, weights and going wages as this bureau ranks with now."""
    board = deployment.board
    return Options(
        today=deployment.today,
        weights=board.weights_of(deployment.bureau_adcode),
        going=board.going_wages,
    )


def judge_worker(deployment: Deployment, profile: WorkerProfile, table: VacancyTable) -> Judged:
    """Judge one worker with every vacancy of a table made with the board's knowledge."""
    knowledge = deployment.board.knowledge
    workers = WorkerTable.of([profile], knowledge)
    return judge(workers, table, knowledge=knowledge, options=options_of(deployment))


def judge_vacancy(
    deployment: Deployment, vacancy: VacancyRow, profiles: Iterable[WorkerProfile]
) -> Judged:
    """Judge one vacancy, as it stands in the database now, with workers ascending by id."""
    board = deployment.board
    return judge(
        WorkerTable.of(profiles, board.knowledge),
        table_of(deployment, [vacancy]),
        knowledge=board.knowledge,
        options=options_of(deployment),
    )


def table_of(deployment: Deployment, rows: Iterable[VacancyRow]) -> VacancyTable:
    """Return stored rows as a table."""
    board = deployment.board
    return VacancyTable.of(
        [vacancy_view(row, chance=board.chance_of(row)) for row in rows], board.knowledge
    )


def match_rows(
    deployment: Deployment, profile: WorkerProfile, rows: Sequence[VacancyRow]
) -> dict[str, Match]:
    """Return the matches of `profile` with these rows as they stand now, by hex key."""
    if not rows:
        return {}
    judged = judge_worker(deployment, profile, table_of(deployment, rows))
    matches = [judged.match(position) for position in judged.ranked()]
    return {match.vacancy_id: match for match in matches}
