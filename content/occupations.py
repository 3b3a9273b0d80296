"""The trades of rural workers: their words, how hard they are, and which lead to which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Literal

from content.data_files import DataFile, DataFolder, tables_of, text_of, texts_of

Skill = Literal["skilled", "trainable", "unskilled"]
_SKILLS: Mapping[str, Skill] = {
    "skilled": "skilled",
    "trainable": "trainable",
    "unskilled": "unskilled",
}
_FEWEST_SYNONYMS = 3


class Relation(Enum):
    """How much one trade's practice is worth in another; closest first."""

    same = "same"
    near = "near"
    transferable = "transferable"
    unrelated = "unrelated"


@dataclass(frozen=True, slots=True)
class Trade:
    """One canonical occupation word.

    Attributes:
        word: The canonical word, such as 缝纫工.
        en: English name for the gloss, in lower case.
        code: The nearest code of the 2022 classification; `content.classification` checks it.
        synonyms: Everyday and dialect words that mean this trade; never another's.
        skilled: `skilled` needs a certificate or years; `trainable` a few weeks;
            `unskilled` a day.
        near: Trades in which people of this one can start at once; not the way back.
        transferable: Trades which people of this one learn quickly; not the way back.
    """

    word: str
    en: str
    code: str
    synonyms: tuple[str, ...]
    skilled: Skill
    near: tuple[str, ...]
    transferable: tuple[str, ...]


class Trades:
    """All trades in the order of the data file."""

    __slots__ = ("_relations", "_synonyms", "_trades")

    def __init__(self, trades: Mapping[str, Trade]) -> None:
        self._trades = trades
        self._synonyms = MappingProxyType(
            {
                word: trade.word
                for trade in trades.values()
                for word in (trade.word, *trade.synonyms)
            }
        )
        self._relations = {
            (trade.word, other): relation
            for trade in trades.values()
            for other, relation in _written_relations(trade)
        }

    def words(self) -> tuple[str, ...]:
        """Return every canonical word; the order is the data file's and never changes."""
        return tuple(self._trades)

    def get(self, word: str) -> Trade | None:
        """Return the trade of a canonical word, or None; synonyms are not looked up."""
        return self._trades.get(word)

    def synonyms(self) -> Mapping[str, str]:
        """Return surface word → canonical word, canonical words themselves included."""
        return self._synonyms

    def relation(self, a: str, b: str) -> Relation:
        """Return how practice in trade `a` serves in trade `b`; the way back may differ.

        Takes canonical words. Unknown words are unrelated to everything but themselves.
        """
        if a == b:
            return Relation.same
        return self._relations.get((a, b), Relation.unrelated)


def read_trades(folder: DataFolder) -> Trades:
    """Read `trades.toml`.

    Raises:
        ContentError: A trade lacks a field, a word means two trades, a related trade is
            unknown, or a trade is written both near and transferable in one direction.
    """
    file = folder.read("trades.toml")
    trades = {word: _trade(file, word, row) for word, row in tables_of(file).items()}
    _check_synonyms(file, trades)
    _check_relations(file, trades)
    return Trades(trades)


def _trade(file: DataFile, word: str, row: Mapping[str, object]) -> Trade:
    skilled = _SKILLS.get(text_of(file, word, row, "skilled"))
    if skilled is None:
        raise file.error(
            file.line_of(word, "skilled"),
            f"[{word}] skilled is unknown",
            f"Use one of {', '.join(_SKILLS)}.",
        )
    synonyms = texts_of(file, word, row, "synonyms")
    if len(synonyms) < _FEWEST_SYNONYMS:
        raise file.error(
            file.line_of(word, "synonyms"),
            f"[{word}] has {len(synonyms)} synonyms",
            f"Give at least {_FEWEST_SYNONYMS} words that workers say.",
        )
    return Trade(
        word=word,
        en=text_of(file, word, row, "en"),
        code=text_of(file, word, row, "code"),
        synonyms=synonyms,
        skilled=skilled,
        near=texts_of(file, word, row, "near"),
        transferable=texts_of(file, word, row, "transferable"),
    )


def _written_relations(trade: Trade) -> Iterator[tuple[str, Relation]]:
    yield from ((other, Relation.near) for other in trade.near)
    yield from ((other, Relation.transferable) for other in trade.transferable)


def _check_synonyms(file: DataFile, trades: Mapping[str, Trade]) -> None:
    owner = {word: word for word in trades}
    for trade in trades.values():
        for synonym in trade.synonyms:
            first = owner.setdefault(synonym, trade.word)
            if first != trade.word or synonym == trade.word:
                raise file.error(
                    file.line_of(trade.word, "synonyms"),
                    f"{synonym} already means {first}",
                    f"Leave it with one trade, {first} or {trade.word}.",
                )


def _check_relations(file: DataFile, trades: Mapping[str, Trade]) -> None:
    for trade in trades.values():
        for other, relation in _written_relations(trade):
            line = file.line_of(trade.word, relation.value)
            if other not in trades or other == trade.word:
                raise file.error(
                    line,
                    f"[{trade.word}] {relation.value}: {other} is no other trade",
                    "Name another trade of this file.",
                )
            if other in trade.near and other in trade.transferable:
                raise file.error(
                    line,
                    f"[{trade.word}] {other} is both near and transferable",
                    "Keep one of the two.",
                )
