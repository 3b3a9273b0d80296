"""Whether a firm has called, in the words of somebody who was asked."""

from __future__ import annotations

import re

from bot.understanding.writing.folding import fold

_NO = re.compile(
    "(?:没|莫|未|冇)(?:得|有)?[^,。;!?]{0,6}(?:打|联系|电话|消息|动静|喊|找|回|接)"
    "|(?:电话|联系|消息|动静)[^,。;!?]{0,4}(?:没|莫得|冇)"
    r"|(?:\A|[,。;!?\s])(?:还|都|也)*(?:没|冇|莫得)(?:得|有)?[呢嘞啊哦]*(?:[,。;!?\s]|\Z)"
)
_YES = re.compile(
    "(?:打|联系|来|喊|找|通知|说|约)(?:过|起)?(?:电话)?(?:了|咯|啰|喽|哒|啦|过)"
    "|打来|接到|(?:喊|叫|让|约)我"
)


def read_call(text: str) -> bool | None:
    """Tell whether somebody says that the firm has called (打咯, 没得哪个打); else None."""
    words = fold(text)
    if _NO.search(words):
        return False
    return True if _YES.search(words) else None
