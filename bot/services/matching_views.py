"""Stored rows and the content's tables as the ranking sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.occupations import Trades
from matching.pairing import Pairing
from matching.ports import TRAINABLE
from matching.ranking import Weights, rank
from matching.requirements import is_feasible
from matching.types import Match, Vacancy, WorkerProfile
from storage.models import Vacancy as VacancyRow

if TYPE_CHECKING:  # the deployment holds the board, which is made of these views
    from bot.services.deployment import Deployment

WEIGHTS = Weights()
# Had within days at the local hospital; nobody is kept from a vacancy for the want of it.
SOON_HAD = frozenset({"健康证"})


@dataclass(frozen=True, slots=True)
class TradeView:
    """The content's trades in the words of the ranking."""

    trades: Trades

    def relation(self, a: str, b: str, /) -> str:
        """Tell how the worker's trade `a` serves in trade `b`."""
        return self.trades.relation(a, b).value

    def skill(self, trade: str, /) -> str:
        """Tell whether a beginner can start; an unknown word is taken for a trade of weeks."""
        known = self.trades.get(trade)
        return TRAINABLE if known is None else known.skilled


def vacancy_view(row: VacancyRow) -> Vacancy:
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
        certificates=tuple(one for one in row.certificates or () if one not in SOON_HAD),
        valid_until=row.valid_until,
    )


def best_matches(
    deployment: Deployment,
    profile: WorkerProfile,
    vacancies: Iterable[Vacancy],
    *,
    limit: int,
) -> list[Match]:
    """Return the feasible vacancies for `profile`, best first, at most `limit`."""
    return rank(
        profile,
        vacancies,
        weights=WEIGHTS,
        relations=TradeView(deployment.catalogue.trades),
        places=deployment.catalogue.places,
        today=deployment.today,
        limit=limit,
    )


def feasible_keys(
    deployment: Deployment, profile: WorkerProfile, vacancies: Iterable[Vacancy]
) -> frozenset[str]:
    """Return the ids of the vacancies that are possible for `profile`, without ranking them."""
    pairing = Pairing(
        relations=TradeView(deployment.catalogue.trades), places=deployment.catalogue.places
    )
    today = deployment.today
    return frozenset(
        vacancy.id for vacancy in vacancies if is_feasible(pairing.pair(profile, vacancy), today)
    )


def match_rows(
    deployment: Deployment, profile: WorkerProfile, rows: Sequence[VacancyRow]
) -> dict[str, Match]:
    """Return the matches of `profile` with these rows as they stand now, by hex key."""
    views = [vacancy_view(row) for row in rows]
    matches = best_matches(deployment, profile, views, limit=max(1, len(views)))
    return {match.vacancy_id: match for match in matches}
