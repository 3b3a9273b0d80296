"""Questions that the index has never seen: each fifth of the examples is left out in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.understanding.policy_questions import PolicyQuestions
from content.catalogue import Catalogue
from content.policies.question_words import QuestionWords
from tests.understanding.policy_questions.labelled import ON, share

FOLDS = 5


def left_out(words: QuestionWords, fold: int) -> QuestionWords:
    """The same words without every fifth question of each topic."""
    topics = (
        replace(
            topic,
            questions=tuple(it for at, it in enumerate(topic.questions) if at % FOLDS != fold),
        )
        for topic in words.topics
    )
    return replace(words, topics=tuple(topics))


def outcomes(catalogue: Catalogue) -> Iterator[tuple[bool, bool]]:
    """Whether a question is about a mechanism, and whether it was understood."""
    words = catalogue.question_words
    for fold in range(FOLDS):
        questions = PolicyQuestions(catalogue.policies, left_out(words, fold))
        for topic in words.topics:
            for text in topic.questions[fold::FOLDS]:
                for city in cities_with(catalogue, topic.id):
                    found = questions.find(text, city, ON)
                    is_right = topic.id in found.mechanisms or topic.id == found.topic
                    refused = not topic.is_mechanism and not found.mechanisms
                    yield topic.is_mechanism, is_right or refused


def cities_with(catalogue: Catalogue, topic: str) -> list[str]:
    cities = [city.id for city in catalogue.policies.jurisdictions]
    having = [city for city in cities if catalogue.policies.versions(topic, city)]
    return having or cities


def test_questions_never_seen_are_understood(catalogue: Catalogue) -> None:
    found = list(outcomes(catalogue))
    assert share([is_right for is_mechanism, is_right in found if is_mechanism]) >= 0.86
    assert share([is_right for is_mechanism, is_right in found if not is_mechanism]) >= 0.75
