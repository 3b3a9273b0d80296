"""What a ranking may ask of the ports: they can be slow, so each question once a call."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from matching.ranking import Weights, rank, rank_workers
from matching.types import Vacancy, WorkerProfile
from tests.matching.world import JINGYANG, TODAY, ZHONGJIANG, Land, Trades

SEWER = WorkerProfile(id="w", home=ZHONGJIANG, trades=("缝纫工",))
SEWING = Vacancy(id="v", trade="缝纫工", adcode=JINGYANG)


class CountingTrades(Trades):
    """Counts how often each pair of trades is looked up."""

    def __init__(self) -> None:
        self.asked: Counter[tuple[str, str]] = Counter()

    def relation(self, a: str, b: str, /) -> str:
        self.asked[a, b] += 1
        return super().relation(a, b)


class CountingLand(Land):
    """Counts how often each place is looked up."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def county_of(self, code: str, /) -> str | None:
        self.asked[code] += 1
        return super().county_of(code)


def test_knowledge_is_asked_once_however_many_vacancies_there_are() -> None:
    trades, land = CountingTrades(), CountingLand()
    offered = [replace(SEWING, id=str(n)) for n in range(50)]
    rank(SEWER, offered, weights=Weights(), relations=trades, places=land, today=TODAY, limit=50)
    assert trades.asked == {("缝纫工", "缝纫工"): 1}
    assert land.asked == {ZHONGJIANG: 1, JINGYANG: 1}


def test_a_place_is_looked_up_once_for_a_crowd_of_neighbours() -> None:
    trades, land = CountingTrades(), CountingLand()
    crowd = [replace(SEWER, id=str(n)) for n in range(50)]
    rank_workers(SEWING, crowd, weights=Weights(), relations=trades, places=land, today=TODAY)
    assert trades.asked == {("缝纫工", "缝纫工"): 1}
    assert land.asked == {ZHONGJIANG: 1, JINGYANG: 1}
