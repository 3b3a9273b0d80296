"""What is known about one person on one day, as far as benefit rules ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from content.benefits.vocabulary import UNKNOWN, Fact, Unknown, group_of

# The law lets nobody work under it.
WORKING_AGE = 16


class Wrong(StrEnum):
    """What can be wrong with a fact of a profile."""

    MISSING = "missing"
    UNKNOWN_KEY = "unknown key"
    UNKNOWN_VALUE = "unknown value"
    NO_DATE = "not a date such as 2017-06-01"
    FUTURE = "in the future"
    LONG_AGO = "too long ago"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fact that cannot be right; it is taken as unknown.

    Attributes:
        fact: Its name, such as `trip.mode` or `children.2.age` (counted from 1).
        wrong: What is the matter.
        other: The fact that it contradicts, else empty.
    """

    fact: str
    wrong: Wrong
    other: str = ""

    def __str__(self) -> str:
        """The problem in one line, without the value: it may be private."""
        return f"{self.fact}: {self.wrong} {self.other}".rstrip()


@dataclass(frozen=True, slots=True)
class Child:
    """A child of the person.

    Attributes:
        age: Years, None where unsaid or unknown.
        school: One of `SCHOOLS`, or unknown.
    """

    age: int | None
    school: str | Unknown


class Journey(StrEnum):
    """How far a trip goes."""

    SAME_COUNTY = "same_county"
    OTHER_COUNTY = "other_county"
    OTHER_PROVINCE = "other_province"


@dataclass(frozen=True, slots=True)
class BenefitProfile:
    """One person's facts; read by `ProfileReader`, or made by a service from its records.

    Attributes:
        jurisdiction: Whose rules are asked (`CQ`, `DY`), empty where that is unknown.
        as_of: The day for which is asked, None where unknown.
        age: Completed years on `as_of`, None where unknown. Who was born on 29 February is a
            year older on 1 March of a common year.
        categories: Those that an officer or an official list has confirmed.
        knows_categories: Whether `categories` is all of them.
        claimed: Categories that the person only says of themself.
        facts: Every fact of `FACTS` by name, and each of `GROUPS` as True; what does not apply
            is absent, what nobody knows is UNKNOWN.
        children: None where unknown.
        journey: Of the trip; None where there is none, or its places do not tell.
        unclear_places: Which ends of the trip would have to be known (better) for `journey`.
        problems: Facts that could not be taken as they were said.
    """

    jurisdiction: str
    as_of: date | None
    age: int | None
    categories: frozenset[str]
    knows_categories: bool
    claimed: frozenset[str]
    facts: Mapping[str, Fact]
    children: tuple[Child, ...] | None
    journey: Journey | None
    unclear_places: tuple[str, ...]
    problems: tuple[Problem, ...]

    def sum_of(self, fact: str) -> int | None:
        """Return the fen of a sum, or None where it is unknown or does not apply."""
        value = self.facts.get(fact)
        return value if isinstance(value, int) else None

    def does_not_know(self, fact: str) -> bool:
        """Tell whether a fact applies but nobody knows it."""
        return self.facts.get(fact) is UNKNOWN

    def to_ask(self, fact: str) -> str:
        """Return what to ask for an unknown fact: its whole group if nothing of that is known."""
        group = group_of(fact)
        return group if self.does_not_know(group) else fact


def completed_years(birth: date, on: date) -> int:
    """Return the age on a day; a birthday on 29 February falls on 1 March in common years."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
