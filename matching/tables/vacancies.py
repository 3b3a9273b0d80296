"""The open vacancies as columns: built once, then copied with the few rows that changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.ports import SKILLED, TRAINABLE
from matching.tables.kinds import Kinds, RowsOfKinds, row_of_each
from matching.tables.knowledge import SKILLS, UNKNOWN, Knowledge, Spot
from matching.tables.workplaces import Workplaces, workplaces_at
from matching.types import Education, Vacancy

NOT_SAID = -1
NEVER = np.iinfo(np.int32).max  # a day that does not come: no last day, no first day
OLDEST = np.iinfo(np.int16).max
# By number; senior high and vocational schools count alike.
SCHOOLING = {
    Education.NONE: 0,
    Education.PRIMARY: 1,
    Education.JUNIOR_HIGH: 2,
    Education.SENIOR_HIGH: 3,
    Education.VOCATIONAL: 3,
    Education.COLLEGE: 4,
}
_ANSWERS = 3  # not said, no, yes
_MOST = np.iinfo(np.int32).max // 1_000  # yuan; wages are multiplied by a hundred

Licences = tuple[str, ...]
Groups = frozenset[str]


@dataclass(frozen=True, slots=True)
class VacancyColumns:
    """One array for each condition, all (V,); -1 means that it was not said.

    Days are proleptic ordinals, wages yuan a month; `pays_to` is the upper end or else the one
    figure, `begins_at` the lower end or else the one figure. `craft` is 3 × trade + skill; `word`,
    `workplace`, `licence`, `reserved` and `employer` number the table's distinct values.
    """

    word: NDArray[np.int32]
    craft: NDArray[np.int16]
    workplace: NDArray[np.int32]
    wage_low: NDArray[np.int32]
    wage_high: NDArray[np.int32]
    pays_to: NDArray[np.int32]
    begins_at: NDArray[np.int32]
    age_low: NDArray[np.int16]
    age_high: NDArray[np.int16]
    board: NDArray[np.int8]
    lodging: NDArray[np.int8]
    licence: NDArray[np.int32]
    reserved: NDArray[np.int32]
    education: NDArray[np.int8]
    years: NDArray[np.int8]
    valid_until: NDArray[np.int32]
    starts_on: NDArray[np.int32]
    lasts: NDArray[np.int16]
    nearby: NDArray[np.bool_]
    published: NDArray[np.int32]
    headcount: NDArray[np.int32]
    employer: NDArray[np.int32]
    chance: NDArray[np.float32]


_DTYPES = (
    np.int32, np.int16, np.int32, np.int32, np.int32, np.int32, np.int32, np.int16, np.int16,
    np.int8, np.int8, np.int32, np.int32, np.int8, np.int8, np.int32, np.int32, np.int16,
    np.bool_, np.int32, np.int32, np.int32, np.float32,
)  # fmt: skip
_NAMES = tuple(field.name for field in fields(VacancyColumns))


class _Kinds(NamedTuple):
    words: Kinds[str]
    workplaces: Kinds[Spot]
    licences: Kinds[Licences]
    reserved: Kinds[Groups]
    employers: Kinds[str]


class VacancyTable:
    """Open vacancies, ascending by id; never changed in place, so readers need no lock.

    Attributes:
        ids: By row.
        columns: The conditions by row.
        words: Distinct trades as posted, also such as are in no list.
        workplaces: Distinct workplaces, by the numbers in `columns.workplace`.
        units: (B,) the unit of each workplace; -1 unknown.
        towns: (B,) the town of each workplace as a number; 0 none.
        licences: Distinct requirements; 0 is "none".
        reserved: Distinct groups that posts are reserved for; 0 is "for all".
        employers: Distinct firms; the first, empty one is "not said".
        offers: Kept by `matching.pairs.offers`, which alone knows what it is; replaced as a whole.
    """

    def __init__(
        self, ids: Sequence[str], columns: VacancyColumns, kinds: _Kinds, knowledge: Knowledge
    ) -> None:
        """Take rows ascending by id; made by `of` and `changed`."""
        self.ids = ids
        self.columns = columns
        self.words = kinds.words.values()
        self.workplaces = kinds.workplaces.values()
        self.licences = kinds.licences.values()
        self.reserved = kinds.reserved.values()
        self.employers = kinds.employers.values()
        spots = np.array(self.workplaces or [Spot(UNKNOWN, 0)], dtype=np.int32)
        self.units, self.towns = spots[:, 0], spots[:, 1]
        self.offers: object = None
        self._knowledge = knowledge

    @classmethod
    def of(cls, vacancies: Iterable[Vacancy], knowledge: Knowledge) -> VacancyTable:
        """Make a table of vacancies in any order; ids must be distinct."""
        kinds = _Kinds(Kinds(), Kinds(), Kinds([()]), Kinds([frozenset()]), Kinds([""]))
        ordered = sorted(vacancies, key=lambda vacancy: vacancy.id)
        return cls(
            [vacancy.id for vacancy in ordered],
            _columns(ordered, kinds, knowledge),
            kinds,
            knowledge,
        )

    def __len__(self) -> int:
        """Count the vacancies."""
        return len(self.ids)

    @cached_property
    def pay(self) -> NDArray[np.int32]:
        """Yuan a month that people of the trade reach, then what beginners do, (2 V,)."""
        return np.concatenate([self.columns.pays_to, self.columns.begins_at])

    @cached_property
    def middle_pay(self) -> NDArray[np.float32]:
        """The middle between the lower end and `pay`, (2 V,); nan where nothing was said."""
        low = np.tile(self.columns.wage_low, 2)
        middle = np.where(low == NOT_SAID, self.pay, (self.pay + low) * np.float32(0.5))
        return np.where(self.pay == NOT_SAID, np.nan, middle).astype(np.float32)

    @cached_property
    def pays_at_most(self) -> NDArray[np.int32]:
        """The higher `pay` of both, (V,); -1 where no figure was given."""
        return np.maximum(self.columns.pays_to, self.columns.begins_at)

    @cached_property
    def rows_of_kinds(self) -> RowsOfKinds:
        """A vacancy of each craft, workplace and answer on lodging."""
        return RowsOfKinds(
            row_of_each(self.craft_at, len(self.trades) * len(SKILLS)),
            row_of_each(self.columns.workplace, len(self.units)),
            row_of_each(self.columns.lodging - NOT_SAID, _ANSWERS),
        )

    @cached_property
    def craft_and_lodging(self) -> NDArray[np.intp]:
        """Positions in `craft_at`, times 3, and the answer on lodging from 0 to 2, (V,)."""
        return self.craft_at * _ANSWERS + (self.columns.lodging - NOT_SAID)

    @cached_property
    def trades(self) -> NDArray[np.int16]:
        """Numbers of the trades that occur, ascending, (U,)."""
        return np.unique(self.columns.craft // len(SKILLS))

    @cached_property
    def trade_at(self) -> NDArray[np.intp]:
        """Positions in `trades` by the number of a trade, (T,); 0 for those that do not occur."""
        positions = np.zeros(len(self._knowledge.trades), dtype=np.intp)
        positions[self.trades] = np.arange(len(self.trades))
        return positions

    @cached_property
    def craft_at(self) -> NDArray[np.intp]:
        """Positions of the crafts as in `craft`, but counted over `trades` only, (V,)."""
        trade, skill = np.divmod(self.columns.craft, len(SKILLS))
        return self.trade_at[trade] * len(SKILLS) + skill

    @cached_property
    def workplaces_at(self) -> Workplaces:
        """The units that each distinct workplace lies in."""
        return workplaces_at(self.units, self.towns, self._knowledge)

    def row(self, vacancy_id: str, /) -> int | None:
        """Find a vacancy's row; None when it is not in the table."""
        at = bisect_left(self.ids, vacancy_id)
        return at if at < len(self.ids) and self.ids[at] == vacancy_id else None

    def rows(self, vacancy_ids: Iterable[str], /) -> list[int]:
        """Find the rows of those vacancies that are in the table."""
        return [row for key in vacancy_ids if (row := self.row(key)) is not None]

    def spot(self, row: int, /) -> Spot:
        """Give the workplace of a row."""
        return self.workplaces[self.columns.workplace[row]]

    def trade(self, row: int, /) -> str:
        """Give the trade of a row as it was posted."""
        return self.words[self.columns.word[row]]

    def changed(self, vacancies: Sequence[Vacancy], gone: Collection[str]) -> VacancyTable:
        """Return a table with these vacancies new or in place of their older selves.

        Args:
            vacancies: New and changed ones; ids must be distinct.
            gone: Ids to leave out; those that are not in the table are passed over.
        """
        new = sorted(vacancies, key=lambda vacancy: vacancy.id)
        old = set(self.rows([*gone, *(vacancy.id for vacancy in new)]))
        kept_ids = [key for row, key in enumerate(self.ids) if row not in old] if old else self.ids
        kinds = _Kinds(
            Kinds(self.words), Kinds(self.workplaces), Kinds(self.licences),
            Kinds(self.reserved), Kinds(self.employers),
        )  # fmt: skip
        places = [bisect_left(kept_ids, vacancy.id) for vacancy in new]
        added = _columns(new, kinds, self._knowledge)
        gone_rows = sorted(old)
        arrays: Iterator[Any] = (
            np.insert(
                np.delete(getattr(self.columns, name), gone_rows), places, getattr(added, name)
            )
            for name in _NAMES
        )
        ids = list(kept_ids)
        for at, vacancy in zip(reversed(places), reversed(new), strict=True):
            ids.insert(at, vacancy.id)
        return VacancyTable(ids, VacancyColumns(*arrays), kinds, self._knowledge)


