"""Which offer of a post a condition belongs to: one, several, or all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.understanding.posts.stretches import Offer, Span, words_of
from bot.understanding.writing.folding import blank

Value = TypeVar("Value")


def allot(text: str, offers: Sequence[Offer], read: Callable[[str], Value]) -> list[Value]:
    """Read one condition for each offer of a folded post.

    What an offer's own words say holds for it alone. What stands further behind is its own
    only if another offer says the like of itself; otherwise, as at the head and at the end,
    it holds for every offer without words of its own.
    """
    whole = read(text)
    nothing = read("")
    if len(offers) == 1 or whole == nothing:
        return [whole] * len(offers)
    wide = [read(words_of(text, offer.near)) for offer in offers]
    said = {offer.near[0] for offer, value in zip(offers, wide, strict=True) if value != nothing}
    parallel = len(said) > 1
    values: list[Value] = []
    taken: list[Span] = []
    for offer, value in zip(offers, wide, strict=True):
        spans = offer.near if parallel else offer.own
        own = value if parallel else read(words_of(text, offer.own))
        values.append(own)
        if own != nothing:
            taken.extend(spans)
    if not taken:
        return [whole] * len(offers)
    shared = read(blank(text, taken))
    return [shared if value == nothing else value for value in values]
