"""What the ranking asks of its ports: all once, when knowledge is built, then nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from matching.ranking.ordering import rank
from matching.tables.knowledge import Knowledge
from matching.tables.vacancies import VacancyTable
from matching.types import Vacancy, WorkerProfile
from tests.matching.world import COUNTIES, JINGYANG, TRADES, ZHONGJIANG, Land, Trades, options

SEWER = WorkerProfile(id="w", home=ZHONGJIANG, trades=("缝纫工",))


class CountingTrades(Trades):
    """Counts how often each pair of trades is looked up."""

    def __init__(self) -> None:
        self.asked: Counter[tuple[str, str]] = Counter()

    def relation(self, a: str, b: str, /) -> str:
        self.asked[a, b] += 1
        return super().relation(a, b)


class CountingLand(Land):
    """Counts from how many seats distances were measured."""

    def __init__(self) -> None:
        self.measured: Counter[str] = Counter()

    def seat_distances_km(self, code: str, others: Sequence[str], /) -> Sequence[float | None]:
        self.measured[code] += 1
        return super().seat_distances_km(code, others)


def test_trades_are_asked_once_a_pair_and_never_while_ranking() -> None:
    trades = CountingTrades()
    knowledge = Knowledge(relations=trades, places=Land())
    assert set(trades.asked) == {(a, b) for a in TRADES for b in TRADES}
    table = VacancyTable.of([Vacancy(id=str(n), trade="缝纫工") for n in range(50)], knowledge)
    rank(SEWER, table, knowledge=knowledge, options=options(), limit=50)
    assert set(trades.asked.values()) == {1}


def test_distances_are_measured_once_for_each_home_that_occurs() -> None:
    land = CountingLand()
    knowledge = Knowledge(relations=Trades(), places=land)
    vacancies = [
        Vacancy(id=f"{n}", trade="缝纫工", adcode=adcode) for n, adcode in enumerate(COUNTIES)
    ]
    table = VacancyTable.of(vacancies, knowledge)
    for home in (ZHONGJIANG, JINGYANG, ZHONGJIANG):
        worker = WorkerProfile(id="w", home=home, trades=("缝纫工",))
        rank(worker, table, knowledge=knowledge, options=options(), limit=50)
    assert land.measured == {ZHONGJIANG: 1, JINGYANG: 1}
