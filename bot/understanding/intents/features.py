"""What the intent model sees of a message: its concepts, how they follow each other, its signs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.understanding.intents.concepts import Concepts

Stretch = tuple[int, int, str]
_Name = tuple[str, int, int]

_FIGURES = re.compile(r"\d+")
_PAUSES = re.compile(r"[\s,。;!、:~.…()\"'|/]+")
_SIGNS_IN_CONTEXT = re.compile(r"[^\u4e00-\u9fff]+")
_LONGEST = 200
_SHORT = 12
_NEAR = 10
_FOLLOWING = 8
_DENIED_WITHIN = 2
_LENGTHS = (3, 6, 10, 16, 28, 50)
MARKS = {"place": "㊨", "trade": "㊯", "wage": "㊎", "phone": "☏", "age": "㊥"}


def masked(text: str, stretches: Iterable[Stretch]) -> str:
    """Return the text with every (start, end, subject) stretch as one mark of its kind.

    Which county or trade is named says nothing about what is wanted; that one is named does.
    """
    parts: list[str] = []
    last = 0
    for start, end, kind in sorted(stretches):
        if start < last:
            continue
        parts += (text[last:start], MARKS[kind])
        last = end
    parts.append(text[last:])
    return _PAUSES.sub(" ", _FIGURES.sub("0", "".join(parts)[:_LONGEST])).strip()


def features_of(
    text: str, subject: str, *, asked: str, rules: Sequence[str], concepts: Concepts
) -> list[str]:
    """Return the features of a masked text, repeats included.

    Args:
        text: As `masked` returns it.
        subject: What the bot's open question is about, such as `check_in`; `none` without one.
        asked: The words of the bot's last message or of its choices, as far as known.
        rules: What the clear words found, such as `complain_wages`; each is a feature.
        concepts: The lexicon of concepts.
    """
    names = [
        (name, mention.start, mention.end)
        for mention in concepts.find(text)
        for name in mention.concepts
    ]
    features = [f"k:{subject}", f"n:{_length_class(text)}"]
    features += _of_concepts(names, subject)
    features += _of_order(names)
    features += _of_signs(text, subject)
    for rule in rules:
        features += (f"r:{rule}", f"r:{rule},{subject}")
    features += _of_question(asked)
    return features


def _of_concepts(names: Sequence[_Name], subject: str) -> Iterator[str]:
    denied_from = -_NEAR
    for name, start, end in names:
        yield f"c:{name}"
        yield f"c:{name},{subject}"
        if name == "negation":
            denied_from = end
        elif 0 <= start - denied_from <= _DENIED_WITHIN:
            yield f"c:not {name}"
    if names:
        yield f"first:{names[0][0]}"
        yield f"last:{names[-1][0]}"


def _of_order(names: Sequence[_Name]) -> list[str]:
    return [
        f"{name}>{other}" if begins - end <= _NEAR else f"{name}>>{other}"
        for place, (name, start, end) in enumerate(names)
        for other, begins, _ in names[place + 1 : place + _FOLLOWING]
        if begins != start
    ]


def _of_signs(text: str, subject: str) -> list[str]:
    bounded = f"^{text}$"
    signs = [*set(bounded), *map("".join, pairwise(bounded))]
    if len(text) <= _SHORT:
        return [*signs, f"all:{text}", *(f"{subject}|{sign}" for sign in signs)]
    return signs


@lru_cache(maxsize=1_000)
def _of_question(asked: str) -> tuple[str, ...]:
    words = _SIGNS_IN_CONTEXT.sub("", asked)
    return tuple(f"q:{first}{second}" for first, second in pairwise(words))


def _length_class(text: str) -> int:
    return bisect_left(_LENGTHS, len(text))
