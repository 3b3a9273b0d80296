"""Everything the bureau knows, in one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from content.benefits.rules import BenefitRules
from content.classification import ClassificationSource
from content.intents import IntentWords
from content.legality import Violations
from content.location_classes import Cuts
from content.minimum_wages import MinimumWages
from content.occupations import Trades
from content.places import Places
from content.policies.library import PolicyLibrary
from content.policies.question_words import QuestionWords
from content.register_columns import RegisterColumns
from content.spoken_trades import SpokenTrades
from content.texts import Texts


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All content, read and checked; made by `content.reader.read_catalogue`.

    Attributes:
        texts: Every sentence shown to a person.
        places: Provinces, cities, counties and towns.
        trades: Occupation words and how they relate.
        spoken_trades: How workers say and misspell the trades in messages.
        classification: The official classification of occupations, read when first asked.
        intents: Words and learnt weights that tell what a message wants.
        minimum_wages: Statutory minimum wages by place and date.
        violations: Kinds of unlawful posts.
        policies: What the official documents say, by city and clause.
        question_words: How workers ask about them.
        benefits: Who may be entitled to what, by city and day.
        cuts: Which boundaries part the tables of where people work.
        register_columns: Headings of the sheets that bureaus exchange, and their words.
        glossary: Chinese word of the field → English, for the demo's gloss; trades included.
        content_hash: 16 hex digits that change with any data file.
    """

    texts: Texts
    places: Places
    trades: Trades
    spoken_trades: SpokenTrades
    classification: ClassificationSource
    intents: IntentWords
    minimum_wages: MinimumWages
    violations: Violations
    policies: PolicyLibrary
    question_words: QuestionWords
    benefits: BenefitRules
    cuts: Cuts
    register_columns: RegisterColumns
    glossary: Mapping[str, str]
    content_hash: str
