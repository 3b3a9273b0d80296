"""What of a match is told: the best reasons to the worker, every term to an officer."""

from __future__ import annotations

from dataclasses import dataclass, fields

from matching.types import Match, Reason
from matching.weights import Weights

_TOLD_AT_MOST = 3
TERMS = tuple(field.name for field in fields(Weights) if field.name != "usual_wage")


@dataclass(frozen=True, slots=True)
class TermLine:
    """One line of a score for an officer: the term, its value from 0 to 1, or None if unknown."""

    name: str
    value: float | None


def why(match: Match, /) -> tuple[Reason, ...]:
    """Give at most three reasons worth telling a worker, the trade first, then wage, then place.

    Empty when nothing certain speaks for the vacancy; then nothing should be claimed.
    """
    return match.reasons[:_TOLD_AT_MOST]


def terms(match: Match, /) -> tuple[TermLine, ...]:
    """Give every line of the score in a fixed order, unknown ones included."""
    known = dict(match.terms)
    return tuple(TermLine(name, known.get(name)) for name in TERMS)
