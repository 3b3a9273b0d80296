"""Rankers that need nothing but the posted fields: what a plain program would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from bot.cli.pipes import Record

LONGEST_LIST = 50

Lists = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Market:
    """The lines of a ranking set as they stand, and the day.

    Attributes:
        workers: One object a worker.
        vacancies: One object a vacancy; each has another id.
    """

    workers: Sequence[Record]
    vacancies: Sequence[Record]
    today: date


def in_random_order(market: Market, rng: Random) -> Lists:
    """List vacancies as they come out of a hat, anew for each worker."""
    ids = [str(vacancy["id"]) for vacancy in market.vacancies]
    size = min(LONGEST_LIST, len(ids))
    return {str(worker["id"]): rng.sample(ids, size) for worker in market.workers}


def newest_first(market: Market) -> Lists:
    """List the same for everybody: the latest published first, then by id."""
    ordered = sorted(market.vacancies, key=lambda vacancy: str(vacancy["id"]))
    ordered.sort(key=lambda vacancy: str(vacancy.get("published_at") or ""), reverse=True)
    ids = [str(vacancy["id"]) for vacancy in ordered[:LONGEST_LIST]]
    return {str(worker["id"]): ids for worker in market.workers}


def filtered_by_wage(market: Market) -> Lists:
    """List what a query with conditions on the fields finds, the best paid first.

    Everything that makes a vacancy impossible, as far as the fields hold it: day, age, licences,
    schooling, reach, refused places, pay, lodging and groups. Neither the text nor the trade is
    looked at, for `skills` are words as said; wanted places are wishes.
    """
    paid = sorted(market.vacancies, key=lambda vacancy: (-_best_pay(vacancy), str(vacancy["id"])))
    return {
        str(worker["id"]): [
            str(vacancy["id"])
            for vacancy in paid
            if all(holds(worker, vacancy, market.today) for holds in _CONDITIONS)
        ][:LONGEST_LIST]
        for worker in market.workers
    }


def _is_open(_: Record, vacancy: Record, today: date) -> bool:
    last = vacancy.get("valid_until")
    return last is None or str(last) >= today.isoformat()


def _is_of_age(worker: Record, vacancy: Record, _: date) -> bool:
    age = worker.get("age")
    if age is None:
        return True
    return (
        _figure(vacancy, "age_min", 0)
        <= _figure(worker, "age", 0)
        <= _figure(vacancy, "age_max", 999)
    )


def _is_licensed(worker: Record, vacancy: Record, _: date) -> bool:
    return _words(vacancy, "certificates") <= _words(worker, "certificates")


def _is_schooled(worker: Record, vacancy: Record, _: date) -> bool:
    wanted, has = vacancy.get("education_min"), worker.get("education")
    if wanted not in _SCHOOLING or has not in _SCHOOLING:
        return True
    return _SCHOOLING[str(has)] >= _SCHOOLING[str(wanted)]


def _is_within_reach(worker: Record, vacancy: Record, _: date) -> bool:
    home, work = str(worker.get("home") or ""), str(vacancy.get("adcode") or "")
    digits = _REACH.get(str(worker.get("migration")), 0)
    refused = {_stem(code) for code in _words(worker, "excluded_locations")}
    return home[:digits] == work[:digits] and not any(work.startswith(code) for code in refused)


def _is_paid(worker: Record, vacancy: Record, _: date) -> bool:
    return _best_pay(vacancy) >= _figure(worker, "wage_min", 0)


def _is_lodged(worker: Record, vacancy: Record, _: date) -> bool:
    return not worker.get("wants_room_board") or vacancy.get("lodging") is not False


def _is_admitted(worker: Record, vacancy: Record, _: date) -> bool:
    reserved = _words(vacancy, "reserved_for")
    return not reserved or bool(reserved & _words(worker, "groups"))


_CONDITIONS: tuple[Callable[[Record, Record, date], bool], ...] = (
    _is_open, _is_of_age, _is_licensed, _is_schooled, _is_within_reach, _is_paid, _is_lodged,
    _is_admitted,
)  # fmt: skip
_SCHOOLING = {
    "none": 0, "primary": 1, "junior_high": 2, "senior_high": 3, "vocational": 3, "college": 4,
}  # fmt: skip
# How many digits of home and workplace have to agree.
_REACH = {"near_home": 6, "in_county": 6, "in_province": 2}
_A_MONTH = {"元/天": 26.0, "元/小时": 26.0 * 8}


def _best_pay(vacancy: Record) -> float:
    posted = _figure(vacancy, "wage_max", 0) or _figure(vacancy, "wage_min", 0)
    return posted * _A_MONTH.get(str(vacancy.get("wage_unit")), 1.0)


def _figure(record: Record, key: str, default: float) -> float:
    value = record.get(key)
    return float(value) if isinstance(value, (int, float)) else default


def _words(record: Record, key: str) -> set[str]:
    value = record.get(key)
    return {str(item) for item in value} if isinstance(value, list) else set()


def _stem(code: str) -> str:
    """Return the digits that all places in a province or a city share."""
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code
