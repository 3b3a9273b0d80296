"""What a firm could change: how many more workers would fit, and its pay beside the going wage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.pairs import misses
from matching.pairs.judging import Judged
from matching.pairs.requirements import WAGE_FLOOR_PERCENT, bit
from matching.pairs.trade_fit import NEAR_NUMBER, SKILLED_NUMBER
from matching.tables.going_wages import GoingWages
from matching.tables.knowledge import Knowledge
from matching.tables.vacancies import NOT_SAID
from matching.types import ExclusionCode, ReasonCode, Vacancy

STEPS = tuple(range(100, 1_001, 100))
_MATTERS = 3  # the first raise that brings so many is told
_MOST_OF_IT = 0.8  # and the first that brings so much of what the greatest raise brings


@dataclass(frozen=True, slots=True)
class Gain:
    """How many more workers would fit after one change of a vacancy.

    `kind` is wage, age_max, age_min, certificate, education, beginners, lodging, nearby or
    start; `years` counts those who fit already and would miss nothing any more. `value` is what
    is given or dropped: yuan, the age, the licences, the schooling, the years.
    """

    kind: str
    value: int | str | None
    more: int


@dataclass(frozen=True, slots=True)
class Advice:
    """How many fit now, and what single changes would bring, the most first."""

    fitting: int
    gains: tuple[Gain, ...]


NO_ADVICE = Advice(0, ())


@dataclass(frozen=True, slots=True)
class GoingPay:
    """What open posts of a trade pay: the median in yuan a month, and how many posts tell it."""

    yuan: int
    posts: int


def advice(vacancy: Vacancy, judged: Judged, *, skip: Collection[str] = ()) -> Advice:
    """Count whom one single reason keeps from a vacancy, reason by reason.

    Args:
        vacancy: As it was judged.
        judged: Every worker with this one vacancy.
        skip: Ids of workers who are told of nothing; a firm cannot win them.
    """
    left_out = frozenset(skip)
    if left_out:
        ids = judged.crossing.workers.ids
        kept = [row for row in range(len(judged)) if ids[judged.worker_row(row)] not in left_out]
        judged = Judged(judged.facts.take(np.array(kept, dtype=np.intp)), judged.options)
    found = [*_raises(judged), *_dropped(vacancy, judged)]
    gains = sorted((gain for gain in found if gain.more > 0), key=lambda gain: -gain.more)
    return Advice(int((judged.bits == 0).sum()), tuple(gains))


def going_pay(trade: str, going: GoingWages, *, knowledge: Knowledge) -> GoingPay | None:
    """Tell what open posts of a trade pay; None where too few name their pay."""
    number = knowledge.trade(trade)
    yuan = going.yuan[number]
    return None if np.isnan(yuan) else GoingPay(round(float(yuan)), int(going.posts[number]))


def _raises(judged: Judged) -> list[Gain]:
    """Count who would come for more; a second raise is told where it brings three beyond the first.

    Two counts that differ by less would tell what one or two people want.
    """
    only = judged.bits == bit(ExclusionCode.WAGE)
    wish = judged.crossing.workers.columns.wage[judged.facts.worker][only].astype(np.int64)
    lacking = wish * WAGE_FLOOR_PERCENT - judged.facts.best_wage[only].astype(np.int64) * 100
    counts = {step: int((lacking <= step * 100).sum()) for step in STEPS}
    first = _first(counts, at_least=_MATTERS) or _first(counts, at_least=1)
    if first is None:
        return []
    least = max(counts[first] + _MATTERS, _MOST_OF_IT * max(counts.values()))
    second = _first(counts, at_least=least)
    return [Gain("wage", step, counts[step]) for step in (first, second) if step is not None]


def _first(counts: dict[int, int], *, at_least: float) -> int | None:
    return next((step for step, count in counts.items() if count >= at_least), None)


def _dropped(vacancy: Vacancy, judged: Judged) -> Sequence[Gain]:
    """Count who is kept away by one demand only, demand by demand."""
    alone = _Alone(judged)
    age = judged.crossing.workers.columns.age[judged.facts.worker]
    by_age = alone.by(ExclusionCode.AGE)
    too_young = by_age & (age < (vacancy.age_min or 0))
    schooling = vacancy.education.value if vacancy.education is not None else None
    return [
        Gain("age_max", vacancy.age_max, _count(by_age & ~too_young)),
        Gain("age_min", vacancy.age_min, _count(too_young)),
        Gain(
            "certificate",
            "、".join(vacancy.certificates),
            _count(alone.by(ExclusionCode.CERTIFICATE)),
        ),
        Gain("education", schooling, _count(alone.by(ExclusionCode.EDUCATION))),
        Gain("beginners", vacancy.trade, _beginners(judged, alone)),
        Gain("lodging", None, _count(alone.by(ExclusionCode.ROOM_BOARD))),
        Gain("nearby", None, _count(alone.by(ExclusionCode.NEARBY_ONLY))),
        Gain("start", None, _count(alone.by(ExclusionCode.AVAILABILITY))),
        Gain("years", vacancy.experience_years, _count(alone.missing_years())),
    ]


def _beginners(judged: Judged, alone: _Alone) -> int:
    """Count who is won by teaching, less those of a kindred trade who would be paid as beginners.

    Below zero more would be lost than won.
    """
    facts = judged.facts
    pay = facts.of_vacancy(judged.crossing.vacancies.columns.begins_at).astype(np.int64)
    wish = judged.crossing.workers.columns.wage[facts.worker].astype(np.int64)
    # A wish that was not said is below any pay.
    is_low = (pay != NOT_SAID) & (pay * 100 < wish * WAGE_FLOOR_PERCENT)
    is_won = alone.by(ExclusionCode.TRADE) & ~facts.refused_trade & ~is_low
    is_taught = (facts.relation < NEAR_NUMBER) & (facts.skill == SKILLED_NUMBER)
    return _count(is_won) - _count((judged.bits == 0) & is_taught & is_low)


class _Alone:
    """Whom one reason alone keeps away."""

    def __init__(self, judged: Judged) -> None:
        self._judged = judged

    def by(self, code: ExclusionCode) -> NDArray[np.bool_]:
        return self._judged.bits == bit(code)

    def missing_years(self) -> NDArray[np.bool_]:
        """Mark those who fit and miss nothing but years."""
        years = 1 << misses.CODES.index(ReasonCode.EXPERIENCE_SHORT)
        return (self._judged.bits == 0) & (self._judged.misses == years)


def _count(flags: NDArray[np.bool_]) -> int:
    return int(flags.sum())
