"""The words of a case: what was said first stays, what comes later is added."""

from __future__ import annotations

import re

LONGEST = 500
LONGEST_LINE = 160
CUT = "…"
ABOUT_PAY = re.compile("工资|工钱|薪|血汗钱|加班费|欠|没给钱|没发钱")


def added_words(before: str | None, said: str) -> str:
    """Return a case's words with `said` as their last line, at most 500 characters.

    Nothing is said twice. Where room is short the first line and the newest stay, and words
    about pay outlast the others, for they decide what the case is called.
    """
    line = " ".join(said.split())
    known = (before or "").splitlines()
    lines = [_short(one) for one in [*(one for one in known if one != _short(line)), line]]
    if known and known[0] == _short(line):
        return before or ""
    while len("\n".join(lines)) > LONGEST:
        between = range(1, len(lines) - 1)
        lines.pop(next((at for at in between if not ABOUT_PAY.search(lines[at])), 1))
    return "\n".join(lines)


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - len(CUT)] + CUT
