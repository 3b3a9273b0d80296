"""Which lines of a card's full page a question needs beside the short ones."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator

from content.policies.cards import PolicyCard

MOST_FURTHER_LINES = 2
LEAST_SHARED_PAIRS = 1
MOST_SAID_BEFORE = 0.5
# They stand in any question, and in sentences that say what a document leaves out.
_TELL_NOTHING = frozenset(
    {"有没", "没有", "没得", "多少", "哪里", "哪个", "怎么", "一个", "这个", "可以", "文件"}
    | {"的钱", "你们", "我们", "一条", "这一", "公益", "益岗", "贫困"}
)
_END = re.compile(r"(?<=[。；！？])(?![”’」])")
_SPOKEN = re.compile(r"[a-z0-9一-鿿]+")


def further_lines(card: PolicyCard, question: str, asks: frozenset[str]) -> tuple[str, ...]:
    """Return up to two sentences of the full page, in its order, that the short lines lack.

    A sentence is taken for pairs of neighbouring characters that it shares with the question
    and that no short line has, unless the short lines say most of it; what is asked outright
    (an amount, papers, a place) comes first.
    """
    known = {pair for line in card.chat for pair in _pairs(line)}
    wanted = set(_pairs(question)) - known - _TELL_NOTHING
    outright = set(_answering(card, asks))
    rated: list[tuple[int, int, str]] = []
    for at, sentence in enumerate(_sentences(card)):
        pairs = set(_pairs(sentence))
        rating = len(wanted & pairs) + (LEAST_SHARED_PAIRS if sentence in outright else 0)
        is_new = len(pairs & known) <= MOST_SAID_BEFORE * len(pairs)
        if is_new and rating >= LEAST_SHARED_PAIRS:
            rated.append((-rating, at, sentence))
    best = sorted(sorted(rated)[:MOST_FURTHER_LINES], key=lambda it: it[1])
    return tuple(dict.fromkeys(sentence for _, _, sentence in best))


def _answering(card: PolicyCard, asks: frozenset[str]) -> Iterator[str]:
    for asked, part in (("amount", card.how_much), ("papers", card.bring), ("place", card.where)):
        if asked in asks:
            yield from _split(part)[:1]


def _sentences(card: PolicyCard) -> Iterator[str]:
    # Whom it is for stands in the short lines already.
    for paragraph in card.full()[1:]:
        yield from _split(paragraph)


def _split(paragraph: str) -> list[str]:
    return [part.strip() for part in _END.split(paragraph) if part.strip()]


def _pairs(text: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKC", text).lower()
    for run in _SPOKEN.findall(folded):
        for first, second in itertools.pairwise(run):
            yield first + second
