"""Telling somebody of a benefit because something happened: once, with the reason, no promise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.messages import Body, Option
from bot.services.benefits.profiles import benefit_profile
from bot.services.deployment import Deployment
from bot.services.policies.answering import card_of, writer
from bot.services.policies.occasions import Occasion
from bot.services.policies.reviewing import released
from bot.services.sending import ways
from bot.services.sending.deliveries import Draft, action_data
from bot.services.sending.unasked import may_push, wakes_at
from bot.services.sending.ways import Reach
from content.benefits.verdicts import Standing, assess
from content.policies.cards import PolicyCard, ReviewStatus
from storage.models import ContactAddress, Worker
from storage.states import DeliveryKind
from storage.unit_of_work import UnitOfWork

# Of no use to somebody who could not be reached for so long; a call may take as long.
LIFE = timedelta(days=3)
CARD = "policy"


def notice(uow: UnitOfWork, deployment: Deployment, occasion: Occasion) -> bool:
    """Tell the first of an occasion's people who may be written to now.

    Nothing happens, and the occasion stays open, while nobody of them may be written to, no
    card of their own city answers today, or its rule excludes them by what is verified.

    Returns:
        Whether a message was queued. Two replicas queue one: the message's key is unique.
    """
    for worker_id in occasion.tell:
        worker = uow.workers.get(worker_id)
        if worker is None:
            continue
        reaches = ways.reaches(uow, deployment, among=(worker.id,)).get(worker.id, ())
        if may_push(uow, deployment, worker, reaches, whom=occasion.whom):
            return _tell(uow, deployment, occasion, worker, reaches)
    return False


def _tell(
    uow: UnitOfWork,
    deployment: Deployment,
    occasion: Occasion,
    worker: Worker,
    reaches: Sequence[Reach],
) -> bool:
    # Noted only after a message was queued: an occasion of which nobody heard stays open.
    told = uow.policy_notices.told([occasion.about])
    cards = [
        card
        for card in _cards_for(uow, deployment, occasion, worker)
        if (occasion.about, card.mechanism, occasion.key) not in told
    ]
    if not cards or not _send(uow, deployment, occasion, worker, reaches, cards):
        return False
    for card in cards:
        uow.policy_notices.note_once(
            occasion.about,
            mechanism=card.mechanism,
            occasion=occasion.key,
            card_id=card.id,
            at=deployment.now,
        )
    return True


def _cards_for(
    uow: UnitOfWork, deployment: Deployment, occasion: Occasion, worker: Worker
) -> list[PolicyCard]:
    """Return the cards of the worker's own city that answer today and exclude nobody like them."""
    found = [card_of(uow, deployment, worker, mechanism) for mechanism in occasion.mechanisms]
    cards = [card for card in found if card and card.status is not ReviewStatus.HISTORIC]
    if not cards:
        return []
    profile = benefit_profile(
        uow, deployment, worker, answers=occasion.answers, as_of=occasion.as_of
    )
    rules = deployment.catalogue.benefits
    verdicts = assess(profile, rules, released=released(uow, deployment)).verdicts
    excluded = {one.rule.mechanism for one in verdicts if one.verdict is Standing.NOT}
    possible = {one.rule.mechanism for one in verdicts if one.verdict is not Standing.NOT}
    return [card for card in cards if card.mechanism not in excluded - possible]


def _send(
    uow: UnitOfWork,
    deployment: Deployment,
    occasion: Occasion,
    worker: Worker,
    reaches: Sequence[Reach],
    cards: Sequence[PolicyCard],
) -> bool:
    key = f"policy_notices.told.{occasion.reason}"

    def draft_for(address: ContactAddress) -> Draft:
        language = address.language
        sources = [writer(deployment, language).source(card) for card in cards]
        words = [deployment.text(key, language), *dict.fromkeys(sources)]
        return Draft(
            key=key,
            body=Body("\n".join(words), _options(deployment, cards, language)),
            dedupe_key=f"policy:{worker.id.hex}:{occasion.about.hex}:{occasion.key}",
            kind=DeliveryKind.POLICY,
            worker_id=worker.id,
            not_before=wakes_at(deployment, worker),
            expires_at=deployment.now + LIFE,
        )

    chosen = ways.chosen_among(deployment, worker, reaches)
    return ways.send(uow, deployment, worker, chosen, draft_for) is not None


def _options(
    deployment: Deployment, cards: Sequence[PolicyCard], language: str
) -> tuple[Option, ...]:
    """Return a button for each card; it shows the card at any time."""
    names = deployment.catalogue.policies.mechanisms
    if len(cards) == 1:
        labels = [deployment.text("policy_notices.choice.look", language)]
    else:
        labels = [
            deployment.text("policy_notices.choice.one_of", language, subject=names[card.mechanism])
            for card in cards
        ]
    return tuple(
        Option(number, label, action_data(CARD, card.id))
        for number, (label, card) in enumerate(zip(labels, cards, strict=True), 1)
    )
