"""Labelled questions, and how well they are understood; the rules are those of the samples."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.understanding.policy_questions import FoundPolicies

OWN = Path(__file__).parents[2] / "data" / "policy_questions_own.jsonl"
# Beside a checkout of the project's room; elsewhere the tests do with our own questions.
SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "policy_questions.jsonl"
ON = date(2026, 11, 20)

Find = Callable[[str, str | None], FoundPolicies]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One question with what is right; `handoff` None: careful readers differ."""

    id: str
    text: str
    jurisdiction: str | None
    mechanisms: frozenset[str]
    acceptable: frozenset[str]
    handoff: bool | None

    def is_met(self, found: FoundPolicies) -> bool:
        """Whether the mechanisms are right; where none is, the question has to go to a person."""
        given = frozenset(found.mechanisms)
        if not self.mechanisms:
            return not given and found.handoff
        return bool(given & self.mechanisms) and given <= self.mechanisms | self.acceptable


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1, and the ids of the questions that were not understood."""

    answerable: float
    refused: float
    handoff: float
    wrong: tuple[str, ...]


def read_labelled(path: Path) -> list[Labelled]:
    """Read a file of labelled questions."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Labelled(
            row["id"],
            row["text"],
            row["jurisdiction"],
            frozenset(row["gold"]["mechanisms"]),
            frozenset(row["gold"].get("also_acceptable", ())),
            row["gold"].get("handoff"),
        )
        for row in rows
    ]


def score(questions: Sequence[Labelled], find: Find) -> Score:
    """Ask all questions."""
    found = [(it, find(it.text, it.jurisdiction)) for it in questions]
    answerable = [it.is_met(one) for it, one in found if it.mechanisms]
    refused = [it.is_met(one) for it, one in found if not it.mechanisms]
    handoffs = [it.handoff is one.handoff for it, one in found if it.handoff is not None]
    wrong = tuple(it.id for it, one in found if not it.is_met(one))
    return Score(share(answerable), share(refused), share(handoffs), wrong)


def share(outcomes: Sequence[bool]) -> float:
    """Return the share of True."""
    return sum(outcomes) / len(outcomes)
