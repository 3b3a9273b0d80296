"""What is wrong between benefit rules, the cards and the register of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from content.data_files import DataFolder
from content.evidence import Evidence
from content.policies.card_rules import tells_of
from content.policies.cards import PolicyCard
from content.policies.library import PolicyLibrary
from content.policies.lines import Lines
from content.policies.problems import Problem, warning


class DatedRule(Protocol):
    """What is looked at in a benefit rule."""

    @property
    def id(self) -> str:
        """Stable name."""

    @property
    def mechanism(self) -> str:
        """What it decides about."""

    @property
    def jurisdiction(self) -> str:
        """The city."""

    @property
    def document(self) -> str:
        """Id in the register of documents."""

    @property
    def evidence(self) -> Evidence:
        """How its text is known."""

    @property
    def valid_from(self) -> date:
        """First day."""

    @property
    def valid_to(self) -> date | None:
        """Last day."""

    @property
    def file(self) -> str:
        """The data file, as errors show it."""


def quoting_errors(
    folder: DataFolder, rules: Iterable[DatedRule], library: PolicyLibrary
) -> Iterator[Problem]:
    """Yield the rules that quote no document of the register, or one that nobody has read."""
    for rule in rules:
        document = library.documents.get(rule.document)
        lines = Lines(folder, rule.file)
        if document is None:
            values = {"id": rule.id, "value": rule.document}
            yield Problem(rule.file, lines.of("document"), "rule_document", values)
        elif rule.evidence is Evidence.READ and not document.held:
            values = {"id": rule.id, "value": document.name}
            yield Problem(rule.file, lines.of("evidence"), "rule_not_held", values)


def check_rules(folder: DataFolder, rules: Iterable[DatedRule], library: PolicyLibrary) -> None:
    """Make sure that every rule stands on a document.

    Raises:
        ContentError: The first rule that does not, with file, line and remedy.
    """
    for problem in quoting_errors(folder, rules, library):
        raise problem.as_error()


def lint_rules(
    folder: DataFolder, rules: Iterable[DatedRule], library: PolicyLibrary, *, today: date
) -> Iterator[Problem]:
    """Yield what is wrong between rules, cards and documents, and rules that end today."""
    every = tuple(rules)
    yield from quoting_errors(folder, every, library)
    for rule in every:
        lines = Lines(folder, rule.file)
        cards = library.versions(rule.mechanism, rule.jurisdiction)
        if not cards:
            values = {"id": rule.id, "value": rule.mechanism}
            yield warning(rule.file, lines.of("mechanism"), "rule_without_card", **values)
        for card in cards:
            if tells_of(card, rule) and _differ(card, rule):
                yield warning(rule.file, lines.of("valid_from"), "rule_other_days", **{
                    "id": rule.id, "days": _days(rule), "card": card.id, "card_days": _days(card)
                })  # fmt: skip
        if rule.valid_to == today:
            yield warning(rule.file, lines.of("valid_to"), "rule_expires_today", id=rule.id)


def _differ(card: PolicyCard, rule: DatedRule) -> bool:
    """Tell whether a verdict may come on days on which the card is silent, or before it does.

    A card without an end may outlive its rule: it tells on later days that its years are over.
    """
    is_longer = card.valid_to is None and rule.valid_to is not None
    return card.valid_from != rule.valid_from or (card.valid_to != rule.valid_to and not is_longer)


def _days(dated: PolicyCard | DatedRule) -> str:
    last = "" if dated.valid_to is None else dated.valid_to.isoformat()
    return f"{dated.valid_from.isoformat()}…{last}"
