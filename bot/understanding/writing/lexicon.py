"""Find the names of a lexicon in a text, longest first, in one pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the lexicon at a place of the text."""

    name: str
    start: int
    end: int


class Lexicon:
    """Names indexed by their first two characters and their lengths.

    A pass over the text costs one look-up a character, however many names there are.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(name for name in names if len(name) > 1)
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {
            head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()
        }

    def find(self, text: str) -> list[Mention]:
        """Find names from left to right, the longest at each place, without overlap."""
        found = []
        place = 0
        while place < len(text) - 1:
            name = self._longest_at(text, place)
            if name is None:
                place += 1
                continue
            found.append(Mention(name, place, place + len(name)))
            place += len(name)
        return found

    def _longest_at(self, text: str, place: int) -> str | None:
        for length in self._lengths.get(text[place : place + 2], ()):
            name = text[place : place + length]
            if name in self._names:
                return name
        return None
