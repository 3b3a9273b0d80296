"""Workers of a ranking set: trades and licences from the words in which they were said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.cli.pipes import Record, id_of, text_or_none
from bot.cli.ranked_sets.fields import (
    day_or_none,
    flag_or_none,
    numbers_in,
    one_of,
    texts_or_none,
    whole_or_none,
)
from bot.cli.ranked_sets.vacancies import SCHOOLING, check_place
from bot.cli.ranked_sets.words import groups
from bot.services.people import licences
from bot.understanding import TextReader
from bot.understanding.occupations.trades import TradeFinder
from content.catalogue import Catalogue
from matching.types import Education, Migration, WorkerProfile

_WILL = tuple(will.value for will in Migration)
_LINKED = 0.5  # at this score the linker is more often right than wrong


@dataclass(frozen=True, slots=True)
class _Said:
    """Trades that somebody has and refuses."""

    trades: tuple[str, ...]
    refused: tuple[str, ...]


class WorkerReader:
    """Reads workers with one reader and catalogue."""

    def __init__(self, reader: TextReader, catalogue: Catalogue) -> None:
        self._reader = reader
        self._places = catalogue.places
        self._trades = TradeFinder(catalogue.trades)

    def read(self, record: Record) -> WorkerProfile:
        """Return the worker of a line; sex is not looked at.

        Raises:
            LineError: A field is of the wrong kind.
        """
        years = {
            self._trade(word): int(count)
            for word, count in numbers_in(record, "experience_years").items()
        }
        said = self._said(texts_or_none(record, "skills") or ())
        refused = tuple(trade for trade in said.refused if trade not in said.trades)
        trades = (trade for trade in (*said.trades, *years) if trade not in refused)
        migration = one_of(record, "migration", _WILL)
        education = one_of(record, "education", SCHOOLING)
        certificates = texts_or_none(record, "certificates")
        return WorkerProfile(
            id=str(id_of(record)),
            home=self._codes(record, "home", (text_or_none(record, "home"),))[0],
            trades=tuple(dict.fromkeys(trades)),
            refused_trades=refused,
            migration=None if migration is None else Migration(migration),
            locations=self._places_in(record, "locations"),
            excluded_locations=self._places_in(record, "excluded_locations"),
            wage_min=whole_or_none(record, "wage_min"),
            age=whole_or_none(record, "age"),
            wants_room_board=flag_or_none(record, "wants_room_board"),
            certificates=None if certificates is None else licences.held(certificates),
            groups=groups(texts_or_none(record, "groups") or ()),
            education=None if education is None else Education(education),
            experience=None if record.get("experience_years") is None else tuple(years.items()),
            available_from=day_or_none(record, "available_from"),
        )

    def _places_in(self, record: Record, key: str) -> tuple[str, ...]:
        codes = self._codes(record, key, texts_or_none(record, key) or ())
        return tuple(code for code in codes if code is not None)

    def _codes(
        self, record: Record, key: str, codes: Iterable[str | None]
    ) -> tuple[str | None, ...]:
        found = tuple(codes)
        for code in found:
            check_place(self._places, code, key)
        return tuple(None if code is None else self._places.current_code(code) for code in found)

    def _said(self, phrases: Iterable[str]) -> _Said:
        """Read each skill as a message of its own; what is only wished to be learnt is none."""
        trades: list[str] = []
        refused: list[str] = []
        for phrase in phrases:
            reading = self._reader.read_worker_text(phrase)
            refused += reading.refused_skills
            unread = reading.intent == "other" and not reading.refused_skills
            linked = self._linked(phrase) if unread and not reading.skills else ()
            trades += reading.skills or linked
        return _Said(tuple(dict.fromkeys(trades)), tuple(dict.fromkeys(refused)))

    def _linked(self, phrase: str) -> tuple[str, ...]:
        ranked = self._reader.rank_occupations(phrase, limit=1)
        return tuple(
            found.everyday
            for found in ranked
            if found.score >= _LINKED and found.everyday is not None
        )

    def _trade(self, word: str) -> str:
        exact = self._trades.canonical(word)
        return exact or next(iter(self._said([word]).trades), word)
