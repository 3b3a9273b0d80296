"""How workers say and misspell trades in messages; posts are read by the trades' own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from content.data_files import DataFile, DataFolder, tables_of, text_of, texts_of
from content.occupations import Trades


@dataclass(frozen=True, slots=True)
class SpokenTrades:
    """Words of messages.

    Attributes:
        words: What is said or typed → canonical word; the trades' synonyms are among them.
        workplaces: Words that name where one works rather than a trade (养老院, 进厂).
    """

    words: Mapping[str, str]
    workplaces: frozenset[str]


def read_spoken_trades(folder: DataFolder, trades: Trades) -> SpokenTrades:
    """Read `spoken_trades.toml` and spell out what is typed by ear.

    A misspelt word differs from a trade's word in one character that sounds alike. It counts
    only if it is no trade's word itself and not in `never`.

    Raises:
        ContentError: A word belongs to an unknown trade or to two of them.
    """
    file = folder.read("spoken_trades.toml")
    tables = tables_of(file)
    words = dict(trades.synonyms())
    for word, trade in _spoken(file, tables["spoken"]):
        if trades.get(trade) is None or words.get(word, trade) != trade:
            raise file.error(
                file.line_of("spoken", trade),
                f"{word} cannot mean {trade}",
                "Name a trade of trades.toml and give each word to one trade.",
            )
        words[word] = trade
    for word, trade in _combined(file, tables.get("combined", {})):
        words.setdefault(word, trade)
    sounds = {
        sign: text_of(file, "sounds_like", tables["sounds_like"], sign)
        for sign in tables["sounds_like"]
    }
    settings = tables["settings"]
    never = set(texts_of(file, "settings", settings, "never"))
    misspelt = {
        typed: trade
        for word, trade in words.items()
        for typed in _misspellings(word, sounds)
        if typed not in never and typed not in words
    }
    workplaces = frozenset(texts_of(file, "settings", settings, "workplaces"))
    return SpokenTrades(MappingProxyType({**misspelt, **words}), workplaces)


def _spoken(file: DataFile, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for trade in table:
        yield from ((word, trade) for word in texts_of(file, "spoken", table, trade))


def _combined(file: DataFile, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Pair each verb with each of its things: 摘 and 柚子."""
    for trade in table:
        for line in texts_of(file, "combined", table, trade):
            verbs, _, things = line.partition("|")
            yield from ((verb + thing, trade) for verb in verbs.split() for thing in things.split())


def _misspellings(word: str, sounds: Mapping[str, str]) -> Iterator[str]:
    for place, sign in enumerate(word):
        for other in sounds.get(sign, ""):
            yield word[:place] + other + word[place + 1 :]
