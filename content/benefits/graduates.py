"""Every willing graduate of a poor household has work, a trainee's place or a course (P-GRAD)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GraduatePlan:
    """What a graduate has at present.

    Attributes:
        person: Id of the person.
        is_willing: Wants to work.
        has_work: Is employed.
        is_trainee: Is on 就业见习.
        is_in_course: Takes a course.
    """

    person: int
    is_willing: bool
    has_work: bool
    is_trainee: bool
    is_in_course: bool

    @property
    def is_provided_for(self) -> bool:
        """Whether one of the three holds."""
        return self.has_work or self.is_trainee or self.is_in_course


def without_a_plan(plans: Iterable[GraduatePlan]) -> tuple[int, ...]:
    """Return the ids of willing graduates who have none of the three, sorted: the aim is none."""
    return tuple(
        sorted(plan.person for plan in plans if plan.is_willing and not plan.is_provided_for)
    )
