"""A small world for the ranking: seven trades, nine counties, and distances between seats."""

from __future__ import annotations

from datetime import date

from matching.pairing import Pair, Pairing
from matching.ranking import Weights, rank, rank_workers
from matching.requirements import exclusions
from matching.types import Exclusion, ExclusionCode, Match, Vacancy, WorkerProfile

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

    def relation(self, a: str, b: str, /) -> str:
        return "same" if a == b else _RELATIONS.get(frozenset({a, b}), "unrelated")

    def skill(self, trade: str, /) -> str:
        return _SKILLS.get(trade, "skilled")


class Land:
    """Codes by prefix; a municipality is its own prefecture, as some lists have it."""

    def county_of(self, code: str, /) -> str | None:
        return code[:6] if code[:6] in COUNTIES else None

    def city_of(self, code: str, /) -> str | None:
        if code[:2] == "50":
            return "500000"
        return code[:4] + "00" if code[2:4] != "00" else None

    def province_of(self, code: str, /) -> str | None:
        return None if code == ELSEWHERE else code[:2] + "0000"

    def seat_distance_km(self, a: str, b: str, /) -> float | None:
        return _KM.get(frozenset({a[:6], b[:6]}))


def all_exclusions(worker: WorkerProfile, vacancy: Vacancy) -> tuple[Exclusion, ...]:
    return exclusions(worker, vacancy, relations=Trades(), places=Land(), today=TODAY)


def codes(worker: WorkerProfile, vacancy: Vacancy) -> list[ExclusionCode]:
    return [exclusion.code for exclusion in all_exclusions(worker, vacancy)]


def pair(worker: WorkerProfile, vacancy: Vacancy) -> Pair:
    return Pairing(relations=Trades(), places=Land()).pair(worker, vacancy)


def ranked(worker: WorkerProfile, *vacancies: Vacancy, limit: int = 100) -> list[Match]:
    return rank(
        worker,
        vacancies,
        weights=Weights(),
        relations=Trades(),
        places=Land(),
        today=TODAY,
        limit=limit,
    )


def ranked_ids(worker: WorkerProfile, *vacancies: Vacancy, limit: int = 100) -> list[str]:
    return [match.vacancy_id for match in ranked(worker, *vacancies, limit=limit)]


def sorted_workers(
    vacancy: Vacancy, *workers: WorkerProfile
) -> tuple[list[Match], dict[str, tuple[Exclusion, ...]]]:
    return rank_workers(
        vacancy, workers, weights=Weights(), relations=Trades(), places=Land(), today=TODAY
    )
