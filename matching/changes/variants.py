"""Every single change of a worker or a vacancy that is worth trying, the smaller ones first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from matching.pairs.crossing import lacking
from matching.pairs.judging import Judged
from matching.pairs.place_fit import YES
from matching.tables.vacancies import NOT_SAID
from matching.types import ExclusionCode, Migration, Vacancy, WorkerProfile

STEP, MOST_YUAN = 100, 5_000
WIDER = {
    Migration.NEAR_HOME: (Migration.IN_PROVINCE, Migration.ANYWHERE),
    Migration.IN_COUNTY: (Migration.IN_PROVINCE, Migration.ANYWHERE),
    Migration.IN_PROVINCE: (Migration.ANYWHERE,),
    Migration.OUT_OF_PROVINCE: (Migration.ANYWHERE,),
}


class ChangeKind(StrEnum):
    """What is changed, in the order in which changes are told."""

    LICENCE = "licence"  # the worker gets one; value: the licence, "A|B" either
    SCHOOLING = "schooling"  # the worker completes one; value: a word of Education
    YEARS = "years"  # the worker has more practice; value: years more
    TRADE = "trade"  # the worker learns it, or takes it up again; value: the trade
    YUAN = "yuan"  # it pays more, or less is wanted; value: yuan a month, full hundreds
    KM = "km"  # it lies nearer; value: kilometres between the seats
    TIER = "tier"  # the worker goes farther; value: a word of Migration
    PLACE = "place"  # the worker takes the place in; value: its code
    LODGING = "lodging"  # a bed is given
    AGE = "age"  # an age limit falls; value: the limit
    START = "start"  # it begins later; value: the day, as YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Variant:
    """A pair after one change; one of the two is as it was."""

    kind: ChangeKind
    value: str | int | None
    worker: WorkerProfile
    vacancy: Vacancy


def variants(worker: WorkerProfile, vacancy: Vacancy, judged: Judged) -> Iterator[Variant]:
    """Give changed pairs; within a kind the smallest change comes first.

    Args:
        worker: Who.
        vacancy: What.
        judged: The two as they are, at position 0.
    """
    yield from _learnt(worker, vacancy, judged)
    yield from _paid_more(worker, vacancy)
    yield from _taken_in(worker, vacancy, judged)
    yield from _granted(worker, vacancy)


def _learnt(worker: WorkerProfile, vacancy: Vacancy, judged: Judged) -> Iterator[Variant]:
    """What the worker can acquire: a licence, schooling, practice, a trade."""
    lacked = lacking(worker.certificates or (), vacancy.certificates)
    if worker.certificates is not None and lacked is not None:
        held = (*worker.certificates, lacked.split("|", maxsplit=1)[0])
        yield Variant(ChangeKind.LICENCE, lacked, replace(worker, certificates=held), vacancy)
    if vacancy.education is not None and worker.education is not None:
        schooled = replace(worker, education=vacancy.education)
        yield Variant(ChangeKind.SCHOOLING, vacancy.education.value, schooled, vacancy)
    years, asked = int(judged.facts.years[0]), vacancy.experience_years
    if asked is not None and NOT_SAID < years < asked:
        known = dict(worker.experience or ()) | {vacancy.trade: asked}
        practised = replace(worker, experience=tuple(known.items()))
        yield Variant(ChangeKind.YEARS, asked - years, practised, vacancy)
    if vacancy.trade not in worker.trades or vacancy.trade in worker.refused_trades:
        trades = tuple(dict.fromkeys((*worker.trades, vacancy.trade)))
        refused = tuple(one for one in worker.refused_trades if one != vacancy.trade)
        able = replace(worker, trades=trades, refused_trades=refused)
        yield Variant(ChangeKind.TRADE, vacancy.trade, able, vacancy)


def _paid_more(worker: WorkerProfile, vacancy: Vacancy) -> Iterator[Variant]:
    if vacancy.wage_min is None and vacancy.wage_max is None:
        return
    for more in range(STEP, MOST_YUAN + 1, STEP):
        low, high = (
            None if wage is None else wage + more for wage in (vacancy.wage_min, vacancy.wage_max)
        )
        paid = replace(vacancy, wage_min=low, wage_max=high)
        yield Variant(ChangeKind.YUAN, more, worker, paid)


def _taken_in(worker: WorkerProfile, vacancy: Vacancy, judged: Judged) -> Iterator[Variant]:
    """What the worker can let go of: how far, and which places."""
    if worker.migration is not None:
        for tier in WIDER.get(worker.migration, ()):
            farther = replace(worker, migration=tier)
            yield Variant(ChangeKind.TIER, tier.value, farther, vacancy)
    if worker.excluded_locations and judged.facts.refused_place[0] == YES:
        area = next(
            one.value for one in judged.exclusions(0) if one.code is ExclusionCode.EXCLUDED_PLACE
        )
        left = tuple(one for one in worker.excluded_locations if one != area)
        yield Variant(ChangeKind.PLACE, area, replace(worker, excluded_locations=left), vacancy)
    code = vacancy.adcode or vacancy.town
    if worker.locations and code is not None:
        wanted = replace(worker, locations=(*worker.locations, code))
        yield Variant(ChangeKind.PLACE, code, wanted, vacancy)


def _granted(worker: WorkerProfile, vacancy: Vacancy) -> Iterator[Variant]:
    """What the firm can grant: a bed, an age limit, a later start."""
    if vacancy.lodging is not True:
        yield Variant(ChangeKind.LODGING, None, worker, replace(vacancy, lodging=True))
    if worker.age is not None:
        if vacancy.age_min is not None and worker.age < vacancy.age_min:
            yield Variant(ChangeKind.AGE, vacancy.age_min, worker, replace(vacancy, age_min=None))
        if vacancy.age_max is not None and worker.age > vacancy.age_max:
            yield Variant(ChangeKind.AGE, vacancy.age_max, worker, replace(vacancy, age_max=None))
    free, starts = worker.available_from, vacancy.starts_on
    if free is not None and starts is not None and free > starts:
        later = replace(vacancy, starts_on=free)
        yield Variant(ChangeKind.START, free.isoformat(), worker, later)
