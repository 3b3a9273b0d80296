"""Trades in a text, as canonical words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.understanding.writing.folding import fold
from bot.understanding.writing.lexicon import Lexicon
from content.occupations import Trades

GENERAL = "普工"


@dataclass(frozen=True, slots=True)
class TradeMention:
    """A trade at a stretch of the text: the canonical word and the words used."""

    word: str
    raw: str
    start: int
    end: int


class TradeFinder:
    """Finds trades by one pass over the text, the longest name at each place."""

    def __init__(self, trades: Trades) -> None:
        self._synonyms = {fold(said): word for said, word in trades.synonyms().items()}
        self._lexicon = Lexicon(self._synonyms)

    def find(self, text: str) -> list[TradeMention]:
        """Find every trade of folded text in order, workplaces such as 鞋厂 included."""
        return [
            TradeMention(self._synonyms[found.name], found.name, found.start, found.end)
            for found in self._lexicon.find(text)
        ]

    def canonical(self, words: str) -> str | None:
        """Return the canonical word if `words` as a whole is one trade, else None."""
        return self._synonyms.get(fold(words).strip())
