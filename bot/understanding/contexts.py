"""The bot's last message, where only its words are known."""

from __future__ import annotations

import re

from bot.understanding.values import Context
from bot.understanding.writing.folding import fold

_NUMBERED = re.compile(r"(?:(?<!\d)([0-9])[.、 ]+|([①②③④⑤⑥⑦⑧⑨⓪]) ?)")
_CIRCLED = {sign: place for place, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨")}
_CHECK_IN = re.compile(r"还在|没做了|没上班|顺利不|情况咋样|上班没有")
_OFFER = re.compile(r"岗位:|个岗位|想去哪个|个活:")


def read_context(message: str | None) -> Context:
    """Rebuild what was asked from a message of the bot: its numbered choices and their kind.

    For exchanges that were not held by this bot, such as sample sets: `question` becomes
    `check_in.status`, `offers.choice` or `menu.choice`, or None for an empty message.
    """
    if not message:
        return Context()
    text = fold(message)
    marks = list(_NUMBERED.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    options = tuple(
        (
            int(mark.group(1)) if mark.group(1) else _CIRCLED[mark.group(2)],
            re.split(r"[。;\n]", text[mark.end() : end])[0].strip(" ,"),
        )
        for mark, end in zip(marks, ends, strict=True)
    )
    if _CHECK_IN.search(text):
        return Context(question="check_in.status", options=options)
    question = "offers.choice" if _OFFER.search(text) else "menu.choice"
    return Context(question=question, options=options)
