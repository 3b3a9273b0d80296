"""What an officer reads of a policy card and of two versions of a rule."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from bot.conversations.turn import Turn
from bot.services.policies import documents
from bot.services.policies.comparing import Comparison
from bot.services.policies.reviewing import ReviewedCard
from content.benefits.rules import BenefitRule
from content.benefits.words import missing_key
from content.evidence import Evidence
from content.policies.cards import PolicyCard, ReviewStatus
from content.policies.documents import PolicyDocument
from storage.models import RuleRelease

STATES = {
    ReviewStatus.VALID: "valid",
    ReviewStatus.HISTORIC: "historic",
    ReviewStatus.UNREVIEWED: "unreviewed",
}
PARTS = ("who", "how_much", "bring", "where", "not_covered")


def listed_line(turn: Turn, number: int, found: ReviewedCard) -> str:
    """Return one line of the list: number, title, where it stands in which document, marks."""
    card = found.card
    marks = [] if card.evidence is Evidence.READ else [f"evidence_{card.evidence}"]
    marks += ["outdated"] if found.is_outdated else []
    return turn.text(
        "policy_cards.list.line",
        number=number,
        title=card.title,
        document=document_of(turn, card).name,
        marks="".join(turn.text(f"policy_cards.mark.{mark}") for mark in marks),
    )


def card_words(turn: Turn, found: ReviewedCard) -> str:
    """Return the whole card: how it stands, what it quotes, every part, and the chat's lines."""
    card = found.card
    lines = [
        turn.text("policy_cards.card.head", title=card.title, id=card.id),
        status_line(turn, found),
        *_source_lines(turn, card),
        *(turn.text(f"policy_cards.card.{part}", words=getattr(card, part)) for part in PARTS),
        *(turn.text("policy_cards.card.more", words=words) for words in card.more),
        turn.text("policy_cards.card.chat", words="\n".join(card.chat)),
    ]
    return "\n".join(lines)


def status_line(turn: Turn, found: ReviewedCard) -> str:
    """Return how a card stands, who said so and when; a review of other words says so."""
    card, review = found.card, found.review
    state = turn.text(f"policy_cards.state.{STATES[card.status]}")
    if review is None:
        if not card.is_reviewed:
            return turn.text("policy_cards.status.nobody", state=state)
        day = card.reviewed_on.isoformat() if card.reviewed_on else ""
        return turn.text("policy_cards.status.by", state=state, name=card.reviewer, day=day)
    said = turn.text(f"policy_cards.state.{STATES[review.status]}")
    purpose = "outdated" if found.is_outdated else "by"
    return turn.text(
        f"policy_cards.status.{purpose}",
        state=said,
        name=officer_name(turn, review.officer_id),
        day=review.at.astimezone(turn.deployment.clock.timezone).date().isoformat(),
    )


def document_of(turn: Turn, card: PolicyCard) -> PolicyDocument:
    """Return what a card quotes, with what officers added to it."""
    found = documents.entry(turn.uow, turn.deployment, card.document)
    return found.document if found else turn.deployment.catalogue.policies.document_of(card)


def officer_name(turn: Turn, officer_id: UUID) -> str:
    """Return the name of whoever decided; empty where that officer is no more."""
    officer = turn.uow.officers.get(officer_id)
    return officer.name if officer is not None else ""


def rule_line(turn: Turn, rule: BenefitRule, release: RuleRelease | None) -> str:
    """Return one waiting version: its title, from when, and whether it was released."""
    held = turn.text(f"policy_cards.mark.evidence_{rule.evidence}")
    line = turn.text("policy_cards.rule.line", id=rule.id, day=rule.valid_from.isoformat())
    return f"{line}{held}{_released(turn, release)}"


def comparison_words(turn: Turn, found: Comparison, release: RuleRelease | None) -> str:
    """Return the old version, the new one, and which conditions only one of them has."""
    lines = [rule_line(turn, found.new, release)]
    lines += _version(turn, "old", found.old_card)
    lines += _version(turn, "new", found.new_card)
    for purpose, facts in (
        ("only_old", found.only_old),
        ("only_new", found.only_new),
        ("both", found.both),
    ):
        if facts and (purpose != "only_old" or found.old is not None):
            words = "".join(turn.text(missing_key(fact)) for fact in facts)
            lines.append(turn.text(f"policy_cards.rule.{purpose}", words=words))
    return "\n".join(lines)


def _version(turn: Turn, age: str, card: PolicyCard | None) -> Iterator[str]:
    if card is None:
        yield turn.text(f"policy_cards.rule.no_{age}")
        return
    yield turn.text(
        f"policy_cards.rule.{age}",
        title=card.title,
        document=document_of(turn, card).name,
        clause=card.clause,
        day=card.valid_from.isoformat(),
    )
    for part in ("who", "how_much", "bring", "not_covered"):
        yield turn.text(f"policy_cards.card.{part}", words=getattr(card, part))


def _released(turn: Turn, release: RuleRelease | None) -> str:
    if release is None:
        return turn.text("policy_cards.mark.waiting")
    day = release.at.astimezone(turn.deployment.clock.timezone).date().isoformat()
    name = officer_name(turn, release.officer_id)
    return turn.text("policy_cards.mark.released", name=name, day=day)


def _source_lines(turn: Turn, card: PolicyCard) -> Iterator[str]:
    document = document_of(turn, card)
    held = turn.text(f"policy_cards.document.{'held' if document.held else 'not_held'}")
    yield turn.text(
        "policy_cards.card.source",
        number=document.number or turn.text("policy_cards.document.no_number"),
        title=document.title,
        issuer=document.issuer or turn.text("policy_cards.document.no_issuer"),
        held=held,
    )
    yield turn.text(
        "policy_cards.card.clause",
        clause=card.clause,
        evidence=turn.text(f"policy_cards.evidence.{card.evidence}"),
        first=card.valid_from.isoformat(),
        last=card.valid_to.isoformat() if card.valid_to else turn.text("policy_cards.card.open"),
    )
