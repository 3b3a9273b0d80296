"""How well the life that a question tells of fits each topic."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from bot.understanding.policy_questions.cutting import fold
from content.policies.circumstances import Situation
from content.policies.question_words import QuestionWords

# By how many circumstances a situation joins: the more, the less they meet by chance.
WORTH = {1: 0.2, 2: 0.35}
WORTH_OF_MORE = 0.5


class SituationIndex:
    """Scores questions by the circumstances they tell.

    Args:
        words: Gives the circumstances and each topic's situations.
    """

    def __init__(self, words: QuestionWords) -> None:
        self._count = len(words.topics)
        self._bits = {name: 1 << at for at, name in enumerate(words.circumstances)}
        # Sets of circumstances are bits of one number: a question is held against all situations.
        self._told_by: defaultdict[str, int] = defaultdict(int)
        for name, variants in words.circumstances.items():
            for variant in variants:
                self._told_by[fold(variant)] |= self._bits[name]
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for variant in self._told_by:
            lengths[variant[0]].add(len(variant))
        self._lengths = {first: tuple(sorted(it)) for first, it in lengths.items()}
        self._situations = [
            (at, self._all_of(it.told), self._all_of(it.untold), _worth(it))
            for at, topic in enumerate(words.topics)
            for it in sorted(topic.situations, key=_worth)
        ]

    def told(self, text: str) -> frozenset[str]:
        """Return the circumstances that the folded `text` tells."""
        told = self._told(text)
        return frozenset(name for name, bit in self._bits.items() if told & bit)

    def scores(self, text: str) -> NDArray[np.float32]:
        """Return for each topic what its best situation is worth; 0 where none is told."""
        told = self._told(text)
        worth = [0.0] * self._count
        for at, needed, untold, value in self._situations:
            if told & needed == needed and not told & untold:
                worth[at] = value
        return np.array(worth, np.float32)

    def _told(self, text: str) -> int:
        told = 0
        for at, first in enumerate(text):
            for length in self._lengths.get(first, ()):
                told |= self._told_by.get(text[at : at + length], 0)
        return told

    def _all_of(self, names: frozenset[str]) -> int:
        return sum(self._bits[name] for name in names)


def _worth(situation: Situation) -> float:
    return WORTH.get(len(situation.told), WORTH_OF_MORE)
