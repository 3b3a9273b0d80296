"""What officers decided about cards and rules: reviewed, released, taken back."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import UserError
from bot.services.deployment import Deployment
from bot.services.people.officers import actor_of, is_in_scope
from content.benefits.rules import BenefitRule
from content.evidence import Evidence
from content.policies.card_rules import tells_of
from content.policies.cards import PolicyCard, ReviewStatus
from storage.models import CardReview, Officer, RuleRelease
from storage.unit_of_work import UnitOfWork

WORDING_DIGITS = 16
# Stands for the wording of a row that takes the first review back: only the file's word counts.
NO_WORDING = ""


@dataclass(frozen=True, slots=True)
class ReviewedCard:
    """A card as the bureau stands to it.

    Attributes:
        card: With the status of the newest review.
        review: That review, or None where only the file's own status counts.
        is_outdated: It was reviewed, but in other words than it has now.
    """

    card: PolicyCard
    review: CardReview | None
    is_outdated: bool


def wording(card: PolicyCard) -> str:
    """Return 16 hex digits that change with whatever people read on a card."""
    words = [card.title, card.document, card.clause, card.valid_from.isoformat(), *card.full()]
    words += [card.valid_to.isoformat() if card.valid_to else "", *card.chat]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:WORDING_DIGITS]


def as_reviewed(
    deployment: Deployment, card: PolicyCard, reviews: Mapping[str, CardReview]
) -> ReviewedCard:
    """Return a card with what this bureau's officers said of these very words.

    The later word counts, the file's or the chat's; on one day the file's, as it is the bureau's
    own copy of the words it stands with.
    """
    review = reviews.get(card.id)
    if review is None or review.wording == NO_WORDING:
        return ReviewedCard(card, None, is_outdated=False)
    on = review.at.astimezone(deployment.clock.timezone).date()
    if card.is_reviewed and card.reviewed_on is not None and card.reviewed_on >= on:
        return ReviewedCard(card, None, is_outdated=False)
    is_outdated = review.wording != wording(card)
    if is_outdated or review.status is ReviewStatus.UNREVIEWED:
        unreviewed = replace(card, status=ReviewStatus.UNREVIEWED, reviewer="", reviewed_on=None)
        return ReviewedCard(unreviewed, review, is_outdated=is_outdated)
    # Officers are not named to workers: the chat's word has its day only.
    reviewed = replace(card, status=review.status, reviewer="", reviewed_on=on)
    return ReviewedCard(reviewed, review, is_outdated=False)


def reviewed_cards(
    uow: UnitOfWork, deployment: Deployment, cards: tuple[PolicyCard, ...]
) -> tuple[ReviewedCard, ...]:
    """Return cards as this bureau stands to them, in the same order."""
    reviews = uow.policy_notices.newest_reviews(deployment.bureau_adcode)
    return tuple(as_reviewed(deployment, card, reviews) for card in cards)


def released(uow: UnitOfWork, deployment: Deployment) -> frozenset[str]:
    """Return the ids of the rules, and of their cards, that this bureau's officers released."""
    held = {row.rule_id for row in uow.policy_notices.releases(deployment.bureau_adcode)}
    if not held:
        return frozenset()
    rules = [rule for rule in unread_rules(deployment) if rule.id in held]
    cards = {
        card.id
        for card in deployment.catalogue.policies.cards()
        if any(tells_of(card, rule) for rule in rules)
    }
    return frozenset({rule.id for rule in rules} | cards)


def city_of(deployment: Deployment) -> str | None:
    """Return the city whose documents bind the bureau's people, or None."""
    return deployment.catalogue.policies.jurisdiction_of(deployment.bureau_adcode)


def unread_rules(deployment: Deployment) -> list[BenefitRule]:
    """Return the rules of the bureau's city that answer nobody before a text was checked."""
    city = city_of(deployment)
    rules = deployment.catalogue.benefits.all()
    return [
        rule for rule in rules if rule.jurisdiction == city and rule.evidence is not Evidence.READ
    ]


def review(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    card: PolicyCard,
    status: ReviewStatus,
) -> CardReview:
    """Note an officer's word on the card as it stands now; 待核 takes an earlier word back.

    Raises:
        UserError: The officer does not answer for the whole bureau.
    """
    return _noted(uow, deployment, officer, card, status, of_words=wording(card))


