"""Open vacancies of the invented city; see `market`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from matching.types import Vacancy
from tests.benchmarks import market_figures as figures
from tests.benchmarks.market import (
    BLOCK,
    catalogue,
    chosen,
    drawn_numbers,
    generator,
    happens,
    hundreds,
    land,
    trades,
)

_KIND = 2
_YOUNGEST_ASKED = 18


def vacancies(first: int, end: int, *, issue: int = 0) -> Iterator[Vacancy]:
    """Make the vacancies numbered `first` to `end` - 1; ids rise with the numbers.

    Args:
        first: The first number.
        end: One more than the last.
        issue: Another one gives the same ids other conditions, as an edit does.
    """
    for block in range(first // BLOCK, -(-end // BLOCK)):
        start = block * BLOCK
        yield from _block(block, issue)[max(first - start, 0) : end - start]


def _block(block: int, issue: int) -> list[Vacancy]:
    rng = generator(_KIND + 1000 * issue, block)
    known = trades()
    drawn = drawn_numbers(rng, [trade.share for trade in known], BLOCK)
    words = [known[number].word for number in drawn.tolist()]
    yuan = np.array([trade.yuan for trade in known], dtype=np.float64)[drawn]
    counties, towns, region_pay = _workplaces(rng)
    low, high = _pay(rng, yuan * region_pay)
    firms = rng.integers(0, max(1, BLOCK // figures.VACANCIES_A_FIRM), BLOCK)
    chances = rng.uniform(*figures.CHANCES, BLOCK)[firms].tolist()
    columns: dict[str, Sequence[object]] = {
        "id": [f"{block * BLOCK + at:032x}" for at in range(BLOCK)],
        "trade": words,
        "adcode": counties,
        "town": towns,
        "wage_min": low,
        "wage_max": high,
        "employer": [f"{block}-{firm}" for firm in firms],
        "chance": chances,
        **_conditions(rng, words),
    }
    rows = zip(*columns.values(), strict=True)
    return [Vacancy(**dict(zip(columns, row, strict=True))) for row in rows]


def _conditions(rng: Generator, words: list[str]) -> dict[str, Sequence[object]]:
    """Draw what a block of vacancies asks for and gives, by field; the order of draws is fixed."""
    age_low, age_high = _ages(rng)
    licences, years = _licences(rng, words), _years(rng)
    education, skill = chosen(rng, figures.SCHOOLING_ASKED, BLOCK), _skill(rng)
    board, lodging = chosen(rng, figures.BOARD, BLOCK), chosen(rng, figures.LODGING, BLOCK)
    reserved, nearby = _reserved(rng), happens(rng, figures.NEARBY_SHARE, BLOCK)
    until, published, starts = _days(rng)
    lasts, headcount = _lasts(rng), rng.geometric(1 / figures.MEAN_HEADCOUNT, BLOCK).tolist()
    nights = happens(rng, figures.NIGHT_SHARE, BLOCK)
    return {
        "headcount": headcount,
        "age_min": age_low,
        "age_max": age_high,
        "board": board,
        "lodging": lodging,
        "certificates": licences,
        "reserved_for": reserved,
        "valid_until": until,
        "published_on": published,
        "night_shift": [night or None for night in nights],
        "education": education,
        "experience_years": years,
        "needs_skill": skill,
        "starts_on": starts,
        "lasts_days": lasts,
        "nearby_only": nearby,
    }


def _workplaces(rng: Generator) -> tuple[list[str], list[str | None], NDArray[np.float64]]:
    where = land()
    shares = [share for _, share, _ in figures.VACANCY_REGIONS]
    regions = drawn_numbers(rng, shares, BLOCK)
    parts, city_only = rng.random((BLOCK, 2)), happens(rng, figures.CITY_ONLY_SHARE, BLOCK)
    named = happens(rng, figures.VACANCY_TOWN_SHARE, BLOCK)
    codes: list[str] = []
    towns: list[str | None] = []
    for at, region in enumerate(regions.tolist()):
        counties = where.workplaces[region]
        county = counties[int(parts[at, 0] * len(counties))]
        own = where.towns.get(county, ())
        town = own[int(parts[at, 1] * len(own))] if own and named[at] else None
        is_coarse = city_only[at] and town is None
        codes.append((catalogue().places.city_of(county) or county) if is_coarse else county)
        towns.append(town)
    pay = np.array([factor for _, _, factor in figures.VACANCY_REGIONS])[regions]
    return codes, towns, pay


def _pay(rng: Generator, usual: NDArray[np.float64]) -> tuple[list[int | None], list[int | None]]:
    low = usual * rng.lognormal(0, figures.PAY_SPREAD, BLOCK)
    high = low * rng.choice(figures.RANGE_WIDTHS, BLOCK)
    unsaid = happens(rng, figures.PAY_UNSAID_SHARE, BLOCK)
    rows = list(zip(hundreds(low), hundreds(high), unsaid, strict=True))
    return [None if no else one for one, _, no in rows], [
        None if no else two for _, two, no in rows
    ]


def _ages(rng: Generator) -> tuple[list[int | None], list[int | None]]:
    said = happens(rng, figures.YOUNGEST_SAID_SHARE, BLOCK)
    low = [_YOUNGEST_ASKED if is_said else None for is_said in said]
    return low, chosen(rng, figures.AGE_LIMITS, BLOCK)


def _licences(rng: Generator, words: list[str]) -> list[tuple[str, ...]]:
    asked = happens(rng, figures.LICENCE_ASKED_SHARE, BLOCK)
    return [
        (figures.LICENCE_OF[word],) if is_asked and word in figures.LICENCE_OF else ()
        for word, is_asked in zip(words, asked, strict=True)
    ]


def _years(rng: Generator) -> list[int | None]:
    years = rng.integers(1, 5, BLOCK).tolist()
    asked = happens(rng, figures.YEARS_ASKED_SHARE, BLOCK)
    return [year if is_asked else None for year, is_asked in zip(years, asked, strict=True)]


def _skill(rng: Generator) -> list[bool | None]:
    return chosen(rng, figures.SKILL_SAID, BLOCK)


def _reserved(rng: Generator) -> list[frozenset[str]]:
    names = list(figures.GROUPS)
    drawn = rng.integers(len(names), size=BLOCK).tolist()
    has = happens(rng, figures.RESERVED_SHARE, BLOCK)
    return [
        frozenset({names[n]}) if one else frozenset() for n, one in zip(drawn, has, strict=True)
    ]


def _days(rng: Generator) -> tuple[list[date | None], list[date], list[date | None]]:
    """Draw the last day, the day of the post, and the day on which work begins."""
    last = rng.integers(0, figures.LONGEST_OPEN, BLOCK).tolist()
    ends = happens(rng, figures.ENDS_SAID_SHARE, BLOCK)
    age = rng.integers(0, figures.OLDEST_POST, BLOCK).tolist()
    begins = happens(rng, figures.STARTS_SHARE, BLOCK)
    starts = rng.integers(1, figures.LONGEST_OPEN, BLOCK).tolist()
    today = figures.TODAY
    return (
        [today + timedelta(n) if has else None for n, has in zip(last, ends, strict=True)],
        [today - timedelta(n) for n in age],
        [today + timedelta(n) if has else None for n, has in zip(starts, begins, strict=True)],
    )


def _lasts(rng: Generator) -> list[int | None]:
    days = rng.integers(1, 30, BLOCK).tolist()
    short = happens(rng, figures.SHORT_SHARE, BLOCK)
    return [day if is_short else None for day, is_short in zip(days, short, strict=True)]
