"""An index of short titles that carry codes, and how well each code explains a new title.

Titles are vectors over their characters and pairs of characters. A new title is explained by a
ridge regression over its nearest titles only: neighbours that say the same thing share their
weight and a lone wrong label is outvoted, which neither the nearest title nor a sum of
similarities can do. What the regression leaves open is ordered by plain similarity.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32] | NDArray[np.float64]
Numbers = NDArray[np.int32]

_TOLERANCE = 1e-8  # of the squared error; scores are given to four decimals
_MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class TitleDocument:
    """A title, the number of its code (from 0), and how far its label is trusted (0..1]."""

    text: str
    code: int
    trust: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkingWeights:
    """The figures of the ranking, chosen by cross-validation inside training folds.

    `tests/benchmarks/occupation_linking.py` repeats the choice.

    Attributes:
        neighbours: How many of the nearest titles explain a new one.
        ridge: How much doubt a fully trusted label carries; similarity of a title to itself is 1.
        similarity_share: What plain similarity to the nearest title of a code adds.
        name: Trust in official names, where a hand-labelled title of a post has 1.
        word: Trust in everyday words.
        alias: Trust in the classification's aliases, which were gathered by machine.
    """

    neighbours: int = 100
    ridge: float = 0.7
    similarity_share: float = 0.15
    name: float = 0.8
    word: float = 0.4
    alias: float = 0.2


@dataclass(frozen=True, slots=True)
class _Rows:
    """A sparse matrix by rows: row r has `columns` and `values` from starts[r] to starts[r+1]."""

    starts: Numbers
    columns: Numbers
    values: Floats

    def only(self, numbers: NDArray[np.intp]) -> _Rows:
        """Return these rows alone, their columns renumbered from 0 without gaps."""
        first, last = self.starts[numbers], self.starts[numbers + 1]
        places = np.concatenate(
            [np.arange(start, end) for start, end in zip(first, last, strict=True)]
        )
        starts = np.concatenate(([0], np.cumsum(last - first))).astype(np.int32)
        _, columns = np.unique(self.columns[places], return_inverse=True)
        return _Rows(starts, columns.astype(np.int32), self.values[places])


class TitleIndex:
    """Immutable once made, so any thread may ask."""

    def __init__(self, documents: Iterable[TitleDocument], weights: LinkingWeights) -> None:
        """Index the documents, in any order; every code from 0 up needs at least one."""
        ordered = sorted(documents, key=lambda document: document.code)
        counts = [Counter(_grams(document.text)) for document in ordered]
        known = Counter(gram for count in counts for gram in count)
        self._weights = weights
        self._grams = {gram: number for number, gram in enumerate(known)}
        self._rarity = np.array(
            [_rarity(len(ordered), known[gram]) for gram in self._grams], dtype=np.float32
        )
        self._by_document = self._rows(counts)
        self._by_gram = _transposed(self._by_document, len(self._grams))
        self._codes = np.array([document.code for document in ordered], dtype=np.int32)
        self._doubt = np.array([weights.ridge / document.trust for document in ordered])
        self._first_of_code = np.flatnonzero(np.diff(self._codes, prepend=-1))

    def explain(self, text: str) -> NDArray[np.float64]:
        """Return for each code how well it explains a cleaned title, 0..1; 0 is not at all."""
        similar = self._similarities(text)
        most = min(self._weights.neighbours, len(similar) - 1)
        nearest = np.argpartition(-similar, most)[:most]
        nearest = np.sort(nearest[similar[nearest] > 0])
        share = np.zeros(len(self._first_of_code))
        if len(nearest):
            weights = _solve(
                self._by_document.only(nearest), self._doubt[nearest], similar[nearest]
            )
            np.add.at(share, self._codes[nearest], weights)
        closest = np.maximum.reduceat(similar, self._first_of_code)
        added = self._weights.similarity_share
        return np.minimum((np.maximum(share, 0) + added * closest) / (1 + added), 1)

    def _rows(self, counts: Sequence[Counter[str]]) -> _Rows:
        starts, columns, values = array("i", [0]), array("i"), array("f")
        for count in counts:
            numbers, weights = self._vector(count)
            columns.extend(numbers)
            values.extend(weights)
            starts.append(len(columns))
        return _Rows(
            np.array(starts, dtype=np.int32),
            np.array(columns, dtype=np.int32),
            np.array(values, dtype=np.float32),
        )

    def _vector(self, count: Counter[str]) -> tuple[list[int], list[float]]:
        """Return gram numbers and weights of unit length; unknown grams are left out."""
        known = [(self._grams[gram], times) for gram, times in count.items() if gram in self._grams]
        weights = [(1 + math.log(times)) * float(self._rarity[gram]) for gram, times in known]
        length = math.sqrt(sum(weight * weight for weight in weights)) or 1.0
        return [gram for gram, _ in known], [weight / length for weight in weights]

    def _similarities(self, text: str) -> Floats:
        similar = np.zeros(len(self._codes), dtype=np.float32)
        rows = self._by_gram
        for gram, weight in zip(*self._vector(Counter(_grams(text))), strict=True):
            row = slice(rows.starts[gram], rows.starts[gram + 1])
            similar[rows.columns[row]] += np.float32(weight) * rows.values[row]
        return similar


def _solve(rows: _Rows, doubt: Floats, wanted: Floats) -> Floats:
    """Return the weights w with (R·Rᵀ + diag(doubt))·w = wanted, by conjugate gradients.

    Steps over the sparse rows need no dense matrix, and no linear algebra library whose threads
    wait for each other: on a busy machine those took 40 ms a title.
    """
    columns, values, height = rows.columns, rows.values, len(doubt)
    owners = np.repeat(np.arange(height), np.diff(rows.starts))
    weights = np.zeros(height)
    left = wanted.astype(np.float64)
    direction = left.copy()
    error = enough = float(left @ left)
    enough *= _TOLERANCE
    for _ in range(_MOST_STEPS):
        if error <= enough:
            break
        across = np.bincount(columns, values * direction[owners])
        moved = np.bincount(owners, values * across[columns], height) + doubt * direction
        step = error / float(direction @ moved)
        weights += step * direction
        left -= step * moved
        before, error = error, float(left @ left)
        direction = left + (error / before) * direction
    return weights


def _grams(text: str) -> list[str]:
    pairs = [text[place : place + 2] for place in range(len(text) - 1)]
    return [gram for gram in (*text, *pairs) if " " not in gram]


def _rarity(documents: int, containing: int) -> float:
    # The root is milder than the usual logarithm alone: rare pairs are mostly names of firms.
    return math.sqrt(math.log((1 + documents) / (1 + containing)) + 1)


def _transposed(rows: _Rows, columns: int) -> _Rows:
    order = np.argsort(rows.columns, kind="stable")
    lengths = np.diff(rows.starts)
    documents = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    counts = np.bincount(rows.columns, minlength=columns)
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    return _Rows(starts, documents[order], rows.values[order])
