"""What a question about policies was found to mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from content.policies.cards import PolicyCard


class Reason(StrEnum):
    """Why a question is answered, or goes to a person."""

    ANSWERED = "answered"
    NO_CLAUSE = "no_clause"
    OTHER_CITY = "other_city"
    CITY_UNKNOWN = "city_unknown"
    NOT_IN_FORCE = "not_in_force"
    LEFT_OUT = "left_out"
    VERIFY = "verify"
    GRIEVANCE = "grievance"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class FoundPolicies:
    """Which clauses answer a question.

    Attributes:
        mechanisms: `P-…`, best first; empty where no clause of the city answers.
        cards: The cards of `mechanisms`; where the city is unknown, each city's card.
        asks: What is wanted: amount, place, time, papers, decision, own_status, grievance.
        handoff: The question goes to a person, whether or not a clause answers a part of it.
        reason: Why.
        topic: The mechanism or other topic that it was understood as; None if as none.
        item: Clause of the city's document that speaks of the topic though this service does not.
        text: The question, folded: for choosing lines that answer it.
    """

    mechanisms: tuple[str, ...]
    cards: tuple[PolicyCard, ...]
    asks: frozenset[str]
    handoff: bool
    reason: Reason
    topic: str | None = None
    item: str | None = None
    text: str = ""
