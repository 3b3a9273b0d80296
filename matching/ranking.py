"""Orders vacancies for a worker and workers for a vacancy: requirements first, then the score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import NamedTuple

from matching import similarity
from matching.explain import reasons_of
from matching.pairing import Pair, Pairing
from matching.ports import PlaceView, TradeRelations
from matching.requirements import exclusions_of, is_feasible, needs
from matching.types import Exclusion, Match, Reason, Vacancy, WorkerProfile

_GRADES = 3
_NOTHING_KNOWN = 0.5  # the mean of no terms: neither good nor bad


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each term counts within a grade; soft misses come before any weight.

    Attributes:
        usual_wage: Yuan a month a vacancy is compared with for a worker without a stated wish.

    Raises:
        ValueError: A weight is negative, or `usual_wage` is not above zero.
    """

    trade: float = 3.0
    place: float = 2.0
    wage: float = 2.0
    lodging: float = 1.0
    board: float = 0.5
    usual_wage: int = 5000

    def __post_init__(self) -> None:
        """Refuse weights that would turn the order round."""
        if min(self.trade, self.place, self.wage, self.lodging, self.board) < 0:
            raise ValueError("a weight is negative")
        if self.usual_wage <= 0:
            raise ValueError("usual_wage must be above zero")


class _Scored(NamedTuple):
    score: float
    misses: tuple[Reason, ...]
    terms: tuple[tuple[str, float], ...]


def rank(
    worker: WorkerProfile,
    vacancies: Iterable[Vacancy],
    *,
    weights: Weights,
    relations: TradeRelations,
    places: PlaceView,
    today: date,
    limit: int,
) -> list[Match]:
    """Give the best feasible vacancies, best first, at most `limit`; ties by ascending id.

    The list ends where nothing feasible is left.
    """
    pairing = Pairing(relations=relations, places=places)
    pairs = (pairing.pair(worker, vacancy) for vacancy in vacancies)
    scored = ((_score(pair, weights), pair) for pair in pairs if is_feasible(pair, today))
    best = nsmallest(limit, scored, key=lambda item: (-item[0].score, item[1].vacancy.id))
    return [_match(pair, result) for result, pair in best]


def rank_workers(
    vacancy: Vacancy,
    workers: Iterable[WorkerProfile],
    *,
    weights: Weights,
    relations: TradeRelations,
    places: PlaceView,
    today: date,
) -> tuple[list[Match], dict[str, tuple[Exclusion, ...]]]:
    """Give all feasible workers, best first, and for every other one all exclusions, by id.

    Every worker stands in exactly one of the two; ids must be distinct.
    """
    pairing = Pairing(relations=relations, places=places)
    matched: list[Match] = []
    excluded: dict[str, tuple[Exclusion, ...]] = {}
    for worker in workers:
        pair = pairing.pair(worker, vacancy)
        found = exclusions_of(pair, today)
        if found:
            excluded[worker.id] = found
        else:
            matched.append(_match(pair, _score(pair, weights)))
    matched.sort(key=lambda match: (-match.score, match.worker_id))
    return matched, dict(sorted(excluded.items()))


def _score(pair: Pair, weights: Weights) -> _Scored:
    values = (
        ("trade", similarity.trade(pair), weights.trade),
        ("place", similarity.place(pair), weights.place),
        ("wage", similarity.wage(pair, usual=weights.usual_wage), weights.wage),
        ("lodging", similarity.lodging(pair), weights.lodging),
        ("board", similarity.board(pair), weights.board),
    )
    total = weight_sum = 0.0
    terms = []
    for name, value, weight in values:
        if value is not None:
            terms.append((name, value))
            total += value * weight
            weight_sum += weight
    mean = total / weight_sum if weight_sum else _NOTHING_KNOWN
    misses = similarity.misses(pair)
    grade = max(1, _GRADES - len(misses))
    return _Scored((grade - 1 + mean) / _GRADES, misses, tuple(terms))


def _match(pair: Pair, result: _Scored) -> Match:
    return Match(
        vacancy_id=pair.vacancy.id,
        worker_id=pair.worker.id,
        score=result.score,
        reasons=reasons_of(pair),
        misses=result.misses,
        terms=result.terms,
        needs=needs(pair),
    )
