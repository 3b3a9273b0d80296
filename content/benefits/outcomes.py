"""What one condition says about one person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from content.benefits.facts import BenefitProfile


class Kind(Enum):
    """The four answers of a condition."""

    MET = "met"
    NOT_MET = "not met"
    OFFICER = "an officer decides"
    MISSING = "a fact is missing"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of a condition.

    Attributes:
        kind: Which of the four.
        codes: For a missing fact the names of facts, else reasons; none where it is met.
    """

    kind: Kind
    codes: tuple[str, ...] = ()


MET = Outcome(Kind.MET)
Check = Callable[[BenefitProfile], Outcome]


def not_met(*reasons: str) -> Outcome:
    """The person is excluded, for these reasons."""
    return Outcome(Kind.NOT_MET, reasons)


def for_officer(*reasons: str) -> Outcome:
    """The text does not settle it; an officer has to look, for these reasons."""
    return Outcome(Kind.OFFICER, reasons)


def missing(*facts: str) -> Outcome:
    """Nobody knows these facts."""
    return Outcome(Kind.MISSING, facts)
