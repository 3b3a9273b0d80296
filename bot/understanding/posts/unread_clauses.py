"""What of a post nobody has read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from bot.understanding.law.violations import speaks_of_law
from bot.understanding.pay.wages import find_wages
from bot.understanding.pay.working_hours import read_hours, read_payday
from bot.understanding.posts import conditions

_CONTACT = re.compile(r"[\s☎️📞]*(?:联系|电话|手机|咨询|打电话|号码)[\w\s:：]{0,4}")
_CLAUSES = re.compile(r"[^,。;!?\n]+")


class _Span(Protocol):
    @property
    def start(self) -> int: ...


def find_unread(original: str, text: str, read: Iterable[_Span]) -> tuple[str, ...]:
    """Return the clauses in which nothing was recognised, as written.

    Args:
        original: The post as pasted.
        text: The same, folded and with phones blanked; positions are equal.
        read: Trades and places that were recognised.
    """
    spots = [span.start for span in read]
    left = (
        original[clause.start() : clause.end()].strip()
        for clause in _CLAUSES.finditer(text)
        if not any(clause.start() <= spot < clause.end() for spot in spots)
        and not _is_understood(clause.group())
    )
    return tuple(words for words in left if words)


def _is_understood(clause: str) -> bool:
    if not re.search(r"[\u4e00-\u9fff]", clause):
        return True
    readers = (
        find_wages,
        speaks_of_law,
        read_hours,
        read_payday,
        conditions.read_insurance,
        conditions.read_certificates,
        conditions.read_gender,
    )
    flags = (conditions.read_board(clause), conditions.read_lodging(clause))
    if any(flag is not None for flag in flags) or conditions.read_ages(clause) != (None, None):
        return True
    return any(reader(clause) for reader in readers) or bool(_CONTACT.fullmatch(clause.strip()))
