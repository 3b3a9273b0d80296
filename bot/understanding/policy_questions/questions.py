"""Finds the clauses of the worker's own city that answer a question; writes no text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.understanding.policy_questions.asking import IN_CLAUSES, NEVER_IN_CLAUSES, asked_in
from bot.understanding.policy_questions.clauses import clauses
from bot.understanding.policy_questions.cutting import Cut, QuestionCutter, fold
from bot.understanding.policy_questions.found import FoundPolicies, Reason
from bot.understanding.policy_questions.situations import SituationIndex
from bot.understanding.policy_questions.topics import TopicIndex
from content.policies.cards import PolicyCard
from content.policies.library import NOTHING_RELEASED, PolicyLibrary
from content.policies.question_words import QuestionWords, Topic

# Chosen on the example questions, every fifth left out in turn: a higher one refuses more of what
# nobody foresaw, and loses more of what could be answered.
LEAST_SCORE = 0.3
# Of two topics that fit alike, the one that the worker's own document speaks of is meant.
OF_OWN_CITY = 1.1
# Who asks whether they are on the list means the register, whatever else the question names.
MEANT_BY_THE_ASKING = 3.0
# Who tells a story says much beside the matter, so that less has to fit; what one clause says
# alone counts a little less than the same said by the whole question.
LEAST_OF_A_STORY = 0.2
OF_A_CLAUSE = 0.85
# More than any question needs; what is pasted behind it costs nothing.
MOST_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class _Question:
    """One question while it is looked at."""

    cut: Cut
    jurisdiction: str | None
    on: date
    released: frozenset[str]
    asks: frozenset[str]
    text: str


class PolicyQuestions:
    """Understands questions about policies in free words.

    Args:
        library: The cards; their texts are searched too.
        words: How workers ask. A mechanism that a bureau added without such words is known by its
            name and by its cards.

    The index is made with the first question: half a second.
    """

    def __init__(self, library: PolicyLibrary, words: QuestionWords) -> None:
        self._library = library
        self._words = _with_bureaus_own(words, library)
        self._cutter = QuestionCutter(self._words)

    def find(
        self,
        text: str,
        jurisdiction: str | None,
        on: date,
        *,
        released: frozenset[str] = NOTHING_RELEASED,
    ) -> FoundPolicies:
        """Find the clause that answers a question.

        Args:
            text: The question as written; of a long one only the beginning counts.
            jurisdiction: The worker's city; None where it is unknown: then only what every city
                has a clause for is answered.
            on: The day of the question.
            released: Ids of cards that officers released.
        """
        beginning = text[:MOST_CHARACTERS]
        cut = self._cutter.cut(beginning)
        asks = asked_in(cut.text, self._words.asks)
        question = _Question(cut, jurisdiction, on, released, asks, beginning)
        topic = self._topic(question)
        if topic is None:
            return self._handed_over(question, None, Reason.NOT_UNDERSTOOD)
        if not topic.is_mechanism:
            return self._handed_over(question, topic, Reason.NO_CLAUSE)
        return self._with_cards(question, topic)

    @cached_property
    def _index(self) -> TopicIndex:
        texts: dict[str, list[str]] = {}
        for card in self._library.cards():
            parts = (card.title, card.who, card.how_much, card.not_covered, *card.chat)
            texts.setdefault(card.mechanism, []).append(" ".join(parts))
        return TopicIndex(self._words, texts, self._cutter)

    @cached_property
    def _situations(self) -> SituationIndex:
        return SituationIndex(self._words)

    def _topic(self, question: _Question) -> Topic | None:
        """Return what the whole question means; failing that, what one of its clauses does."""
        cut = question.cut
        situations = self._situations.scores(cut.text)
        whole = self._index.scores(cut)
        best = self._best(question, whole + situations, LEAST_SCORE)
        if best is not None:
            return best
        parts = clauses(question.text)
        if not parts:
            return None
        scores = whole
        for part in map(self._cutter.cut, parts):
            np.maximum(scores, self._index.scores(part) * OF_A_CLAUSE, out=scores)
        return self._best(question, scores + situations, LEAST_OF_A_STORY)

    def _best(self, question: _Question, scores: NDArray[np.float32], least: float) -> Topic | None:
        best: tuple[float, Topic | None] = (least, None)
        for score, topic in zip(scores.tolist(), self._index.topics, strict=True):
            is_meant = not topic.meant_by.isdisjoint(question.asks)
            raised = max(score * MEANT_BY_THE_ASKING, least) if is_meant else score
            if raised * OF_OWN_CITY < best[0] or self._is_elsewhere(topic, question.jurisdiction):
                continue
            weighed = raised * (OF_OWN_CITY if self._cards(question, topic.id) else 1.0)
            if weighed >= best[0]:
                best = (weighed, topic)
        return best[1]

    @staticmethod
    def _is_elsewhere(topic: Topic, jurisdiction: str | None) -> bool:
        return bool(topic.only) and jurisdiction is not None and jurisdiction not in topic.only

    def _cards(self, question: _Question, mechanism: str) -> tuple[PolicyCard, ...]:
        """Return the city's card, or every city's where it is unknown and each has one."""
        cities = [city.id for city in self._library.jurisdictions]
        asked = cities if question.jurisdiction is None else [question.jurisdiction]
        found = [
            self._library.by_mechanism(mechanism, city, question.on, released=question.released)
            for city in asked
        ]
        cards = tuple(card for card in found if card is not None)
        return cards if len(cards) == len(asked) else ()

    def _with_cards(self, question: _Question, topic: Topic) -> FoundPolicies:
        mechanism = topic.id
        cards = self._cards(question, mechanism)
        instead = topic.instead.get(question.jurisdiction or "")
        if not cards and instead is not None and "amount" in question.asks:
            mechanism, cards = instead, self._cards(question, instead)
        if not cards:
            return self._handed_over(question, topic, self._why_none(question, topic.id))
        reason = self._reason(question, topic, cards)
        return FoundPolicies(
            (mechanism,),
            cards,
            question.asks,
            reason is not Reason.ANSWERED,
            reason,
            topic.id,
            None,
            question.cut.text,
        )

    def _why_none(self, question: _Question, mechanism: str) -> Reason:
        if question.jurisdiction is None:
            return Reason.CITY_UNKNOWN
        own = [
            card
            for card in self._library.versions(mechanism, question.jurisdiction)
            if card.answers_workers(question.released)
        ]
        if own:  # it has one, only not on this day
            return Reason.NOT_IN_FORCE
        cities = (city.id for city in self._library.jurisdictions)
        has_another = any(self._library.versions(mechanism, city) for city in cities)
        return Reason.OTHER_CITY if has_another else Reason.NO_CLAUSE

    def _reason(self, question: _Question, topic: Topic, cards: tuple[PolicyCard, ...]) -> Reason:
        if topic.takes_grievances and "grievance" in question.asks:
            return Reason.GRIEVANCE
        if question.asks & NEVER_IN_CLAUSES or self._must_verify(question, topic):
            return Reason.VERIFY
        unsaid = {left for card in cards for left in card.leaves_out}
        if question.asks & IN_CLAUSES & unsaid:
            return Reason.LEFT_OUT
        return Reason.ANSWERED

    @staticmethod
    def _must_verify(question: _Question, topic: Topic) -> bool:
        circumstances = topic.verify.get(question.jurisdiction or "", ())
        return any(fold(it) in question.cut.text for it in circumstances)

    def _handed_over(
        self, question: _Question, topic: Topic | None, reason: Reason
    ) -> FoundPolicies:
        is_grievance = "grievance" in question.asks
        item = None if topic is None else topic.items.get(question.jurisdiction or "")
        return FoundPolicies(
            (),
            (),
            question.asks,
            True,
            Reason.GRIEVANCE if is_grievance else reason,
            None if topic is None else topic.id,
            item,
            question.cut.text,
        )


def _with_bureaus_own(words: QuestionWords, library: PolicyLibrary) -> QuestionWords:
    known = {topic.id for topic in words.topics}
    lines: dict[str, list[str]] = {}
    for card in library.cards():
        if card.mechanism not in known:
            name = library.mechanisms.get(card.mechanism, card.title)
            lines.setdefault(card.mechanism, [name]).extend((card.title, *card.chat))
    added = tuple(Topic.of_questions(mechanism, tuple(it)) for mechanism, it in lines.items())
    return replace(words, topics=words.topics + added)
