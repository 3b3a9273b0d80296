"""Kinds of answer that a question expects."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding import WorkerReading

DIGITS = re.compile(r"\d+")
FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class Prompt:
    """An answer that is one of the numbered choices, and nothing else."""

    takes_words: bool = False

    def number(self, text: str, reading: WorkerReading) -> int | None:
        """Return the number in the answer, where this prompt wants one."""
        del text, reading
        return None


@dataclass(frozen=True, slots=True)
class FreeText(Prompt):
    """An answer in the person's own words; choices may stand beside it."""

    takes_words: bool = True


@dataclass(frozen=True, slots=True)
class Number(Prompt):
    """A whole number from `low` to `high`, in digits or Chinese numerals."""

    low: int = 0
    high: int = 1_000_000
    takes_words: bool = True

    def number(self, text: str, reading: WorkerReading) -> int | None:
        """Return the first number in range, or None."""
        typed = [int(found) for found in DIGITS.findall(text.translate(FULL_WIDTH))[:5]]
        read = [reading.choice] if reading.choice is not None else []
        fitting = [value for value in [*typed, *read] if self.low <= value <= self.high]
        return fitting[0] if fitting else None


CHOICE = Prompt()
WORDS = FreeText()
