"""The occupational classification of 2022 and real job titles that carry its codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock

from bot.errors import ContentError
from content.data_files import DataFile, DataFolder, tables_of, texts_of
from content.occupations import Trades, read_trades

_CODE = re.compile(r"\d(?:-\d\d){3}")
_MARKS = re.compile(r"[SL](?:/[SL])?$", re.IGNORECASE)
_LEVELS = {"1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Occupation:
    """One entry of the classification.

    Attributes:
        code: Seven digits in four parts, such as 4-07-05-01; zeros end a group's code.
        level: 1 major group, 2 sub-major, 3 minor, 4 the occupation itself.
        name: The official name, with the letters S (digital) and L (green) where it has them.
        aliases: Titles that count as this entry; most entries have none.
    """

    code: str
    level: int
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def plain_name(self) -> str:
        """The name without the official letters."""
        return _MARKS.sub("", self.name)


@dataclass(frozen=True, slots=True)
class JobTitle:
    """A title of a real post with its label; `code` is None where nobody gave one."""

    title: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Classification:
    """All that links a title to a code.

    Attributes:
        occupations: Code → entry, in the order of the file.
        job_titles: Labelled titles in the order of the file; the labels are noisy.
        words: Everyday word → code, the more exact one where a word and its trade differ.
        trade_words: Everyday word → canonical trade word, the trades' own synonyms.
        trade_codes: Canonical trade word → code.
        everyday: Code → canonical trade words that mean it, a trade's own code first.
    """

    occupations: Mapping[str, Occupation]
    job_titles: tuple[JobTitle, ...]
    words: Mapping[str, str]
    trade_words: Mapping[str, str]
    trade_codes: Mapping[str, str]
    everyday: Mapping[str, tuple[str, ...]]


class ClassificationSource:
    """Reads the classification when it is first asked for; other threads wait for the first."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._lock = Lock()
        self._read: Classification | None = None

    def get(self) -> Classification:
        """Return the classification, always the same one.

        Raises:
            ContentError: A file of it is wrong.
        """
        with self._lock:
            if self._read is None:
                self._read = read_classification(self._folder)
            return self._read


def read_classification(folder: DataFolder) -> Classification:
    """Read `occupations.csv`, `job_titles.csv`, `occupation_words.toml` and `trades.toml`.

    Raises:
        ContentError: A row is not whole, a code is not in the classification, or a word
            stands with two codes.
    """
    occupations = _read_occupations(folder.read("occupations.csv"))
    titles = tuple(_read_titles(folder.read("job_titles.csv"), occupations))
    trades = read_trades(folder)
    _check_trades(folder.read("trades.toml"), trades, occupations)
    exact = _read_words(folder.read("occupation_words.toml"), occupations)
    canonical = trades.synonyms()
    codes = {word: trade.code for word in trades.words() if (trade := trades.get(word))}
    return Classification(
        occupations=occupations,
        job_titles=titles,
        words={**{word: codes[trade] for word, trade in canonical.items()}, **exact},
        trade_words=canonical,
        trade_codes=codes,
        everyday=_everyday(
            codes, ((canonical[word], code) for word, code in exact.items() if word in canonical)
        ),
    )


def _read_occupations(file: DataFile) -> dict[str, Occupation]:
    found: dict[str, Occupation] = {}
    for line, (level, code, name, aliases) in file.csv_rows(("level", "code", "name", "aliases")):
        if level not in _LEVELS or not _CODE.fullmatch(code) or not name.strip():
            raise file.error(line, "level, code or name is wrong", "Write 4,4-07-05-01,保安员,")
        if code in found:
            raise file.error(line, f"{code} stands twice", "Merge the rows.")
        parts = tuple(alias for alias in aliases.split("|") if alias)
        found[code] = Occupation(code, _LEVELS[level], name, parts)
    return found


def _read_titles(file: DataFile, occupations: Mapping[str, Occupation]) -> Iterator[JobTitle]:
    for line, (title, code) in file.csv_rows(("title", "code")):
        if code and code not in occupations:
            raise _unknown(file, line, code)
        yield JobTitle(title, code or None)


def _check_trades(file: DataFile, trades: Trades, occupations: Mapping[str, Occupation]) -> None:
    for word in trades.words():
        trade = trades.get(word)
        if trade is not None and trade.code not in occupations:
            raise _unknown(file, file.line_of(word, "code"), trade.code)


def _read_words(file: DataFile, occupations: Mapping[str, Occupation]) -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, row in tables_of(file).items():
        if code not in occupations:
            raise _unknown(file, file.line_of(code), code)
        for word in texts_of(file, code, row, "words"):
            if word in codes:
                raise file.error(
                    file.line_of(code, "words"),
                    f"{word} already means {codes[word]}",
                    "Leave it with one code.",
                )
            codes[word] = code
    return codes


def _everyday(
    codes: Mapping[str, str], exact: Iterable[tuple[str, str]]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for word, code in (*codes.items(), *exact):
        found.setdefault(code, {})[word] = None
    return {code: tuple(words) for code, words in found.items()}


def _unknown(file: DataFile, line: int, code: str) -> ContentError:
    return file.error(
        line, f"{code} is not in the classification", "Use a code of occupations.csv."
    )
