"""How a bureau stands to a card: its files and its officers' words, the later one first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import UserError
from bot.services.policies import reviewing
from bot.services.policies.reviewing import ReviewedCard
from content.policies.cards import PolicyCard, ReviewStatus
from storage.unit_of_work import UnitOfWork
from tests.chat import City
from tests.services.policies.policy_world import SHIZHU

CARD = "CQ-TRANSPORT-2016"
VALID, HISTORIC, UNREVIEWED = ReviewStatus.VALID, ReviewStatus.HISTORIC, ReviewStatus.UNREVIEWED


def card_of(city: City) -> PolicyCard:
    card = city.deployment.catalogue.policies.card(CARD)
    assert card is not None
    return card


def in_file(card: PolicyCard, on: date) -> PolicyCard:
    """The card as a bureau copied it after a review of its own."""
    return replace(card, status=VALID, reviewer="李主任", reviewed_on=on)


def stands(uow: UnitOfWork, city: City, card: PolicyCard) -> ReviewedCard:
    return reviewing.reviewed_cards(uow, city.deployment, (card,))[0]


@pytest.mark.parametrize(("days_after", "status"), [(-1, HISTORIC), (0, VALID), (1, VALID)])
def test_the_later_word_counts_and_on_one_day_the_files(
    shizhu: City, days_after: int, status: ReviewStatus
) -> None:
    officer = shizhu.officer("周明", scope=SHIZHU).as_officer()
    card, today = card_of(shizhu), shizhu.clock.today()

    def work(uow: UnitOfWork) -> ReviewStatus:
        reviewing.review(uow, shizhu.deployment, officer, card, HISTORIC)
        return stands(uow, shizhu, in_file(card, today + timedelta(days=days_after))).card.status

    assert shizhu.run(work) is status


def test_after_the_first_review_was_taken_back_the_files_word_counts(shizhu: City) -> None:
    officer = shizhu.officer("周明", scope=SHIZHU).as_officer()
    card = card_of(shizhu)
    earlier = in_file(card, shizhu.clock.today() - timedelta(days=30))

    def work(uow: UnitOfWork) -> list[ReviewStatus]:
        row = reviewing.review(uow, shizhu.deployment, officer, card, VALID)
        reviewing.undo_review(uow, shizhu.deployment, officer, row.id)
        return [stands(uow, shizhu, it).card.status for it in (card, earlier)]

    assert shizhu.run(work) == [UNREVIEWED, VALID]


def test_what_is_not_reviewed_has_no_day_of_a_review(shizhu: City) -> None:
    officer = shizhu.officer("周明", scope=SHIZHU).as_officer()
    card = card_of(shizhu)
    earlier = in_file(card, shizhu.clock.today() - timedelta(days=30))

    def work(uow: UnitOfWork) -> list[ReviewedCard]:
        reviewing.review(uow, shizhu.deployment, officer, earlier, UNREVIEWED)
        return [stands(uow, shizhu, it) for it in (earlier, replace(earlier, title="新的题目"))]

    for found in shizhu.run(work):
        assert (found.card.status, found.card.reviewer) == (UNREVIEWED, "")
        assert found.card.reviewed_on is None


@pytest.mark.parametrize("rule_id", ["DY-PWJ-2021", CARD])
def test_only_an_unread_rule_of_the_own_city_can_be_released(shizhu: City, rule_id: str) -> None:
    officer = shizhu.officer("周明", scope=SHIZHU).as_officer()
    rule = shizhu.deployment.catalogue.benefits.rule(rule_id)
    assert rule is not None

    def work(uow: UnitOfWork) -> None:
        with pytest.raises(UserError):
            reviewing.release(uow, shizhu.deployment, officer, rule)

    shizhu.run(work)
