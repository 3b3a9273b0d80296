"""How many people a post wants for one kind of work."""

from __future__ import annotations

import re

from bot.understanding.writing.numerals import read_number

_HAN = r"[一二两三四五六七八九十百]{1,4}"
_COUNT = rf"(?P<count>\d{{1,4}}|{_HAN})"
_PEOPLE = r" ?(?:名|个人|个|人|位)(?!月|小时|钟|体|点|子|以上)"
_RIGHT_AFTER = re.compile(rf"[^\d,。;!?、]{{0,4}}?[:： (]?{_COUNT}{_PEOPLE}")
_BARE_AFTER = re.compile(r"[:： ]?(?P<count>\d{1,3})(?=[\s,。;、(]|$)")
_LATER = re.compile(rf"(?:要|招|共|需|收|各|请|找)? ?(?<![\d.月满每上]){_COUNT}{_PEOPLE}")
_EACH = re.compile(rf"各{_COUNT}{_PEOPLE}")
_MANY = re.compile(r"[^,。;!?、\d]{0,4}(?:若干|多名|数名|多人|不限人数|人数不限|大量)")
_MOST = 5_000


def find_headcount(text: str, raw: str, segment: str, *, alone: bool) -> int | None:
    """Read the number wanted.

    Args:
        text: The whole folded post.
        raw: The trade's words in it.
        segment: What stands behind the trade up to the next one.
        alone: The post offers no other work, so that a figure anywhere counts.
    """
    if _MANY.match(segment):
        return None
    for pattern in (_RIGHT_AFTER, _BARE_AFTER):
        match = pattern.match(segment)
        if match is not None:
            return _count(match)
    before = re.search(rf"{_COUNT}{_PEOPLE} ?(?:\w{{0,3}}?){re.escape(raw)}", text) if raw else None
    if before is not None:
        return _count(before)
    found = _EACH.search(text) or (_LATER.search(segment) if alone or segment else None)
    if found is None and alone:
        found = _LATER.search(text)
    return None if found is None else _count(found)


def _count(match: re.Match[str]) -> int | None:
    number = read_number(match["count"])
    return int(number) if number is not None and 1 <= number <= _MOST else None
