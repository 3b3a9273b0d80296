"""A small world for the ranking: seven trades, nine counties, and distances between seats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from matching.pairs.judging import Judged
from matching.ranking.ordering import judge, rank
from matching.tables.going_wages import going_wages
from matching.tables.knowledge import Knowledge
from matching.tables.vacancies import VacancyTable
from matching.tables.workers import WorkerTable
from matching.types import Exclusion, ExclusionCode, Match, Vacancy, WorkerProfile
from matching.weights import Options, Weights

TODAY = date(2026, 11, 20)
ZHONGJIANG, JINGYANG, GUANGHAN, JINJIANG = "510623", "510603", "510681", "510104"
NANHUA, CANGSHAN = "510623102", "510623103"
YUBEI, YUNYANG, NANAN = "500112", "500235", "500108"
SHENZHEN_BAOAN, DONGGUAN = "440306", "441900"
ELSEWHERE = "990000"  # a code of no province
COUNTIES = (
    ZHONGJIANG,
    JINGYANG,
    GUANGHAN,
    JINJIANG,
    YUBEI,
    YUNYANG,
    NANAN,
    SHENZHEN_BAOAN,
)
TRADES = ("缝纫工", "裁剪工", "制鞋工", "电焊工", "电子装配工", "普工", "包装工")

_KM = {
    frozenset({JINGYANG, GUANGHAN}): 22.0,
    frozenset({JINGYANG, ZHONGJIANG}): 30.0,
    frozenset({GUANGHAN, JINJIANG}): 36.0,
    frozenset({GUANGHAN, ZHONGJIANG}): 43.0,
    frozenset({YUBEI, NANAN}): 21.0,
    frozenset({YUBEI, YUNYANG}): 230.0,
    frozenset({JINJIANG, YUBEI}): 270.0,
    frozenset({GUANGHAN, DONGGUAN}): 1250.0,
    frozenset({GUANGHAN, "510600"}): 25.0,
    frozenset({ZHONGJIANG, "510600"}): 31.0,
}
_RELATIONS = {
    frozenset({"缝纫工", "裁剪工"}): "near",
    frozenset({"缝纫工", "制鞋工"}): "transferable",
    frozenset({"包装工", "普工"}): "near",
}
_SKILLS = {"电子装配工": "trainable", "普工": "unskilled", "包装工": "unskilled"}


class Trades:
    """Relations between the seven trades; all others are skilled and unrelated."""

    def words(self) -> Sequence[str]:
        return TRADES

    def relation(self, a: str, b: str, /) -> str:
        return "same" if a == b else _RELATIONS.get(frozenset({a, b}), "unrelated")

    def skill(self, trade: str, /) -> str:
        return _SKILLS.get(trade, "skilled")


class Land:
    """Codes by prefix; a municipality is its own prefecture, as some lists have it."""

    def codes(self) -> Sequence[str]:
        cities = sorted({code[:4] + "00" for code in COUNTIES if code[:2] != "50"})
        provinces = sorted({code[:2] + "0000" for code in (*COUNTIES, DONGGUAN)})
        return (*COUNTIES, *cities, DONGGUAN, *provinces)

    def county_of(self, code: str, /) -> str | None:
        return code[:6] if code[:6] in COUNTIES else None

    def city_of(self, code: str, /) -> str | None:
        if code[:2] == "50":
            return "500000"
        if code == DONGGUAN:
            return code
        return code[:4] + "00" if code[2:4] != "00" else None

    def province_of(self, code: str, /) -> str | None:
        return None if code == ELSEWHERE else code[:2] + "0000"

    def seat_distances_km(self, code: str, others: Sequence[str], /) -> Sequence[float | None]:
        return [_KM.get(frozenset({code[:6], other[:6]})) for other in others]


@cache
def knowledge() -> Knowledge:
    return Knowledge(relations=Trades(), places=Land())


def options() -> Options:
    return Options(today=TODAY)


def market_options(vacancies: Sequence[Vacancy], weights: Weights) -> Options:
    """Rank as the product does: by learnt weights, and what trades pay in these vacancies."""
    going = going_wages(table(*vacancies), knowledge())
    return Options(today=TODAY, weights=weights, going=going.yuan)


def table(*vacancies: Vacancy) -> VacancyTable:
    return VacancyTable.of(vacancies, knowledge())


def judged(worker: WorkerProfile, vacancy: Vacancy) -> Judged:
    workers = WorkerTable.of([worker], knowledge())
    return judge(workers, table(vacancy), knowledge=knowledge(), options=options())


def all_exclusions(worker: WorkerProfile, vacancy: Vacancy) -> tuple[Exclusion, ...]:
    return judged(worker, vacancy).exclusions(0)


def codes(worker: WorkerProfile, vacancy: Vacancy) -> list[ExclusionCode]:
    return [exclusion.code for exclusion in all_exclusions(worker, vacancy)]


def ranked(
    worker: WorkerProfile, *vacancies: Vacancy, limit: int = 100, by: Options | None = None
) -> list[Match]:
    return rank(
        worker, table(*vacancies), knowledge=knowledge(), options=by or options(), limit=limit
    )


def ranked_ids(
    worker: WorkerProfile, *vacancies: Vacancy, limit: int = 100, by: Options | None = None
) -> list[str]:
    return [match.vacancy_id for match in ranked(worker, *vacancies, limit=limit, by=by)]


def sorted_workers(
    vacancy: Vacancy, *workers: WorkerProfile, by: Options | None = None
) -> tuple[list[Match], dict[str, tuple[Exclusion, ...]]]:
    found = judge(
        WorkerTable.of(workers, knowledge()), table(vacancy), knowledge=knowledge(),
        options=by or options(),
    )  # fmt: skip
    matches = [found.match(position) for position in found.ranked()]
    excluded = {
        found.crossing.workers.ids[position]: found.exclusions(position)
        for position in range(len(found))
        if found.bits[position]
    }
    return matches, excluded
