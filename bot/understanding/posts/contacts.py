"""The telephone of a post that one calls about the work."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.writing.phones import Phone

_NOT_FOR_WORK = re.compile(r"(?:举报|监督|投诉|传真|维权|报警|客服热线|骗子|冒充)[^,。;\n]{0,10}$")
_DEAD = re.compile(r"[^,。;\n\d]{0,4}(?:打不通|停机|停用|空号|作废|不用了|换了|是骗子)")
_HEAD = 14


def choose_contact(text: str, phones: Sequence[Phone]) -> str | None:
    """Return the first telephone of folded text that is neither dead nor for complaints."""
    fit = (
        phone.digits
        for phone in phones
        if not _NOT_FOR_WORK.search(text[max(0, phone.start - _HEAD) : phone.start])
        and not _DEAD.match(text, phone.end)
    )
    return next(fit, phones[0].digits if phones else None)
