"""Trades in a text, as canonical words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.understanding.writing.folding import fold
from bot.understanding.writing.lexicon import Lexicon
from content.occupations import Trades

# In a post these name the firm or a licence, not the work: 制衣厂, 汽修店, 电工证.
_WORKPLACE = re.compile(
    r"间|厂|店|场|公司|站点?|车间|行业|部|队|院|学校|铺|证|操作证|馆|园|\d+(?:小时|个钟)"
)
GENERAL = "普工"
_PLACE_ENDINGS = ("厂", "场", "店", "院", "馆", "公司")


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

    def find_offered(self, text: str) -> list[TradeMention]:
        """Find the trades that a post offers: firms, licences and tasks by the hour left out.

        A general word right behind a trade belongs to it: CNC操作工 is one trade.
        """
        offered: list[TradeMention] = []
        for found in self.find(text):
            mention = found
            if offered and mention.word == GENERAL and mention.start == offered[-1].end:
                first = offered.pop()
                mention = replace(first, raw=first.raw + mention.raw, end=mention.end)
            if not mention.raw.endswith(_PLACE_ENDINGS) and not _WORKPLACE.match(text, mention.end):
                offered.append(mention)
        return offered

    def canonical(self, words: str) -> str | None:
        """Return the canonical word if `words` as a whole is one trade, else None."""
        return self._synonyms.get(fold(words).strip())
