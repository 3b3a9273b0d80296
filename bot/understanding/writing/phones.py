"""Telephone numbers as people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GAP = r"[ \-]?"
_MOBILE = re.compile(rf"(?<!\d)(?:\+?86{_GAP})?(1[3-9]\d(?:{_GAP}\d){{8}})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)\(?(0\d{2,3})\)?[ \-]?([2-9]\d{6,7})(?!\d)")


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number: `digits` as stored, and where it stands in the text."""

    digits: str
    start: int
    end: int


def find_phones(text: str) -> list[Phone]:
    """Find telephone numbers in folded text, in the order written.

    Mobiles come as eleven digits without +86; landlines as area code, `-`, number.
    """
    found = [
        Phone(re.sub(r"\D", "", match.group(1)), match.start(), match.end())
        for match in _MOBILE.finditer(text)
    ]
    taken = [(phone.start, phone.end) for phone in found]
    for match in _LANDLINE.finditer(text):
        if all(match.end() <= start or match.start() >= end for start, end in taken):
            number = f"{match.group(1)}-{match.group(2)}"
            found.append(Phone(number, match.start(), match.end()))
    return sorted(found, key=lambda phone: phone.start)
