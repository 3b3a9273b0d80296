"""Workers as columns: what many of them share is kept once and numbered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.tables.kinds import Kinds, padded
from matching.tables.knowledge import UNKNOWN, Knowledge, Spot
from matching.tables.vacancies import NOT_SAID, SCHOOLING
from matching.types import Migration, WorkerProfile

# By number; the last stands for "not said".
TIERS: tuple[Migration | None, ...] = (
    Migration.NEAR_HOME,
    Migration.IN_COUNTY,
    Migration.IN_PROVINCE,
    Migration.OUT_OF_PROVINCE,
    Migration.ANYWHERE,
    None,
)
AT_ONCE = 0  # the first day of all: whoever names none can begin at once
_MOST = np.iinfo(np.int32).max // 1_000
_OLDEST = np.iinfo(np.int16).max


class Practice(NamedTuple):
    """What somebody does and what not, by numbers of trades."""

    trades: tuple[int, ...]
    refused: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WorkerColumns:
    """One array for each fact, all (W,); -1 means that it was not said.

    `home`, `practice`, `record`, `wanted`, `refused`, `held` and `groups` number the table's
    distinct values; `town` is the home's town as a number, 0 where only its county is known.
    """

    home: NDArray[np.int32]
    town: NDArray[np.int32]
    tier: NDArray[np.int8]
    practice: NDArray[np.int32]
    record: NDArray[np.int32]
    wanted: NDArray[np.int32]
    refused: NDArray[np.int32]
    held: NDArray[np.int32]
    groups: NDArray[np.int32]
    wage: NDArray[np.int32]
    age: NDArray[np.int16]
    room: NDArray[np.int8]
    education: NDArray[np.int8]
    free_from: NDArray[np.int32]


_DTYPES = (
    np.int32, np.int32, np.int8, np.int32, np.int32, np.int32, np.int32, np.int32, np.int32,
    np.int32, np.int16, np.int8, np.int8, np.int32,
)  # fmt: skip
_NAMES = tuple(field.name for field in fields(WorkerColumns))

Areas = tuple[Spot, ...]
Record = tuple[tuple[int, int], ...] | None  # (trade, years); None was never asked


class AreaColumns(NamedTuple):
    """Sets of areas, (A, M) each, and how many areas a set has, (A,)."""

    units: NDArray[np.int32]
    towns: NDArray[np.int32]
    counts: NDArray[np.intp]


class WorkerTable:
    """Workers ascending by id.

    Attributes:
        ids: By row.
        columns: The facts by row.
        homes: (H,) distinct home units of any level; -1 unknown.
        practices: Distinct practices.
        areas: Distinct sets of wanted or refused places; 0 is the empty set.
        area_columns: The same as arrays.
        held: Distinct sets of licences; None is "never asked".
        groups: Distinct sets of groups.
        trades: (A, M) the trades of each practice, -1 where there are fewer.
        refused_trades: (A, M) likewise.
        years: (A, T) years by trade of each record; -1 throughout where they were never asked.
    """

    __slots__ = (
        "area_columns", "areas", "columns", "groups", "held", "homes", "ids", "practices",
        "refused_trades", "trades", "years",
    )  # fmt: skip

    def __init__(self, workers: Iterable[WorkerProfile], knowledge: Knowledge) -> None:
        """Take workers in any order; ids must be distinct."""
        ordered = sorted(workers, key=lambda worker: worker.id)
        self.ids: Sequence[str] = [worker.id for worker in ordered]
        homes: Kinds[int] = Kinds()
        practices: Kinds[Practice] = Kinds()
        records: Kinds[Record] = Kinds()
        areas: Kinds[Areas] = Kinds([()])
        held: Kinds[tuple[str, ...] | None] = Kinds()
        groups: Kinds[frozenset[str] | None] = Kinds()
        rows = [
            (
                *_home(worker, homes, knowledge),
                TIERS.index(worker.migration),
                practices.number(_practice(worker, knowledge)),
                records.number(_record(worker, knowledge)),
                areas.number(tuple(map(knowledge.spot, worker.locations))),
                areas.number(tuple(map(knowledge.spot, worker.excluded_locations))),
                held.number(worker.certificates),
                groups.number(worker.groups),
                *_wishes(worker),
            )
            for worker in ordered
        ]
        columns = list(zip(*rows, strict=True)) or [()] * len(_DTYPES)
        arrays = (
            np.array(column, dtype=dtype) for column, dtype in zip(columns, _DTYPES, strict=True)
        )
        self.columns = WorkerColumns(*arrays)
        self.homes = np.array(homes.values(), dtype=np.int16)
        self.practices = practices.values()
        self.areas = areas.values()
        self.area_columns = area_columns(self.areas)
        self.held = held.values()
        self.groups = groups.values()
        self.trades = padded([one.trades for one in self.practices], fill=UNKNOWN)
        self.refused_trades = padded([one.refused for one in self.practices], fill=UNKNOWN)
        self.years = _years(records.values(), len(knowledge.trades))

    @classmethod
    def of(cls, workers: Iterable[WorkerProfile], knowledge: Knowledge) -> WorkerTable:
        """Make a table of workers in any order; ids must be distinct."""
        return cls(workers, knowledge)

    def __len__(self) -> int:
        """Count the workers."""
        return len(self.ids)


def area_columns(areas: Sequence[Areas]) -> AreaColumns:
    """Put sets of areas into columns; short sets are filled up with places that are not known."""
    return AreaColumns(
        padded([[spot.unit for spot in spots] for spots in areas], fill=UNKNOWN),
        padded([[spot.town for spot in spots] for spots in areas], fill=0),
        np.array([len(spots) for spots in areas], dtype=np.intp),
    )


def _home(worker: WorkerProfile, homes: Kinds[int], knowledge: Knowledge) -> tuple[int, int]:
    spot = knowledge.spot(worker.home)
    return homes.number(spot.unit), spot.town


def _practice(worker: WorkerProfile, knowledge: Knowledge) -> Practice:
    return Practice(
        tuple(map(knowledge.trade, worker.trades)),
        tuple(map(knowledge.trade, worker.refused_trades)),
    )


def _record(worker: WorkerProfile, knowledge: Knowledge) -> Record:
    years = worker.experience
    return None if years is None else tuple((knowledge.trade(word), n) for word, n in years)


def _wishes(worker: WorkerProfile) -> tuple[int, int, int, int, int]:
    return (
        NOT_SAID if worker.wage_min is None else min(worker.wage_min, _MOST),
        NOT_SAID if worker.age is None else min(worker.age, _OLDEST),
        NOT_SAID if worker.wants_room_board is None else int(worker.wants_room_board),
        NOT_SAID if worker.education is None else SCHOOLING[worker.education],
        AT_ONCE if worker.available_from is None else worker.available_from.toordinal(),
    )


def _years(records: Sequence[Record], trades: int) -> NDArray[np.int8]:
    most = np.iinfo(np.int8).max
    table = np.zeros((len(records), trades), dtype=np.int8)
    for number, record in enumerate(records):
        if record is None:
            table[number] = NOT_SAID
        else:
            for trade, years in record:
                table[number, trade] = min(years, most)
    return table
