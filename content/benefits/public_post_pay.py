"""Pay and end of a public-welfare post: by attendance, and never as alms (P-PWJDUTY)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from content.benefits.money import rounded_fen

# The report names no number of absences; a bureau sets its own.
ABSENCES_THAT_END = 3


class Review(StrEnum):
    """Why an officer has to look before anything is paid."""

    NEVER_CAME = "never_came"
    CAME_MORE_THAN_AGREED = "came_more_than_agreed"


class PostExit(StrEnum):
    """Why somebody leaves a public-welfare post; each one opens a case, none is silent."""

    FOUND_WORK = "found_work"
    AGE_OR_HEALTH = "age_or_health"
    UNFIT = "unfit"
    MISCONDUCT = "misconduct"
    POST_CANCELLED = "post_cancelled"
    ABSENCES = "absences"
    OWN_WISH = "own_wish"


@dataclass(frozen=True, slots=True)
class PayDue:
    """What is due for one pay period.

    Attributes:
        fen: The sum.
        review: Why it is not paid without a look at it; None where it may be.
    """

    fen: int
    review: Review | None

    @property
    def is_stopped(self) -> bool:
        """Whether payment stops, the worker is told, and a case is opened."""
        return self.review is Review.NEVER_CAME


def pay_due(rate_fen: int, *, attended: int, required: int) -> PayDue:
    """Return rate × attended / required, rounded to the fen, half a fen upwards.

    Attendance beyond what was agreed earns no more than the rate: it is for an officer to see.

    Args:
        rate_fen: What a full period pays.
        attended: Hours or days that were worked, in the unit of `required`.
        required: Hours or days agreed on, at least 1.

    Raises:
        ValueError: A number is negative, or nothing is required.
    """
    if min(rate_fen, attended) < 0 or required < 1:
        raise ValueError("rate and attendance are not negative, and something is required")
    if attended == 0:
        return PayDue(0, Review.NEVER_CAME)
    fen = rounded_fen(Fraction(rate_fen * min(attended, required), required))
    return PayDue(fen, Review.CAME_MORE_THAN_AGREED if attended > required else None)


def has_to_leave(absences: int, *, limit: int = ABSENCES_THAT_END) -> bool:
    """Tell whether so many absences without leave end the post, by the bureau's own limit."""
    return absences >= limit
