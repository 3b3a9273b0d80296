"""One value of a profile's JSON, turned into a fact or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from content.benefits.facts import Problem, Wrong
from content.benefits.money import fen_of
from content.benefits.vocabulary import UNKNOWN, Fact, FactKind, FactType

MOST_COUNTED = 1000
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CODE = re.compile(r"\d{6}(\d{3})?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 9999


def read_fact(name: str, kind: FactKind, row: Mapping[str, object], key: str) -> Fact | Problem:
    """Return the fact under `key`: its default if the key is absent, UNKNOWN if it is null."""
    if key not in row:
        return kind.default
    value = row[key]
    if value is None:
        return UNKNOWN
    fact = kind_value(kind, value)
    return Problem(name, Wrong.UNKNOWN_VALUE) if fact is None else fact


def kind_value(kind: FactKind, value: object) -> str | int | None:
    """Return the value as its fact, or None if the fact cannot have it."""
    if kind.type in (FactType.FLAG, FactType.WORD):
        return value if kind.admits(value) and isinstance(value, str | bool) else None
    number = _NUMBERS[kind.type](value)
    return None if isinstance(number, int) and number < kind.least else number


def count_of(value: object) -> int | None:
    """Return a whole number from 0, or None; 2.0 is none, and neither is true."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= MOST_COUNTED else None


def day_of(row: Mapping[str, object], key: str) -> date | Problem | None:
    """Return the day under `key`; None if it is null or absent."""
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return Problem(key, Wrong.NO_DATE)


def _year_of(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if FIRST_YEAR <= value <= LAST_YEAR else None


def _code_of(value: object) -> str | None:
    return value if isinstance(value, str) and _CODE.fullmatch(value) else None


_NUMBERS: Mapping[FactType, Callable[[object], str | int | None]] = {
    FactType.COUNT: count_of,
    FactType.MONEY: fen_of,
    FactType.YEAR: _year_of,
    FactType.PLACE: _code_of,
}
