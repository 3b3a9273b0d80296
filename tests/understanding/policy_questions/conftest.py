"""One index over the package's own cards and words."""

from __future__ import annotations

import pytest

from bot.understanding.policy_questions import PolicyQuestions
from content.catalogue import Catalogue
from tests.understanding.policy_questions.labelled import ON, Find


@pytest.fixture(scope="session")
def questions(catalogue: Catalogue) -> PolicyQuestions:
    return PolicyQuestions(catalogue.policies, catalogue.question_words)


@pytest.fixture(scope="session")
def find(questions: PolicyQuestions) -> Find:
    return lambda text, jurisdiction: questions.find(text, jurisdiction, ON)
