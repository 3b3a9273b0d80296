"""What an answer says of a person's own case: by the card's own clause, never too firmly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from content.benefits.profile_reading import ProfileReader
from content.benefits.verdicts import Verdict, judge
from content.catalogue import Catalogue
from content.policies.answer_lines import AnswerWriter, Asked
from content.policies.cards import PolicyCard, ReviewStatus

ON = date(2026, 11, 20)
POOR = {"as_of": "2026-11-20", "birth": "1980-01-01", "categories": ["低保"]}


def verdict(catalogue: Catalogue, rule_id: str, **others: object) -> Verdict:
    rule = catalogue.benefits.rule(rule_id)
    assert rule is not None
    row = {**POOR, "jurisdiction": rule.jurisdiction, **others}
    return judge(rule, ProfileReader(catalogue.places).read(row))


def lines(
    catalogue: Catalogue, card: PolicyCard, said: Verdict, *, trusts: bool = False
) -> tuple[str, ...]:
    writer = AnswerWriter(catalogue.policies, catalogue.texts, trusts_unreviewed=trusts)
    verdicts = {said.rule.mechanism: said}
    return writer.lines(
        Asked("", "DY", ON, (card,), frozenset(), False, "answered", verdicts=verdicts)
    )


def card_of(catalogue: Catalogue, card_id: str) -> PolicyCard:
    card = catalogue.policies.card(card_id)
    assert card is not None
    return card


def test_a_card_of_another_city_never_carries_a_verdict(catalogue: Catalogue) -> None:
    said = verdict(catalogue, "DY-PENSION-PREMIUM-2021")
    theirs = lines(catalogue, card_of(catalogue, "CQ-PENSIONPAY-2016"), said, trusts=True)
    own = lines(catalogue, card_of(catalogue, "DY-PENSIONPAY-2021"), said, trusts=True)
    assert not any("可能符合" in line for line in theirs)
    assert any("可能符合" in line for line in own)


@pytest.mark.parametrize("trusts", [False, True])
def test_a_historic_card_speaks_of_an_earlier_rule_and_of_no_case(
    catalogue: Catalogue, *, trusts: bool
) -> None:
    card = replace(card_of(catalogue, "DY-PENSIONPAY-2021"), status=ReviewStatus.HISTORIC)
    for categories in (["低保"], []):
        said = verdict(catalogue, "DY-PENSION-PREMIUM-2021", categories=categories)
        told = "".join(lines(catalogue, card, said, trusts=trusts)[len(card.chat) :])
        assert "这一条是以前的规定" in told
        assert "符合" not in told
        assert "还没核对" not in told


def test_a_card_that_nobody_reviewed_sends_nobody_away(catalogue: Catalogue) -> None:
    card = card_of(catalogue, "DY-PENSIONPAY-2021")
    said = verdict(catalogue, "DY-PENSION-PREMIUM-2021", categories=[])
    told = lines(catalogue, card, said)
    assert not any("按这一条不符合" in line for line in told)
    assert any("这一条可能不符合" in line and "请干部再看" in line for line in told)
    valid = replace(card, status=ReviewStatus.VALID)
    assert any("按这一条不符合" in line for line in lines(catalogue, valid, said))


def test_a_document_without_a_year_is_not_given_the_cards(catalogue: Catalogue) -> None:
    own = catalogue.policies
    card = replace(card_of(catalogue, "DY-PENSIONPAY-2021"), document="dy-support")
    line = AnswerWriter(own, catalogue.texts).source(card)
    assert "年" not in line
    assert "《关于进一步加大就业扶贫政策支持力度助力脱贫攻坚的通知》" in line


def test_a_title_that_only_describes_is_not_quoted_as_one(catalogue: Catalogue) -> None:
    line = AnswerWriter(catalogue.policies, catalogue.texts).source(
        card_of(catalogue, "DY-PENSIONPAY-2021")
    )
    assert line.startswith("依据：德阳市人社局2021年6月28日工作报告“")
    assert "《" not in line
