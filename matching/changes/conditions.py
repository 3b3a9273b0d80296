"""Which single condition of a worker keeps most vacancies away, counted over a whole table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matching.pairs import misses
from matching.pairs.crossing import lacking
from matching.pairs.judging import Judged
from matching.pairs.requirements import bit
from matching.types import ExclusionCode, ReasonCode


class Condition(StrEnum):
    """One thing about a worker that keeps vacancies away; earlier ones win a tie.

    PLACE is how far somebody goes; a place that was refused, and work that is only for people
    nearby, are conditions of their own, because going farther does not help there.
    """

    WAGE = "wage"
    PLACE = "place"
    LODGING = "lodging"
    TRADE = "trade"
    CERTIFICATE = "certificate"
    EDUCATION = "education"
    AGE = "age"
    START = "start"
    REFUSED_PLACE = "refused_place"
    DISTANCE = "distance"
    RESERVED = "reserved"


@dataclass(frozen=True, slots=True)
class Removal:
    """What one condition keeps away.

    Attributes:
        condition: Which.
        alone: Vacancies that nothing else stands against, soft misses of trade, place and wage
            included: what would be had by this one change.
        together: Vacancies against which this stands, whatever else does.
        what: The trade or licence that opens most of them; None for other conditions.
    """

    condition: Condition
    alone: int
    together: int
    what: str | None = None


CODES: dict[Condition, tuple[ExclusionCode, ...]] = {
    Condition.WAGE: (ExclusionCode.WAGE,),
    Condition.PLACE: (ExclusionCode.MIGRATION,),
    Condition.LODGING: (ExclusionCode.ROOM_BOARD,),
    Condition.TRADE: (ExclusionCode.TRADE,),
    Condition.CERTIFICATE: (ExclusionCode.CERTIFICATE,),
    Condition.EDUCATION: (ExclusionCode.EDUCATION,),
    Condition.AGE: (ExclusionCode.AGE,),
    Condition.START: (ExclusionCode.AVAILABILITY,),
    Condition.REFUSED_PLACE: (ExclusionCode.EXCLUDED_PLACE,),
    Condition.DISTANCE: (ExclusionCode.GIG_FAR, ExclusionCode.NEARBY_ONLY),
    Condition.RESERVED: (ExclusionCode.RESERVED,),
}
# Soft misses that say a wish is not met; with one of them left, nothing would be had.
_WISHES = (
    ReasonCode.TRADE_TRANSFERABLE,
    ReasonCode.TRADE_OTHER,
    ReasonCode.PLACE_UNWANTED,
    ReasonCode.WAGE_BELOW,
)
# Misses that go with the condition itself.
_GOES_TOO = {
    Condition.WAGE: (ReasonCode.WAGE_BELOW,),
    Condition.PLACE: (ReasonCode.PLACE_UNWANTED,),
    Condition.TRADE: (ReasonCode.TRADE_TRANSFERABLE, ReasonCode.TRADE_OTHER),
}


def removals(judged: Judged, *, skip: Collection[str] = frozenset()) -> tuple[Removal, ...]:
    """Tell what each condition of one worker keeps away, what would help most coming first.

    Args:
        judged: One worker against every vacancy of a table.
        skip: Vacancies that are not to be counted.
    """
    counted = np.ones(len(judged), dtype=np.bool_)
    counted[judged.crossing.vacancies.rows(skip)] = False
    found = [_removal(judged, condition, counted) for condition in Condition]
    order = list(Condition)
    stands = [one for one in found if one.together]
    return tuple(
        sorted(stands, key=lambda one: (-one.alone, -one.together, order.index(one.condition)))
    )


def mask(condition: Condition, /) -> int:
    """Give the exclusion bits of a condition."""
    return sum(bit(code) for code in CODES[condition])


def _removal(judged: Judged, condition: Condition, counted: NDArray[np.bool_]) -> Removal:
    own = np.uint16(mask(condition))
    stands = counted & ((judged.bits & own) != 0)
    is_alone = stands & ((judged.bits & ~own) == 0) & ((judged.misses & _others(condition)) == 0)
    rows = np.flatnonzero(is_alone)
    return Removal(condition, len(rows), int(stands.sum()), _what(judged, condition, rows))


def _others(condition: Condition) -> np.uint16:
    """Give the bits of wishes that letting this condition go does not meet."""
    left = [code for code in _WISHES if code not in _GOES_TOO.get(condition, ())]
    return np.uint16(sum(1 << misses.CODES.index(code) for code in left))


def _what(judged: Judged, condition: Condition, rows: NDArray[np.intp]) -> str | None:
    """Name the word that stands in most of these vacancies, the first by its letters on a tie."""
    if not len(rows) or condition not in {Condition.TRADE, Condition.CERTIFICATE}:
        return None
    columns, vacancies = judged.crossing.vacancies.columns, judged.crossing.vacancies
    at = columns.craft if condition is Condition.TRADE else columns.licence
    kinds, first, counts = np.unique(at[rows], return_index=True, return_counts=True)
    words: Counter[str] = Counter()
    for number in range(len(kinds)):
        row = int(rows[first[number]])
        if condition is Condition.TRADE:
            word = vacancies.trade(row)
        else:
            word = _licence(judged, int(kinds[number]))
        words[word] += int(counts[number])
    return min(words, key=lambda word: (-words[word], word)) or None


def _licence(judged: Judged, number: int) -> str:
    """Give the first of these requirements that the worker lacks."""
    workers = judged.crossing.workers
    held = workers.held[workers.columns.held[0]]
    return lacking(held or (), judged.crossing.vacancies.licences[number]) or ""
