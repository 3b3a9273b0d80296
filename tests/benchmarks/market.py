"""An invented city for the ranking benchmarks: the same numbers always give the same people.

The figures stand in `market_figures`. Workers and vacancies are drawn in blocks of BLOCK, each
with a seed of its own, so that any stretch of a long register can be made without the rest.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bot.services.ranking.matching_views import knowledge_of
from content.catalogue import Catalogue
from content.reader import read_catalogue
from matching.tables.going_wages import going_wages
from matching.tables.knowledge import Knowledge
from matching.tables.vacancies import VacancyTable
from matching.weights import Options
from tests.benchmarks import market_figures as figures

BLOCK = 2_000
SEED = 5
T = TypeVar("T", bound=Hashable | None)


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade of one branch: its share of all workers, and what it pays."""

    word: str
    share: float
    yuan: int


@dataclass(frozen=True, slots=True)
class Land:
    """Where people live and work: codes, six digits or nine.

    Attributes:
        towns: The towns of each home county.
        workplaces: For each of the VACANCY_REGIONS the places a vacancy may lie in.
    """

    towns: Mapping[str, tuple[str, ...]]
    workplaces: tuple[tuple[str, ...], ...]


@cache
def catalogue() -> Catalogue:
    """Return the product's own content."""
    return read_catalogue()


@cache
def knowledge() -> Knowledge:
    """Return the product's own trades and places by number."""
    return knowledge_of(catalogue())


def options_for(table: VacancyTable) -> Options:
    """Return the options that the product's board would rank this table with."""
    return Options(today=figures.TODAY, going=going_wages(table, knowledge()).yuan)


@cache
def trades() -> tuple[Trade, ...]:
    """Return all trades of all branches; the shares sum to 1."""
    found = []
    for branch in figures.BRANCHES:
        weights = figures.TRADE_DECAY ** np.arange(len(branch.trades))
        for word, weight in zip(branch.trades, weights / weights.sum(), strict=True):
            found.append(Trade(word, branch.share * float(weight), branch.yuan))
    return tuple(found)


@cache
def land() -> Land:
    """Return where people live and work."""
    places = catalogue().places
    counties = [
        code for code in places.codes() if places.county_of(code) == code and places.seat(code)
    ]
    towns = {
        county: tuple(town.code for town in places.towns_in(county))
        for county in figures.HOME_COUNTIES
    }
    regions = [
        tuple(code for code in counties if code.startswith(region) and places.seat(code))
        for region, _, _ in figures.VACANCY_REGIONS
    ]
    return Land(towns, tuple(regions))


def generator(kind: int, block: int) -> Generator:
    """Return the source of chance of one block."""
    return np.random.default_rng((SEED, kind, block))


def chosen(rng: Generator, shares: Mapping[T, float], size: int) -> list[T]:
    """Draw values by their shares."""
    values = list(shares)
    drawn = drawn_numbers(rng, list(shares.values()), size)
    return [values[number] for number in drawn.tolist()]


def drawn_numbers(rng: Generator, shares: Sequence[float], size: int) -> NDArray[np.int64]:
    """Draw positions by their shares, which need not sum to 1."""
    weights = np.array(shares)
    return rng.choice(len(weights), size=size, p=weights / weights.sum())


def happens(rng: Generator, share: float | NDArray[np.float64], size: int) -> list[bool]:
    """Draw yes or no."""
    found: list[bool] = (rng.random(size) < share).tolist()
    return found


def hundreds(yuan: NDArray[np.float64]) -> list[int]:
    """Round as people say pay."""
    found: list[int] = (np.round(yuan / 100).astype(np.int64) * 100).tolist()
    return found
