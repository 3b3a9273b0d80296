"""Workers of the invented city; see `market`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from matching.types import Migration, WorkerProfile
from tests.benchmarks import market_figures as figures
from tests.benchmarks.market import (
    BLOCK,
    chosen,
    drawn_numbers,
    generator,
    happens,
    hundreds,
    land,
    trades,
)

_KIND = 1
_TIERS = (Migration.IN_COUNTY, Migration.IN_PROVINCE, Migration.OUT_OF_PROVINCE)
_LOCAL, _IN_PROVINCE, _BEYOND = range(3)


def workers(first: int, end: int) -> Iterator[WorkerProfile]:
    """Make the workers numbered `first` to `end` - 1; ids rise with the numbers.

    The first 59,667 go away in exactly the numbers of the bureau's report.
    """
    for block in range(first // BLOCK, -(-end // BLOCK)):
        start = block * BLOCK
        made = _block(block)
        yield from made[max(first - start, 0) : end - start]


def worker_id(number: int) -> str:
    """Return the id of a worker: a UUID's 32 hex digits."""
    return f"{number:032x}"


def tiers(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tell who stays in the county (0), in the province (1), or leaves it (2), evenly mixed."""
    local = _spread(numbers, figures.IN_COUNTY, figures.WORKERS)
    others = numbers - _before(numbers, figures.IN_COUNTY, figures.WORKERS)
    near = _spread(others, figures.IN_PROVINCE, figures.WORKERS - figures.IN_COUNTY)
    return np.where(local, _LOCAL, np.where(near, _IN_PROVINCE, _BEYOND))


def _spread(numbers: NDArray[np.int64], part: int, whole: int) -> NDArray[np.bool_]:
    return _before(numbers + 1, part, whole) > _before(numbers, part, whole)


def _before(numbers: NDArray[np.int64], part: int, whole: int) -> NDArray[np.int64]:
    return numbers * part // whole


def _block(block: int) -> list[WorkerProfile]:
    rng = generator(_KIND, block)
    tier = tiers(np.arange(BLOCK) + block * BLOCK)
    homes = _homes(rng)
    practice, yuan = _practices(rng)
    wages = _wishes(rng, tier, yuan)
    ages = _ages(rng, tier)
    migration, rooms = _migration(rng, tier), _rooms(rng, tier)
    wanted, schooling = _wanted(rng, tier, homes), chosen(rng, figures.SCHOOLING, BLOCK)
    refused_places, refused_trades = _refused_places(rng), _refused_trades(rng, practice)
    licences, years = _licences(rng, practice), _years(rng, practice)
    groups, later = _groups(rng), _days(rng)
    return [
        WorkerProfile(
            id=worker_id(block * BLOCK + at),
            home=homes[at],
            trades=practice[at],
            refused_trades=refused_trades[at],
            migration=migration[at],
            locations=wanted[at],
            excluded_locations=refused_places[at],
            wage_min=wages[at],
            age=ages[at],
            wants_room_board=rooms[at],
            certificates=licences[at],
            groups=groups[at],
            education=schooling[at],
            experience=years[at],
            available_from=None if later[at] == 0 else figures.TODAY + timedelta(later[at]),
        )
        for at in range(BLOCK)
    ]


def _homes(rng: Generator) -> list[str]:
    towns = land().towns
    counties = chosen(rng, figures.HOME_COUNTIES, BLOCK)
    known, at = happens(rng, figures.TOWN_KNOWN_SHARE, BLOCK), rng.random(BLOCK).tolist()
    return [
        towns[county][int(part * len(towns[county]))] if is_known else county
        for county, is_known, part in zip(counties, known, at, strict=True)
    ]


def _practices(rng: Generator) -> tuple[list[tuple[str, ...]], NDArray[np.float64]]:
    """Draw trades, of one branch as far as possible, and what the first of them pays."""
    known = trades()
    counts = drawn_numbers(rng, figures.TRADES_NAMED, BLOCK).tolist()
    first = drawn_numbers(rng, [trade.share for trade in known], BLOCK).tolist()
    steps = rng.integers(1, 4, (BLOCK, 2)).tolist()
    practices = []
    for count, number, (one, other) in zip(counts, first, steps, strict=True):
        numbers = (number, (number + one) % len(known), (number + one + other) % len(known))
        practices.append(tuple(dict.fromkeys(known[n].word for n in numbers[:count])))
    return practices, np.array([known[number].yuan for number in first], dtype=np.float64)


def _wishes(rng: Generator, tier: NDArray[np.int64], yuan: NDArray[np.float64]) -> list[int | None]:
    usual = yuan * figures.WISH_FACTOR * np.array(figures.PAY_BY_TIER)[tier]
    wishes = hundreds(usual * rng.lognormal(0, figures.WISH_SPREAD, BLOCK))
    said = happens(rng, figures.WISH_SAID_SHARE, BLOCK)
    return [wish if is_said else None for wish, is_said in zip(wishes, said, strict=True)]


def _ages(rng: Generator, tier: NDArray[np.int64]) -> list[int]:
    ages = rng.normal(np.array(figures.AGE_BY_TIER)[tier], figures.AGE_SPREAD)
    found: list[int] = np.clip(ages, figures.YOUNGEST, figures.OLDEST).astype(int).tolist()
    return found


def _migration(rng: Generator, tier: NDArray[np.int64]) -> list[Migration]:
    at_door = happens(rng, figures.NEAR_HOME_SHARE, BLOCK)
    anywhere = happens(rng, figures.ANYWHERE_SHARE, BLOCK)
    found = []
    for number, is_at_door, is_anywhere in zip(tier.tolist(), at_door, anywhere, strict=True):
        if number == _LOCAL and is_at_door:
            found.append(Migration.NEAR_HOME)
        else:
            is_free = number == _BEYOND and is_anywhere
            found.append(Migration.ANYWHERE if is_free else _TIERS[number])
    return found


def _rooms(rng: Generator, tier: NDArray[np.int64]) -> list[bool | None]:
    drawn = rng.random(BLOCK)
    wants = drawn < np.array(figures.ROOM_BY_TIER)[tier]
    declines = drawn > 0.95
    pairs = zip(wants.tolist(), declines.tolist(), strict=True)
    return [True if wish else (False if no else None) for wish, no in pairs]


def _wanted(rng: Generator, tier: NDArray[np.int64], homes: list[str]) -> list[tuple[str, ...]]:
    names = happens(rng, np.array(figures.WANTED_BY_TIER)[tier], BLOCK)
    parts = rng.random((BLOCK, 2)).tolist()
    found = []
    for number, has, home, (one, other) in zip(tier.tolist(), names, homes, parts, strict=True):
        lists = ((home[:6],), figures.WANTED_IN_PROVINCE, figures.WANTED_BEYOND)
        known = lists[number]
        drawn = (known[int(one * len(known))], known[int(other * len(known))])
        found.append(tuple(dict.fromkeys(drawn)) if has else ())
    return found


def _refused_places(rng: Generator) -> list[tuple[str, ...]]:
    refuses = happens(rng, figures.REFUSED_PLACE_SHARE, BLOCK)
    drawn = rng.integers(len(figures.REFUSED), size=BLOCK).tolist()
    return [(figures.REFUSED[n],) if has else () for has, n in zip(refuses, drawn, strict=True)]


def _refused_trades(rng: Generator, practice: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    known = trades()
    refuses = happens(rng, figures.REFUSED_TRADE_SHARE, BLOCK)
    drawn = [known[n].word for n in rng.integers(len(known), size=BLOCK).tolist()]
    return [
        (word,) if has and word not in own else ()
        for has, word, own in zip(refuses, drawn, practice, strict=True)
    ]


def _licences(rng: Generator, practice: list[tuple[str, ...]]) -> list[tuple[str, ...] | None]:
    unasked = happens(rng, figures.LICENCES_UNASKED_SHARE, BLOCK)
    held = happens(rng, figures.LICENCE_HELD_SHARE, BLOCK)
    owned = [
        tuple(sorted({figures.LICENCE_OF[word] for word in own if word in figures.LICENCE_OF}))
        for own in practice
    ]
    return [
        None if is_unasked else (licences if has else ())
        for is_unasked, has, licences in zip(unasked, held, owned, strict=True)
    ]


def _years(
    rng: Generator, practice: list[tuple[str, ...]]
) -> list[tuple[tuple[str, int], ...] | None]:
    unasked = happens(rng, figures.YEARS_UNASKED_SHARE, BLOCK)
    years = rng.exponential(figures.MEAN_YEARS, (BLOCK, 3)).astype(int)
    years = np.minimum(years, figures.LONGEST_YEARS)
    return [
        None if is_unasked else tuple(zip(own, row, strict=False))
        for is_unasked, own, row in zip(unasked, practice, years.tolist(), strict=True)
    ]


def _groups(rng: Generator) -> list[frozenset[str]]:
    columns = [happens(rng, share, BLOCK) for share in figures.GROUPS.values()]
    return [
        frozenset(name for name, has in zip(figures.GROUPS, row, strict=True) if has)
        for row in zip(*columns, strict=True)
    ]


def _days(rng: Generator) -> list[int]:
    days = rng.integers(1, figures.LATEST_DAYS, BLOCK)
    found: list[int] = np.where(rng.random(BLOCK) < figures.LATER_SHARE, days, 0).tolist()
    return found
