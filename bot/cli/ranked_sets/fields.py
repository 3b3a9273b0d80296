"""Fields of a JSON line beside texts and counts; each says what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import cast

from bot.cli.pipes import LineError, Record, text_or_none

Number = int | float


def number_or_none(record: Record, key: str) -> Number | None:
    """Return the number above or at 0 under `key`, None when it is null or missing."""
    value = record.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not _is_amount(value):
        raise LineError("wrong_field", f'"{key}" has to be a number from 0, or null')
    return value


def whole_or_none(record: Record, key: str) -> int | None:
    """Return the number under `key` without what stands behind the point."""
    value = number_or_none(record, key)
    return None if value is None else int(value)


def flag_or_none(record: Record, key: str) -> bool | None:
    """Return true or false as it stands under `key`, None when it is null or missing."""
    value = record.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise LineError("wrong_field", f'"{key}" has to be true, false or null')


def texts_or_none(record: Record, key: str) -> tuple[str, ...] | None:
    """Return the list of texts under `key`, None when it is null or missing."""
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise LineError("wrong_field", f'"{key}" has to be a list of texts')
    return tuple(value)


def day_or_none(record: Record, key: str) -> date | None:
    """Return the day (2026-11-20, what follows is passed over) under `key`, None when missing."""
    value = text_or_none(record, key)
    if value is None:
        return None
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        raise LineError("wrong_field", f'"{key}" has to be a day such as 2026-11-20') from None


def numbers_in(record: Record, key: str) -> dict[str, Number]:
    """Return the object of numbers under `key`; null among them are left out."""
    value = record.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise LineError("wrong_field", f'"{key}" has to be an object of numbers')
    inner = cast("Mapping[str, object]", value)
    found = ((name, number_or_none(inner, name)) for name in inner)
    return {name: number for name, number in found if number is not None}


def one_of(record: Record, key: str, allowed: tuple[str, ...]) -> str | None:
    """Return the word under `key`, which has to be an allowed one; None when missing."""
    value = text_or_none(record, key)
    if value is not None and value not in allowed:
        raise LineError("wrong_field", f'"{key}" has to be one of {", ".join(allowed)}, or null')
    return value


def _is_amount(value: Number) -> bool:
    return isfinite(value) and 0 <= value <= 10**9
