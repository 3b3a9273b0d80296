"""Link any free title to ranked codes of the occupational classification."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock

import numpy as np

from bot.understanding.occupations.title_index import LinkingWeights, TitleDocument, TitleIndex
from bot.understanding.occupations.titles import clean_title
from content.classification import Classification, Occupation

# Titles of unseen folds were right in half of the cases at this score, in 77 % at or above it.
_SURE = 0.4


@dataclass(frozen=True, slots=True)
class RankedOccupation:
    """One code that a title may mean.

    Attributes:
        code: Code of the classification, of any level.
        name: Its official name.
        score: 0..1, four decimals; grows with the chance that the code is right.
        everyday: The canonical trade word that workers know for it, or None.
    """

    code: str
    name: str
    score: float
    everyday: str | None


class OccupationLinker:
    """Ranks codes for titles; reads and indexes on first use, or when warmed.

    Any thread may ask; the first waits for the index and the others wait with it.
    """

    def __init__(
        self, read: Callable[[], Classification], *, weights: LinkingWeights | None = None
    ) -> None:
        self._read = read
        self._weights = weights or LinkingWeights()
        self._lock = Lock()
        self._made: _Linking | None = None

    def warm(self) -> None:
        """Read and index now, so that the first title does not wait.

        Raises:
            ContentError: A file of the classification is wrong.
        """
        self._linking()

    def rank(self, title: str, *, limit: int = 10) -> list[RankedOccupation]:
        """Return the codes that a title may mean, best first, at most `limit`.

        Ties stand in the order of the classification. Empty where the title has no word
        that any known title has.
        """
        return self._linking().rank(title, limit)

    def code_of(self, title_raw: str, trade: str | None) -> str | None:
        """Return the code of a post's job.

        Args:
            title_raw: The title as the post has it.
            trade: The canonical trade word read from it; its code wins. None if none was read.

        Returns:
            The trade's code, else the first code of the title where its score says that it is
            rather right than wrong, else None.
        """
        linking = self._linking()
        if trade is not None and (own := linking.trade_codes.get(trade)) is not None:
            return own
        first = linking.rank(title_raw, 1)
        return first[0].code if first and first[0].score >= _SURE else None

    def _linking(self) -> _Linking:
        with self._lock:
            if self._made is None:
                self._made = _Linking(self._read(), self._weights)
            return self._made


class _Linking:
    """The index with what its codes are called."""

    def __init__(self, known: Classification, weights: LinkingWeights) -> None:
        self.trade_codes = known.trade_codes
        self._entries: tuple[Occupation, ...] = tuple(known.occupations.values())
        numbers = {entry.code: number for number, entry in enumerate(self._entries)}
        self._index = TitleIndex(_documents(known, numbers, weights), weights)
        self._exact = {clean_title(word): numbers[code] for word, code in known.words.items()}
        self._everyday = known.everyday
        self._names = {entry.code: entry.plain_name for entry in self._entries}
        self._words_of_trade: dict[str, list[str]] = {}
        for word, trade in known.trade_words.items():
            self._words_of_trade.setdefault(trade, []).append(clean_title(word))

    def rank(self, title: str, limit: int) -> list[RankedOccupation]:
        text = clean_title(title)
        if not text or limit < 1:
            return []
        scores = self._index.explain(text)
        if (exact := self._exact.get(text)) is not None:
            scores[exact] = 1.0
        # Rounded before sorting: the last bits may differ from one processor to another.
        scores = np.round(scores, 4)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [
            RankedOccupation(
                entry.code, entry.name, float(scores[number]), self._everyday_word(entry.code, text)
            )
            for number in best
            if scores[number] > 0
            for entry in (self._entries[number],)
        ]

    def _everyday_word(self, code: str, text: str) -> str | None:
        trades = self._everyday.get(code)
        if trades is None:
            return None
        name = self._names[code]
        return max(trades, key=lambda trade: (self._said(trade, text), self._said(trade, name)))

    def _said(self, trade: str, text: str) -> int:
        """Return the length of the longest word of the trade in the text."""
        return max((len(word) for word in self._words_of_trade[trade] if word in text), default=0)


def _documents(
    known: Classification, numbers: Mapping[str, int], weights: LinkingWeights
) -> Iterator[TitleDocument]:
    for entry in known.occupations.values():
        number = numbers[entry.code]
        yield TitleDocument(clean_title(entry.plain_name), number, weights.name)
        for alias in entry.aliases:
            yield TitleDocument(clean_title(alias), number, weights.alias)
    for title in known.job_titles:
        if title.code is not None:
            yield TitleDocument(clean_title(title.title), numbers[title.code], 1.0)
    for word, code in known.words.items():
        yield TitleDocument(clean_title(word), numbers[code], weights.word)
