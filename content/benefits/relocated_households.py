"""Relocated households in which nobody works though somebody could (P-RELOC)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from content.benefits.facts import WORKING_AGE, completed_years

OLDEST_LABOUR = 60


@dataclass(frozen=True, slots=True)
class HouseholdMember:
    """One member of a household on a day.

    Attributes:
        birth: Day of birth.
        is_able: Has the capacity to work.
        is_student: Is at school.
        is_employed: Has work of any kind; a public-welfare post is work.
    """

    birth: date
    is_able: bool
    is_student: bool
    is_employed: bool

    def could_work(self, on: date) -> bool:
        """Tell whether the member counts as labour: able, no student, 16 and not yet 60."""
        of_age = WORKING_AGE <= completed_years(self.birth, on) < OLDEST_LABOUR
        return of_age and self.is_able and not self.is_student


def needs_alert(members: Iterable[HouseholdMember], on: date) -> bool:
    """Tell whether nobody of a relocated household works on a day though somebody could.

    Households of students, of the old or of people unable to work raise no alert. An older
    member who works keeps it silent too: the clause wants one of the household in work.
    """
    household = tuple(members)
    anybody_works = any(member.is_employed for member in household)
    return not anybody_works and any(member.could_work(on) for member in household)
