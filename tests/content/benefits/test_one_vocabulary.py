"""One list of categories: rules, register and questions use the same words in the same order."""

from __future__ import annotations

from bot.services.benefits.fact_questions import CATEGORY_ORDER
from content.benefits.vocabulary import CATEGORIES
from storage.register_states import Category


def test_the_categories_of_rules_register_and_questions_are_one_list() -> None:
    assert tuple(Category) == CATEGORIES
    assert CATEGORY_ORDER == CATEGORIES
