"""What is wrong with a card: file, line and remedy, in the words of an officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.errors import ContentError
from content.data_files import DataFolder
from content.texts import Texts, read_texts


class Severity(StrEnum):
    """An error keeps the content from being used; a warning wants to be looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong.

    Attributes:
        file: The data file as people know it; `overlay …` stands before a bureau's own.
        line: Line in it, from 1.
        code: Names the texts `policy_problems.problem.CODE` and `policy_problems.remedy.CODE`.
        values: For the placeholders of both.
        severity: Whether it may stay.
    """

    file: str
    line: int
    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    def problem(self, texts: Texts, language: str) -> str:
        """Return what is wrong, without a full stop."""
        return texts.render(f"policy_problems.problem.{self.code}", language, **self.values)

    def remedy(self, texts: Texts, language: str) -> str:
        """Return what to do about it."""
        return texts.render(f"policy_problems.remedy.{self.code}", language, **self.values)

    def as_error(self) -> ContentError:
        """Make the error that stops the start, worded as the package words it."""
        texts = read_texts(DataFolder())
        return ContentError(
            self.file, self.line, self.problem(texts, "en"), self.remedy(texts, "en")
        )


def warning(file: str, line: int, code: str, **values: str) -> Problem:
    """Make a problem that may stay."""
    return Problem(file, line, code, values, Severity.WARNING)
