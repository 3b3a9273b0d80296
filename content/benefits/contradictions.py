"""Facts of one profile that cannot all be true; which of them is wrong is never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from content.benefits.facts import WORKING_AGE, Child, Problem, Wrong
from content.benefits.vocabulary import UNKNOWN, Fact

WORKING = frozenset({"employed", "flexible", "self_employed"})
IN_THE_MARKET = frozenset({"employed", "self_employed"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a profile says before it is checked against itself; as in `BenefitProfile`."""

    as_of: date | None
    birth: date | None
    age: int | None
    categories: frozenset[str]
    facts: Mapping[str, Fact]


def contradictions(said: Said) -> Iterator[Problem]:
    """Yield each fact that another one contradicts: it has to be taken as unknown."""
    yield from _about_work(said)
    yield from _about_the_household(said)
    yield from _about_graduation(said)


def doubtful_children(
    children: tuple[Child, ...], age: int | None
) -> tuple[tuple[Child, ...], tuple[Problem, ...]]:
    """Return the children, the schools of impossible ones unknown, and what is wrong.

    A child as old as the parent, or older, is a slip of one of the two ages, or another
    family's child.
    """
    problems: list[Problem] = []
    checked: list[Child] = []
    for number, child in enumerate(children, start=1):
        if age is not None and child.age is not None and child.age >= age:
            problems.append(Problem(f"children.{number}.age", Wrong.CONTRADICTS, "birth"))
            checked.append(replace(child, school=UNKNOWN))
        else:
            checked.append(child)
    return tuple(checked), tuple(problems)


def _about_work(said: Said) -> Iterator[Problem]:
    employment = said.facts.get("employment")
    if employment in WORKING and said.age is not None and said.age < WORKING_AGE:
        yield Problem("employment", Wrong.CONTRADICTS, "birth")
    if employment in WORKING and said.facts.get("labour_capacity") is False:
        yield Problem("labour_capacity", Wrong.CONTRADICTS, "employment")
    if employment in IN_THE_MARKET and said.facts.get("hard_to_place") is True:
        yield Problem("hard_to_place", Wrong.CONTRADICTS, "employment")


def _about_the_household(said: Said) -> Iterator[Problem]:
    able, employed = said.facts.get("household_labour"), said.facts.get("household_employed")
    if isinstance(able, int) and isinstance(employed, int) and employed > able:
        yield Problem("household_employed", Wrong.CONTRADICTS, "household_labour")
        yield Problem("household_labour", Wrong.CONTRADICTS, "household_employed")
    if employed == 0 and said.facts.get("employment") in WORKING:
        yield Problem("household_employed", Wrong.CONTRADICTS, "employment")
    if said.facts.get("relocated") is False and "易迁" in said.categories:
        yield Problem("relocated", Wrong.CONTRADICTS, "categories")


def _about_graduation(said: Said) -> Iterator[Problem]:
    year = said.facts.get("graduate.year")
    if not isinstance(year, int):
        return
    if said.as_of is not None and year > said.as_of.year:
        yield Problem("graduate.year", Wrong.FUTURE)
    if said.birth is not None and year <= said.birth.year:
        yield Problem("graduate.year", Wrong.CONTRADICTS, "birth")
