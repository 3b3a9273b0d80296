"""How near a question is to each topic, by words it shares with what people say about it.

BM25 over the topics, each made of four fields of falling weight, plus the likeness to the nearest
single example question; a topic whose subject is not named counts for less. Both parts are shares
of what the question says, so that a question full of unknown words is near to nothing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.understanding.policy_questions.cutting import Cut, QuestionCutter, fold
from content.policies.question_words import QuestionWords, Topic

Vector = NDArray[np.float32]

# Chosen on the example questions, each left out in turn, not on any test set.
NAMES, WORDS, QUESTIONS, CARDS = 3.0, 1.5, 1.0, 0.3
AS_WRITTEN, PAIR, WEAK = 0.5, 0.5, 0.35
PAIRS_IN_LISTS = 0.5
SATURATION, LENGTH = 1.2, 0.6
LIKENESS = 0.5
SUBJECT_UNNAMED = 0.5
LIKE_AN_EXAMPLE = 0.6


@dataclass(frozen=True, slots=True)
class _Said:
    """A question's features that the index knows, with their weights, and the rest's mass."""

    columns: NDArray[np.intp]
    weights: Vector
    unknown: float


class TopicIndex:
    """Scores questions against topics.

    Args:
        words: The topics and their words.
        card_texts: Mechanism → texts of its cards.
        cutter: Cuts the questions and the texts alike.
    """

    def __init__(
        self,
        words: QuestionWords,
        card_texts: Mapping[str, Sequence[str]],
        cutter: QuestionCutter,
    ) -> None:
        self.topics = words.topics
        self._cutter = cutter
        self._weak = frozenset(map(fold, words.weak))
        subjects = [(at, group) for at, it in enumerate(self.topics) for group in self._subject(it)]
        self._topic_of_group = [at for at, _ in subjects]
        self._group_counts = np.bincount(self._topic_of_group, minlength=len(self.topics))
        self._groups_with: dict[str, list[int]] = defaultdict(list)
        for group, (_, group_words) in enumerate(subjects):
            for word in group_words:
                self._groups_with[word].append(group)
        counts = [self._document(it, card_texts.get(it.id, ())) for it in self.topics]
        self._columns = {it: at for at, it in enumerate(sorted({f for c in counts for f in c}))}
        self._rarity = self._rarities(counts)
        self._unknown_rarity = _rarity(len(counts), 1)
        self._strength = self._strengths(counts)
        self._likeness, self._topic_of_example = self._examples()

    def scores(self, cut: Cut) -> Vector:
        """Return one score for each of `topics`: 0 is nothing in common, about 1 is plain."""
        features = self._features(cut)
        said = self._said(features)
        found = np.zeros(len(self.topics), np.float32)
        if not len(said.columns):
            return found
        found += said.weights @ self._strength[said.columns]
        masses = said.weights * self._rarity[said.columns]
        found /= float(masses.sum()) + said.unknown * self._unknown_rarity
        like = self._like(said, masses, features)
        return np.asarray((found + LIKENESS * like) * self._named(cut, like), np.float32)

    def _like(self, said: _Said, masses: Vector, features: Mapping[str, float]) -> Vector:
        unknown = [it for name, it in features.items() if name not in self._columns]
        rest = sum((weight * self._unknown_rarity) ** 2 for weight in unknown)
        length = math.sqrt(float((masses * masses).sum()) + rest)
        likeness = (masses @ self._likeness[said.columns]) / length
        best = np.zeros(len(self.topics), np.float32)
        np.maximum.at(best, self._topic_of_example, likeness)
        return best

    def _named(self, cut: Cut, like: Vector) -> Vector:
        said = {*cut.words, *cut.meanings}
        groups = {group for word in said for group in self._groups_with.get(word, ())}
        unsaid = self._group_counts.copy()
        for group in groups:
            unsaid[self._topic_of_group[group]] -= 1
        is_named = (unsaid == 0) | (like >= LIKE_AN_EXAMPLE)
        return np.where(is_named, np.float32(1.0), np.float32(SUBJECT_UNNAMED))

    def _subject(self, topic: Topic) -> list[frozenset[str]]:
        groups = topic.subject or ((topic.names,) if topic.names else ())
        folded = [[fold(word) for word in group] for group in groups]
        return [frozenset([*it, *map(self._cutter.meaning, it)]) for it in folded]

    def _features(self, cut: Cut) -> dict[str, float]:
        """Return feature → weight; each kind of feature has a letter of its own before it."""
        features: defaultdict[str, float] = defaultdict(float)
        for word, meaning in zip(cut.words, cut.meanings, strict=True):
            share = WEAK if word in self._weak or meaning in self._weak else 1.0
            features[f"m{meaning}"] += share
            if meaning != word:
                features[f"w{word}"] += share * AS_WRITTEN
        for pair in cut.pairs:
            features[f"p{pair}"] += PAIR
        return features

    def _document(self, topic: Topic, cards: Sequence[str]) -> dict[str, float]:
        counts: defaultdict[str, float] = defaultdict(float)
        fields: tuple[tuple[float, float, Iterable[str]], ...] = (
            (NAMES, PAIRS_IN_LISTS, topic.names),
            (WORDS, PAIRS_IN_LISTS, topic.words),
            (QUESTIONS, 1.0, topic.questions),
            (CARDS, 1.0, cards),
        )
        for share, pairs, texts in fields:
            for feature, weight in self._all_features(texts):
                counts[feature] += share * min(weight, 1.0) * (pairs if feature[0] == "p" else 1.0)
        return counts

    def _all_features(self, texts: Iterable[str]) -> Iterator[tuple[str, float]]:
        for text in texts:
            yield from self._features(self._cutter.cut(text)).items()

    def _rarities(self, counts: Sequence[Mapping[str, float]]) -> Vector:
        topics_with = Counter(feature for document in counts for feature in document)
        return np.array(
            [_rarity(len(counts), topics_with[feature]) for feature in self._columns], np.float32
        )

    def _strengths(self, counts: Sequence[Mapping[str, float]]) -> Vector:
        strength = np.zeros((len(self._columns), len(counts)), np.float32)
        lengths = [sum(document.values()) for document in counts]
        mean = sum(lengths) / max(len(lengths), 1)
        for topic, document in enumerate(counts):
            damping = SATURATION * (1 - LENGTH + LENGTH * lengths[topic] / mean)
            for feature, count in document.items():
                column = self._columns[feature]
                strength[column, topic] = count * (SATURATION + 1) / (count + damping)
        return np.asarray(strength * self._rarity[:, None], np.float32)

    def _examples(self) -> tuple[Vector, NDArray[np.intp]]:
        """Return feature × example with columns of length 1, and the topic of each example."""
        examples = [(at, text) for at, it in enumerate(self.topics) for text in it.questions]
        table = np.zeros((len(self._columns), len(examples)), np.float32)
        for at, (_, text) in enumerate(examples):
            for feature, weight in self._all_features([text]):
                table[self._columns[feature], at] = weight
        table *= self._rarity[:, None]
        lengths = np.linalg.norm(table, axis=0)
        of_examples = np.array([topic for topic, _ in examples], np.intp)
        return np.asarray(table / np.maximum(lengths, 1e-9), np.float32), of_examples

    def _said(self, features: Mapping[str, float]) -> _Said:
        known = [
            (self._columns[it], weight) for it, weight in features.items() if it in self._columns
        ]
        return _Said(
            np.array([column for column, _ in known], np.intp),
            np.array([weight for _, weight in known], np.float32),
            sum(weight for it, weight in features.items() if it not in self._columns),
        )


def _rarity(topics: int, topics_with: int) -> float:
    return math.log(1 + (topics - topics_with + 0.5) / (topics_with + 0.5))
