"""Everybody counted once by home and by where they work; no SQL and no texts here.

Who has two spells at once is counted at the later start, then at what was recorded later: the
register does not know the hours by which 主次 would be told apart (domain S-STAT, S-CHAN).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from content.location_classes import PUBLIC_POST, Boundary, Cut, LocationClasses
from storage.register_states import EmploymentChannel
from storage.repositories.statistics import RawKey, Work, text_of

# An area for people whose home is not known down to the county or town that is asked for.
NOWHERE = ""
Cell = tuple[str, str]


class Placed(NamedTuple):
    """One person as counted.

    Attributes:
        worker: The raw key; `storage.repositories.statistics.key_of` makes it a key.
        area: Code of the county or town of the home, or `NOWHERE`.
        where: A class of the cut.
        work: Where and how.
    """

    worker: RawKey
    area: str
    where: str
    work: Work


@dataclass(frozen=True, slots=True)
class LocationCounts:
    """A table of counts.

    Attributes:
        classes: The columns, in order.
        areas: The rows: codes ascending, `NOWHERE` last where anybody is in it.
        cells: People by area and class; a cell without people is left out.
        channels: People by channel; each person has exactly one.
        doubled: People with more than one spell on the day, counted once.
    """

    classes: tuple[str, ...]
    areas: tuple[str, ...]
    cells: Mapping[Cell, int]
    channels: Mapping[str, int]
    doubled: int

    @classmethod
    def of_cells(
        cls,
        cells: Mapping[Cell, int],
        channels: Mapping[str, int],
        *,
        classes: tuple[str, ...],
        doubled: int = 0,
    ) -> LocationCounts:
        """Return the table of these cells, its rows in order."""
        found = {area for area, _where in cells}
        areas = (*sorted(found - {NOWHERE}), *sorted(found & {NOWHERE}))
        return cls(classes, areas, dict(cells), dict(channels), doubled)

    @property
    def total(self) -> int:
        """Everybody: the sum of all classes, unknown places included."""
        return sum(self.cells.values())

    def of_area(self, area: str) -> int:
        """Return everybody of an area."""
        return sum(self.cells.get((area, one), 0) for one in self.classes)

    def of_class(self, where: str) -> int:
        """Return everybody of a class."""
        return sum(self.cells.get((area, where), 0) for area in self.areas)

    def matrix(self) -> list[list[int]]:
        """Return a row for each area with its sum at the end, and a row of sums below."""
        rows = [
            [*(self.cells.get((area, one), 0) for one in self.classes), self.of_area(area)]
            for area in self.areas
        ]
        return [*rows, [*(self.of_class(one) for one in self.classes), self.total]]

    def as_json(self) -> dict[str, object]:
        """Return what a snapshot keeps."""
        cells = sorted([area, where, count] for (area, where), count in self.cells.items())
        return {"cells": cells, "channels": dict(sorted(self.channels.items()))}


def placed(
    works: Mapping[RawKey, Work],
    homes: Mapping[RawKey, str | None],
    classes: LocationClasses,
    cut: Cut,
    *,
    by: Boundary,
    among: Collection[RawKey] | None = None,
) -> Iterator[Placed]:
    """Yield everybody who works, has a home in `homes` and is one of `among`.

    Args:
        works: One spell a person.
        homes: Home codes of the people looked at.
        classes: Tells the classes.
        cut: The table's boundaries.
        by: `county` or `town`: what the rows are.
        among: Raw keys of the people who are counted; None counts all.
    """
    class_of = _remembered(classes, cut)
    areas: dict[str | None, str] = {None: NOWHERE}
    for worker, work in works.items():
        if worker not in homes or (among is not None and worker not in among):
            continue
        home = homes[worker]
        if home not in areas:
            areas[home] = classes.area(home, by) or NOWHERE
        yield Placed(worker, areas[home], class_of(home, work), work)


def counted(people: Iterable[Placed], cut: Cut, *, doubled: int = 0) -> LocationCounts:
    """Count people who stand there once each."""
    cells: Counter[Cell] = Counter()
    channels: Counter[str] = Counter()
    for person in people:
        cells[person.area, person.where] += 1
        channels[person.work.channel] += 1
    return LocationCounts.of_cells(cells, channels, classes=cut.classes, doubled=doubled)


def digest_of(people: Iterable[Placed], question: Sequence[str]) -> str:
    """Return the SHA-256 of what was asked and of every person as counted, in any order.

    The same people at the same places give the same 64 hexadecimal digits on every database.
    """
    lines = sorted(
        f"{text_of(one.worker)} {one.area} {one.where} {one.work.channel} {one.work.workplace}"
        for one in people
    )
    return hashlib.sha256("\n".join([*question, *lines]).encode()).hexdigest()


def _remembered(classes: LocationClasses, cut: Cut) -> Callable[[str | None, Work], str]:
    """Return what tells the class of work; the same two places are looked up once."""
    known: dict[tuple[str | None, Work], str] = {}

    def class_of(home: str | None, work: Work) -> str:
        found = known.get((home, work))
        if found is None:
            is_apart = cut.public_post_apart and work.channel == EmploymentChannel.PUBLIC_POST
            found = known[home, work] = (
                PUBLIC_POST
                if is_apart
                else classes.classify(home, work.workplace, cut, abroad=work.abroad)
            )
        return found

    return class_of
