"""Find the names of a lexicon in a text, longest first, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
        self._lengths = lengths_by_head(self._names)

    def find(self, text: str) -> list[Mention]:
        """Find names from left to right, the longest at each place, without overlap."""
        found = []
        lengths_of = self._lengths.get
        place, last = 0, len(text) - 1
        while place < last:
            lengths = lengths_of(text[place : place + 2])
            name = None if lengths is None else self._longest_at(text, place, lengths)
            if name is None:
                place += 1
                continue
            found.append(Mention(name, place, place + len(name)))
            place += len(name)
        return found

    def _longest_at(self, text: str, place: int, lengths: tuple[int, ...]) -> str | None:
        for length in lengths:
            name = text[place : place + length]
            if name in self._names:
                return name
        return None


def lengths_by_head(names: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """Return for each two characters that begin a name how long such names are, longest first."""
    lengths: dict[str, tuple[int, ...]] = {}
    # There are few different tuples for tens of thousands of heads: each is kept once.
    kept: dict[tuple[int, ...], tuple[int, ...]] = {}
    for name in names:
        known = lengths.get(name[:2], ())
        if len(name) not in known:
            longer = tuple(sorted((*known, len(name)), reverse=True))
            lengths[name[:2]] = kept.setdefault(longer, longer)
    return lengths
