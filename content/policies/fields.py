"""The fields of one table of a policy file, each wrong one noted with its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from content.policies.problems import Problem


@dataclass(slots=True)
class Fields:
    """Reads one table and collects what is wrong with it.

    Attributes:
        row: The table as parsed.
        file: The file as errors show it.
        line_of: Line of a key; of the table itself where the key is not in it.
        problems: What was wrong with the fields asked for so far.
    """

    row: Mapping[str, object]
    file: str
    line_of: Callable[[str], int]
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, key: str, code: str, **values: str) -> None:
        """Note one problem at the line of `key`."""
        self.problems.append(Problem(self.file, self.line_of(key), code, {"field": key, **values}))

    def text(self, key: str) -> str:
        """Return the text under `key`; a missing or empty one is noted and given as empty."""
        value = self.row.get(key)
        if value is None:
            self.wrong(key, "missing")
        elif not isinstance(value, str) or not value.strip():
            self.wrong(key, "no_text")
        else:
            return value.strip()
        return ""

    def optional(self, key: str) -> str:
        """Return the text under `key`, empty where there is none."""
        value = self.row.get(key, "")
        if not isinstance(value, str):
            self.wrong(key, "no_text")
            return ""
        return value.strip()

    def lines(self, key: str) -> tuple[str, ...]:
        """Return the list of texts under `key`; an absent key is an empty list."""
        value = self.row.get(key, [])
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            return tuple(one.strip() for one in value)
        self.wrong(key, "no_list")
        return ()

    def day(self, key: str) -> date | None:
        """Return the day under `key`, or None where it is absent."""
        value = self.row.get(key)
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.wrong(key, "no_day")
        return None

    def truth(self, key: str) -> bool:
        """Return the truth value under `key`; anything else is noted."""
        value = self.row.get(key)
        if isinstance(value, bool):
            return value
        self.wrong(key, "no_truth")
        return False

    def nothing_else(self, known: frozenset[str]) -> None:
        """Note every key that is not among `known`: a misspelt one would be lost in silence."""
        for key in self.row:
            if key not in known:
                self.wrong(key, "unknown_key")
