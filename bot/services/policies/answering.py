"""A question in free words, answered from the documents of the worker's own city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.benefits.profiles import benefit_profile, jurisdiction_of
from bot.services.deployment import Deployment
from bot.services.policies.reviewing import released, reviewed_cards
from bot.understanding.policy_questions import FoundPolicies, Reason
from content.benefits.rules import BenefitRule
from content.benefits.verdicts import Verdict, judge
from content.policies.answer_lines import AnswerWriter, Asked
from content.policies.card_rules import tells_of
from content.policies.cards import PolicyCard
from storage.models import Worker
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PolicyAnswer:
    """What is said to a question about a policy.

    Attributes:
        lines: The answer, the last line naming document, clause, year and review status.
        mechanisms: `P-…`, best first; empty where no clause answers.
        card: The clause that answers, where it is one.
        handoff: The question has to go to a person, with its words.
        code: The benefit that can be looked at more closely for this person, or None.
    """

    lines: tuple[str, ...]
    mechanisms: tuple[str, ...]
    card: PolicyCard | None
    handoff: bool
    code: str | None


def answer(
    uow: UnitOfWork, deployment: Deployment, worker: Worker | None, question: str, *, language: str
) -> PolicyAnswer:
    """Answer a question from the cards of the worker's city; nothing is ever promised.

    Args:
        uow: The transaction.
        deployment: The bureau.
        worker: Who asks; None for somebody unknown, who is answered for the bureau's city.
        question: The words.
        language: Of the sentences around the cards, which speak Chinese.
    """
    city = jurisdiction_of(deployment, worker)
    if city is None:
        words = deployment.text("policies.answer.elsewhere", language)
        return PolicyAnswer((words,), (), None, handoff=True, code=None)
    open_to_workers = released(uow, deployment)
    found = deployment.reader.policy_questions.find(
        question, city, deployment.today, released=open_to_workers
    )
    return _answered(uow, deployment, worker, question, found, language=language)


def about_card(
    uow: UnitOfWork, deployment: Deployment, worker: Worker | None, card: PolicyCard, language: str
) -> PolicyAnswer:
    """Return the short answer of one card, with the worker's own verdict where it is known."""
    found = FoundPolicies(
        (card.mechanism,), (card,), frozenset(), handoff=False, reason=Reason.ANSWERED
    )
    return _answered(uow, deployment, worker, "", found, language=language)


def readable_card(
    uow: UnitOfWork, deployment: Deployment, worker: Worker | None, card_id: str
) -> PolicyCard | None:
    """Return a card that this worker may read, with this bureau's review; or None.

    Of another city's card the own city's of the same subject is given: the button may have been
    passed on, or the worker's home was corrected since.
    """
    card = deployment.catalogue.policies.card(card_id)
    if card is None or not card.answers_workers(released(uow, deployment)):
        return None
    if card.jurisdiction != jurisdiction_of(deployment, worker):
        return card_of(uow, deployment, worker, card.mechanism)
    return reviewed_cards(uow, deployment, (card,))[0].card


def card_of(
    uow: UnitOfWork, deployment: Deployment, worker: Worker | None, mechanism: str
) -> PolicyCard | None:
    """Return the card of a mechanism that answers this worker today, or None."""
    city = jurisdiction_of(deployment, worker)
    card = None
    if city is not None:
        card = deployment.catalogue.policies.by_mechanism(
            mechanism, city, deployment.today, released=released(uow, deployment)
        )
    return None if card is None else reviewed_cards(uow, deployment, (card,))[0].card


def _answered(
    uow: UnitOfWork,
    deployment: Deployment,
    worker: Worker | None,
    question: str,
    found: FoundPolicies,
    *,
    language: str,
) -> PolicyAnswer:
    cards = tuple(one.card for one in reviewed_cards(uow, deployment, found.cards))
    city = jurisdiction_of(deployment, worker)
    rules = _rules(uow, deployment, city, cards)
    verdict = _clear_verdict(uow, deployment, worker, rules)
    asked = Asked(
        question=question,
        jurisdiction=city,
        on=deployment.today,
        cards=cards,
        asks=found.asks,
        handoff=found.handoff,
        reason=found.reason.value,
        item=found.item,
        verdicts={} if verdict is None else {verdict.rule.mechanism: verdict},
    )
    return PolicyAnswer(
        lines=writer(deployment, language).lines(asked),
        mechanisms=found.mechanisms,
        card=cards[0] if len(cards) == 1 else None,
        handoff=found.handoff,
        code=rules[0].code if rules and verdict is None else None,
    )


def writer(deployment: Deployment, language: str) -> AnswerWriter:
    """Return what writes answers; only the demo trusts cards that nobody reviewed."""
    catalogue = deployment.catalogue
    return AnswerWriter(
        catalogue.policies, catalogue.texts, language, trusts_unreviewed=deployment.is_demo
    )


def _rules(
    uow: UnitOfWork, deployment: Deployment, city: str | None, cards: Sequence[PolicyCard]
) -> list[BenefitRule]:
    """Return the rules that decide today by the very clauses that these cards tell of."""
    if city is None:
        return []
    deciding = deployment.catalogue.benefits.deciding(
        city, deployment.today, released=released(uow, deployment)
    )
    return [rule for rule in deciding if any(tells_of(card, rule) for card in cards)]


def _clear_verdict(
    uow: UnitOfWork, deployment: Deployment, worker: Worker | None, rules: Sequence[BenefitRule]
) -> Verdict | None:
    """Return what the rule says where it needs no further fact; else nothing is said of it."""
    if worker is None or not rules:
        return None
    profile = benefit_profile(uow, deployment, worker, answers={})
    verdict = judge(rules[0], profile)
    return None if verdict.missing else verdict
