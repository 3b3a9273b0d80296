"""One table of a rule file; every wrong key is refused with its line and a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.errors import ContentError
from content.benefits.money import FEN_A_YUAN, MOST_YUAN
from content.data_files import DataFile

_HEADING = re.compile(r"\s*\[")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A table as parsed.

    Attributes:
        file: Where it stands.
        line: The line of its heading, 1 for what stands before the first heading.
        values: Its keys.
    """

    file: DataFile
    line: int
    values: Mapping[str, object]

    def error(self, key: str, problem: str, remedy: str) -> ContentError:
        """Make the error at the line of `key`; the caller raises it."""
        return self.file.error(self._line_of(key), problem, remedy)

    def nothing_but(self, known: frozenset[str]) -> None:
        """Refuse a key that is not `known`: a misspelt condition would hold for everybody."""
        for key in self.values:
            if key not in known:
                raise self.error(key, f"{key} is no key here", f"Use {', '.join(sorted(known))}.")

    def text(self, key: str) -> str:
        """Return the text under `key`."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, f"{key} is not text", f'Write {key} = "…".')
        return value.strip()

    def optional_text(self, key: str) -> str | None:
        """Return the text under `key`, None where the key is absent."""
        return self.text(key) if key in self.values else None

    def one_of(self, key: str, known: frozenset[str]) -> str:
        """Return the word under `key`, which is one of `known`."""
        word = self.text(key)
        if word not in known:
            raise self.error(
                key, f"{key} {word} is unknown", f"Use one of {', '.join(sorted(known))}."
            )
        return word

    def words(self, key: str, known: Iterable[str]) -> frozenset[str]:
        """Return the list of words under `key`, all of them `known`; none where it is absent."""
        listed = self.values.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise self.error(key, f"{key} is not a list of words", f'Write {key} = ["…"].')
        words = sorted(known)
        for word in listed:
            if word not in words:
                raise self.error(key, f"{key} holds {word}", f"Use words of {', '.join(words)}.")
        return frozenset(listed)

    def some_words(self, key: str, known: Iterable[str]) -> frozenset[str]:
        """Return the list of words under `key`, which is not empty."""
        words = self.words(key, known)
        if not words:
            example = min(known)
            raise self.error(
                key, f"{key} is missing or empty", f'Write {key} = ["{example}"] or the like.'
            )
        return words

    def percent(self, key: str) -> int:
        """Return the percentage under `key`, from 1 to 100."""
        return self._within(key, 1, 100)

    def sum_of_yuan(self, key: str) -> int:
        """Return the fen of the sum in whole yuan under `key`, which is not 0."""
        return self._within(key, 1, MOST_YUAN) * FEN_A_YUAN

    def _within(self, key: str, least: int, most: int) -> int:
        value = self.whole(key)
        if least <= value <= most:
            return value
        raise self.error(key, f"{key} is {value}", f"Write a number from {least} to {most}.")

    def whole(self, key: str, *, default: int | None = None) -> int:
        """Return the whole number from 0 under `key`."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.error(key, f"{key} is not a whole number", f"Write {key} = 16 or the like.")
        return value

    def day(self, key: str) -> date | None:
        """Return the day under `key`, None where the key is absent."""
        value = self.values.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        raise self.error(key, f"{key} is not a day", f"Write {key} = 2016-12-28, without quotes.")

    def _line_of(self, key: str) -> int:
        written = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        lines = self.file.text.splitlines()
        is_top = self.line <= len(lines) and not _HEADING.match(lines[self.line - 1])
        for number, line in enumerate(lines, start=1):
            if number <= self.line and not (is_top and number == self.line):
                continue
            if _HEADING.match(line):
                break
            if written.match(line):
                return number
        return self.line
