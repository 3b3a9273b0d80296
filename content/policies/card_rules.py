"""Which benefit rule speaks of the same clause as a card."""

from __future__ import annotations

from typing import Protocol

from content.policies.cards import PolicyCard


class QuotingRule(Protocol):
    """What is looked at in a benefit rule."""

    @property
    def jurisdiction(self) -> str:
        """The city."""

    @property
    def mechanism(self) -> str:
        """What it decides about."""

    @property
    def document(self) -> str:
        """Id in the register of documents."""


def tells_of(card: PolicyCard, rule: QuotingRule) -> bool:
    """Tell whether a verdict of `rule` may stand under `card`: same city, subject and document.

    Another city's clause of the same subject never carries it, nor does an older document's.
    """
    return (card.jurisdiction, card.mechanism, card.document) == (
        rule.jurisdiction,
        rule.mechanism,
        rule.document,
    )
