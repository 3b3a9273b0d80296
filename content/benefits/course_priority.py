"""Who gets the seats of a course: the groups of item 5 first, then who came first (P-TRAINPRIO)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CourseApplicant:
    """One person who asks for a seat.

    Attributes:
        person: Id of the person.
        asked_at: When they asked first.
        is_woman: Asked for only here.
        is_poor: The household's poverty has been confirmed; a claim does not count.
        is_disabled: Confirmed likewise.
        left_school: Left junior or senior high school without going on (两后生).
    """

    person: int
    asked_at: datetime
    is_woman: bool
    is_poor: bool
    is_disabled: bool
    left_school: bool

    @property
    def comes_first(self) -> bool:
        """Whether one of the groups holds; the text puts none of them above another."""
        return (self.is_woman and self.is_poor) or self.is_disabled or self.left_school


@dataclass(frozen=True, slots=True)
class Seating:
    """Persons in the order of the list: those with a seat, and those who wait for one."""

    seated: tuple[int, ...]
    waiting: tuple[int, ...]


def seats_given(applicants: Iterable[CourseApplicant], seats: int) -> Seating:
    """Give the seats: priority groups by time, then the others by time, then by id.

    Whoever asks several times counts once, with the first time.

    Raises:
        ValueError: The number of seats is negative.
    """
    if seats < 0:
        raise ValueError("seats are not negative")
    ordered = sorted(applicants, key=lambda one: (not one.comes_first, one.asked_at, one.person))
    persons = tuple(dict.fromkeys(one.person for one in ordered))
    return Seating(persons[:seats], persons[seats:])
