"""Cuts a question into words, with a dictionary of our own words only."""

from __future__ import annotations

import io
import itertools
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from content.policies.question_words import QuestionWords

_SPOKEN = re.compile(r"[a-z0-9一-鿿]+")
_ANY_FREQUENCY = 100


class _Cuts(Protocol):
    """What is used of jieba, which ships without types."""

    def lcut(self, sentence: str, cut_all: bool = ..., HMM: bool = ...) -> list[str]: ...  # noqa: N803


@dataclass(frozen=True, slots=True)
class Cut:
    """A question in words.

    Attributes:
        text: Folded: half-width, small letters.
        words: In order, each as written; ignored ones and single unknown characters left out.
        meanings: The word that stands for each of `words`.
        pairs: Every two neighbouring characters, for slips and for words that nobody listed.
        denied: Meanings that the person says are not so; they are not among the others.
    """

    text: str
    words: tuple[str, ...]
    meanings: tuple[str, ...]
    pairs: tuple[str, ...]
    denied: frozenset[str]


class QuestionCutter:
    """Cuts texts; jieba is loaded with the first one.

    Args:
        words: Gives the dictionary, what words stand for, and which tell nothing.
    """

    def __init__(self, words: QuestionWords) -> None:
        self._words = words
        self._known = frozenset(word for word in map(fold, words.vocabulary()) if word)
        self._meanings = {fold(variant): fold(word) for variant, word in words.synonyms.items()}
        self._ignored = frozenset(map(fold, words.ignored))
        self._negated = frozenset(fold(self.meaning(word)) for word in words.negated)

    def meaning(self, word: str) -> str:
        """Return the word that stands for `word`; itself where there is none."""
        return self._meanings.get(word, word)

    def cut(self, text: str) -> Cut:
        """Cut one text of any length."""
        folded = fold(text)
        runs = _SPOKEN.findall(folded)
        words: list[str] = []
        denied: set[str] = set()
        before = ""
        for word in (word for run in runs for word in self._cutter.lcut(run, HMM=False)):
            meaning = self.meaning(word)
            if before in self._words.negations and meaning in self._negated:
                denied.add(meaning)
            elif word in self._known and not self._ignored & {word, meaning}:
                words.append(word)
            before = word
        meanings = tuple(self.meaning(word) for word in words)
        return Cut(folded, tuple(words), meanings, tuple(_pairs(runs)), frozenset(denied))

    @cached_property
    def _cutter(self) -> _Cuts:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba looks for its data in the old way
            import jieba
        cutter = jieba.Tokenizer()
        # Set as jieba itself would from a file: it would also leave, and trust, a copy in the
        # temporary folder that all accounts of the machine share.
        lines = "".join(f"{word} {_ANY_FREQUENCY}\n" for word in sorted(self._known))
        cutter.FREQ, cutter.total = cutter.gen_pfdict(io.BytesIO(lines.encode()))
        cutter.initialized = True
        found: _Cuts = cutter
        return found


def fold(text: str) -> str:
    """Return `text` half-width, in small letters, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _pairs(runs: Iterable[str]) -> Iterator[str]:
    for run in runs:
        for first, second in itertools.pairwise(run):
            yield first + second