def _noted(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    card: PolicyCard,
    status: ReviewStatus,
    *,
    of_words: str,
) -> CardReview:
    check_scope(deployment, officer)
    before = uow.policy_notices.reviews_of(deployment.bureau_adcode, card.id)
    row = CardReview(
        bureau_adcode=deployment.bureau_adcode,
        card_id=card.id,
        wording=of_words,
        status=status,
        officer_id=officer.id,
        at=later_than(before[-1].at if before else None, deployment.now),
    )
    uow.policy_notices.add_row(row)
    _audit(uow, deployment, officer, f"card_{status.name.lower()}", row)
    return row


def undo_review(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, review_id: uuid.UUID
) -> CardReview:
    """Take the newest review of a card back; what was said of the same words before counts again.

    After the first one only the file's own word counts, as if there had been no review.

    Raises:
        UserError: It is not the newest any more, or the officer may not.
    """
    bureau = deployment.bureau_adcode
    row = uow.policy_notices.decision(CardReview, review_id, bureau_adcode=bureau)
    reviews = uow.policy_notices.reviews_of(bureau, row.card_id) if row is not None else []
    card = deployment.catalogue.policies.card(row.card_id) if row is not None else None
    if card is None or not reviews or reviews[-1].id != review_id:
        raise UserError("fallback.stale.button")
    before = reviews[-2] if len(reviews) > 1 else None
    if before is None or before.wording == NO_WORDING:
        return _noted(uow, deployment, officer, card, card.status, of_words=NO_WORDING)
    is_same = before.wording == wording(card)
    status = before.status if is_same else ReviewStatus.UNREVIEWED
    return review(uow, deployment, officer, card, status)


def release(
    uow: UnitOfWork, deployment: Deployment, officer: Officer, rule: BenefitRule
) -> RuleRelease:
    """Let a rule answer, whose text the officer has checked; again is the same.

    Raises:
        UserError: The officer does not answer for the whole bureau, or the rule is another
            city's or answers without a release.
    """
    check_scope(deployment, officer)
    if rule not in unread_rules(deployment):
        raise UserError("fallback.stale.button")
    for row in uow.policy_notices.releases(deployment.bureau_adcode):
        if row.rule_id == rule.id:
            return row
    row = RuleRelease(
        bureau_adcode=deployment.bureau_adcode,
        rule_id=rule.id,
        officer_id=officer.id,
        at=deployment.now,
    )
    uow.policy_notices.add_row(row)
    _audit(uow, deployment, officer, "rule_released", row)
    return row


def withdraw(uow: UnitOfWork, deployment: Deployment, officer: Officer, rule_id: str) -> bool:
    """Let a released rule answer no more; False where it is not released.

    Raises:
        UserError: The officer does not answer for the whole bureau.
    """
    check_scope(deployment, officer)
    rows = uow.policy_notices.releases(deployment.bureau_adcode)
    found = [row for row in rows if row.rule_id == rule_id]
    for row in found:
        row.withdrawn_at = deployment.now
        _audit(uow, deployment, officer, "rule_withdrawn", row)
    return bool(found)


def later_than(before: datetime | None, now: datetime) -> datetime:
    """Return the present instant, a trifle later where an earlier decision was at the same one."""
    return now if before is None or before < now else before + timedelta(microseconds=1)


def card_of_rule(deployment: Deployment, rule: BenefitRule) -> PolicyCard | None:
    """Return the card that tells of a rule's own version, or None."""
    versions = deployment.catalogue.policies.versions(rule.mechanism, rule.jurisdiction)
    return next((card for card in versions if tells_of(card, rule)), None)


def check_scope(deployment: Deployment, officer: Officer) -> None:
    """Make sure that an officer may decide for the whole bureau.

    Raises:
        UserError: The officer looks after a part of it, or another place.
    """
    if not is_in_scope(officer, deployment.bureau_adcode):
        raise UserError("policy_cards.refused.scope")


def _audit(
    uow: UnitOfWork,
    deployment: Deployment,
    officer: Officer,
    action: str,
    row: CardReview | RuleRelease,
) -> None:
    uow.records.audit(
        actor_of(officer),
        action,
        subject_kind="policy",
        subject_id=row.id,
        scope=deployment.bureau_adcode,
        at=deployment.now,
    )
