"""An invented city whose figures are exactly those of Deyang's report of 2021-06-28.

Every person, name and number is made up; only how many work where is the report's: 59667 =
10307 + 17765 + 31595, and 5880 = 5874 + 6 = 4511 + 1369 with 4511 = 977 + 1648 + 1886. How they
are spread over the counties, and what the report does not say, is invented too.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, cycle

from content.places import Places
from storage.register_states import Category, EmploymentChannel

BUREAU = "510600"
DAY = date(2021, 6, 28)
JINGYANG, LUOJIANG, ZHONGJIANG = "510603", "510604", "510623"
GUANGHAN, SHIFANG, MIANZHU = "510681", "510682", "510683"
# Hundredths of those who were not moved; the last county takes what rounding leaves.
SHARES = {ZHONGJIANG: 55, JINGYANG: 8, LUOJIANG: 8, GUANGHAN: 9, MIANZHU: 13, SHIFANG: 7}
FAR = ("440300", "330100", "320500", "350500", "110105", "540102")
OTHER_CITIES = ("510104", "510700", "511100", "511302")
PUBLIC_POSTS, UNEMPLOYED, AT_RISK = 14545, 300, 500
WORK = {"far": FAR, "other_city": OTHER_CITIES}
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "桂芳建国秀英志强玉兰德明春梅文军素华光荣"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
WORKER = 1 << 64


@dataclass(frozen=True, slots=True)
class Block:
    """So many people of one county who do the same.

    `work` is `far`, `other_city`, `other_county`, `county`, or None for who has no work.
    """

    county: str
    work: str | None
    people: int
    relocated: bool = False
    public_post: bool = False
    category: Category = Category.OUT_OF_POVERTY


@dataclass(frozen=True, slots=True)
class Resident:
    """One invented person; `household` is unique in the city."""

    number: int
    name: str
    id_number: str
    born: date
    town: str
    household: int
    block: Block
    workplace: str | None
    channel: EmploymentChannel

    @property
    def key(self) -> uuid.UUID:
        """The key of the row."""
        return uuid.UUID(int=WORKER + self.number)


RELOCATED = (
    Block(ZHONGJIANG, "far", 976, relocated=True),
    Block(ZHONGJIANG, "other_city", 1647, relocated=True),
    Block(ZHONGJIANG, "other_county", 384, relocated=True),
    Block(ZHONGJIANG, "county", 1500, relocated=True),
    Block(ZHONGJIANG, "county", 1367, relocated=True, public_post=True),
    Block(SHIFANG, "far", 1, relocated=True),
    Block(SHIFANG, "other_city", 1, relocated=True),
    Block(SHIFANG, "other_county", 1, relocated=True),
    Block(SHIFANG, "county", 1, relocated=True),
    Block(SHIFANG, "county", 2, relocated=True, public_post=True),
)
# What is left of the report's totals, those who were moved taken off.
STAYED = {
    "far": 10307 - 977,
    "other_city": 14000 - 1648,
    "other_county": 3765 - 385,
    "county": 31595 - PUBLIC_POSTS - 1501,
}


def blocks() -> tuple[Block, ...]:
    """Return everybody in blocks: 59667 who work, and some beside whom the report leaves out."""
    found = list(RELOCATED)
    for work, people in STAYED.items():
        found += [Block(county, work, part) for county, part in _spread(people)]
    found += [
        Block(county, "county", part, public_post=True)
        for county, part in _spread(PUBLIC_POSTS - 1369)
    ]
    found += [Block(county, None, part) for county, part in _spread(UNEMPLOYED)]
    found += [
        Block(county, "county", part, category=Category.AT_RISK)
        for county, part in _spread(AT_RISK)
    ]
    return tuple(found)


@dataclass
class _Maker:
    """Hands out towns, workplaces, households and numbers in turn."""

    places: Places
    numbers: Iterator[int] = field(default_factory=count)
    households: Iterator[int] = field(default_factory=lambda: count(1))

    def residents(self, block: Block) -> Iterator[Resident]:
        towns = [town.code for town in self.places.towns_in(block.county)]
        homes, works = cycle(towns), cycle(self._works(block, towns))
        home, household = next(homes), next(self.households)
        for place in range(block.people):
            if place and place % 2 == 0:
                home, household = next(homes), next(self.households)
            number = next(self.numbers)
            born = date(1966, 1, 1) + timedelta(days=number * 7 % 13_000)
            yield Resident(
                number=number,
                name=name_of(number),
                id_number=id_number(block.county, born, number),
                born=born,
                town=home,
                household=household,
                block=block,
                workplace=next(works),
                channel=channel_of(block, number),
            )

    def _works(self, block: Block, towns: list[str]) -> Sequence[str | None]:
        if block.work is None:
            return (None,)
        if block.work == "county":
            return towns
        if block.work == "other_county":
            return [county for county in sorted(SHARES) if county != block.county]
        return WORK[block.work]


def residents(places: Places) -> list[Resident]:
    """Return everybody, always the same people in the same order."""
    maker = _Maker(places)
    return [one for block in blocks() for one in maker.residents(block)]


def name_of(number: int) -> str:
    """Return an invented name."""
    first, second = number // 20 % len(GIVEN), number // 400 % len(GIVEN)
    return f"{SURNAMES[number % 20]}{GIVEN[first]}{GIVEN[second]}"


def id_number(county: str, born: date, number: int) -> str:
    """Return a well-formed ID number that is nobody's on purpose."""
    body = f"{county}{born:%Y%m%d}{number // 13_000 * 100 + number % 100:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return body + CHECK[total % 11]


def channel_of(block: Block, number: int) -> EmploymentChannel:
    """Return the way into work: the post's own, or whatever fits the place."""
    if block.public_post:
        return EmploymentChannel.PUBLIC_POST
    if block.work in {"far", "other_city", "other_county"}:
        return EmploymentChannel.TRANSFER
    near = (EmploymentChannel.ENTERPRISE, EmploymentChannel.FLEXIBLE, EmploymentChannel.PLATFORM)
    return near[number % len(near)]


def _spread(people: int) -> Iterator[tuple[str, int]]:
    left = people
    for county, share in list(SHARES.items())[:-1]:
        part = people * share // 100
        left -= part
        yield county, part
    yield list(SHARES)[-1], left