def _columns(vacancies: Sequence[Vacancy], kinds: _Kinds, knowledge: Knowledge) -> VacancyColumns:
    rows = [_row(vacancy, kinds, knowledge) for vacancy in vacancies]
    columns = list(zip(*rows, strict=True)) or [()] * len(_DTYPES)
    arrays: Iterator[Any] = (
        np.array(column, dtype=dtype) for column, dtype in zip(columns, _DTYPES, strict=True)
    )
    return VacancyColumns(*arrays)


def _row(vacancy: Vacancy, kinds: _Kinds, knowledge: Knowledge) -> tuple[object, ...]:
    trade = knowledge.trade(vacancy.trade)
    spot = knowledge.spot(vacancy.town or vacancy.adcode)
    low, high = _said(vacancy.wage_min, _MOST), _said(vacancy.wage_max, _MOST)
    return (
        kinds.words.number(vacancy.trade),
        trade * len(SKILLS) + _skill(vacancy.needs_skill, int(knowledge.skills[trade])),
        kinds.workplaces.number(spot),
        low,
        high,
        low if high == NOT_SAID else high,
        high if low == NOT_SAID else low,
        _said(vacancy.age_min, OLDEST),
        OLDEST if vacancy.age_max is None else min(vacancy.age_max, OLDEST),
        _answer(vacancy.board),
        _answer(vacancy.lodging),
        kinds.licences.number(vacancy.certificates),
        kinds.reserved.number(vacancy.reserved_for),
        NOT_SAID if vacancy.education is None else SCHOOLING[vacancy.education],
        _said(vacancy.experience_years, np.iinfo(np.int8).max),
        _day(vacancy.valid_until),
        _day(vacancy.starts_on),
        OLDEST if vacancy.lasts_days is None else min(vacancy.lasts_days, OLDEST),
        vacancy.nearby_only,
        NOT_SAID if vacancy.published_on is None else vacancy.published_on.toordinal(),
        _said(vacancy.headcount, _MOST),
        kinds.employers.number(vacancy.employer or ""),
        vacancy.chance,
    )


def _skill(needed: bool | None, usual: int) -> int:
    """What the post says of beginners counts; where it says nothing, what the trade is."""
    if needed is None:
        return usual
    return SKILLS.index(SKILLED) if needed else min(usual, SKILLS.index(TRAINABLE))


def _said(value: int | None, most: int) -> int:
    return NOT_SAID if value is None else min(value, most)


def _answer(value: bool | None) -> int:
    return NOT_SAID if value is None else int(value)


def _day(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()
