"""Answers made of the cards' own lines: source named, nothing promised, nothing invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from content.benefits.profile_reading import ProfileReader
from content.benefits.verdicts import Verdict, assess
from content.catalogue import Catalogue
from content.policies.answer_lines import AnswerWriter, Asked
from content.policies.cards import PolicyCard, ReviewStatus
from content.policies.library import PolicyLibrary

ON = date(2026, 11, 20)
WORKER: dict[str, object] = {
    "jurisdiction": "CQ",
    "as_of": "2017-06-01",
    "birth": "1981-09-14",
    "hukou": "rural",
    "categories": ["建档立卡"],
    "trip": {
        "mode": "train_hard_seat",
        "price": 198.5,
        "from_county": "500229",
        "to_county": "440307",
    },
}


def card_of(catalogue: Catalogue, mechanism: str, city: str) -> PolicyCard:
    card = catalogue.policies.by_mechanism(mechanism, city, ON)
    assert card is not None
    return card


def asked(*cards: PolicyCard, **others: object) -> Asked:
    plain = Asked("车票报不报", "CQ", ON, cards, frozenset(), handoff=False, reason="answered")
    return replace(plain, **others)  # type: ignore[arg-type]  # each test names its own fields


def verdict(catalogue: Catalogue, **others: object) -> Verdict:
    profile = ProfileReader(catalogue.places).read({**WORKER, **others}, today=ON)
    found = assess(profile, catalogue.benefits).of("transport_subsidy")
    assert found is not None
    return found


def with_status(catalogue: Catalogue, card: PolicyCard, status: ReviewStatus) -> AnswerWriter:
    """A writer whose library holds the card as somebody reviewed it."""
    own = catalogue.policies
    library = PolicyLibrary(
        [replace(card, status=status)],
        own.documents,
        jurisdictions=own.jurisdictions,
        mechanisms=own.mechanisms,
    )
    return AnswerWriter(library, catalogue.texts)


@pytest.fixture
def writer(catalogue: Catalogue) -> AnswerWriter:
    return AnswerWriter(catalogue.policies, catalogue.texts)


@pytest.fixture
def transport(catalogue: Catalogue) -> PolicyCard:
    return card_of(catalogue, "P-TRANSPORT", "CQ")


def test_an_answer_begins_with_the_short_lines_and_ends_with_the_source(
    writer: AnswerWriter, transport: PolicyCard
) -> None:
    lines = writer.lines(asked(transport))
    assert lines[: len(transport.chat)] == transport.chat
    assert lines[-1] == "依据：渝人社发〔2016〕295号第3条，2016年，待核，局里还没核对。"


def test_every_card_names_document_year_and_status(
    catalogue: Catalogue, writer: AnswerWriter
) -> None:
    for card in catalogue.policies.cards():
        line = writer.source(card)
        document = catalogue.policies.document_of(card)
        assert document.name in line
        assert f"{document.year or card.valid_from.year}年" in line
        assert card.clause in line
        assert "待核" in line


def test_the_line_of_the_full_page_that_the_question_needs_is_added(
    writer: AnswerWriter, transport: PolicyCard
) -> None:
    lines = writer.lines(asked(transport, question="硬卧算不算硬席"))
    assert any("硬卧" in line for line in lines)
    assert not any("硬卧" in line for line in writer.lines(asked(transport)))


def test_each_city_speaks_for_itself_where_the_city_is_unknown(
    catalogue: Catalogue, writer: AnswerWriter
) -> None:
    cards = [card_of(catalogue, "P-PWJ", city) for city in ("CQ", "DY")]
    lines = writer.lines(asked(*cards, jurisdiction=None))
    assert lines[0] == "重庆市："
    assert "德阳市：" in lines
    assert [line for line in lines if line.startswith("依据")] == [
        writer.source(card) for card in cards
    ]


def test_an_unreviewed_card_never_says_that_one_may_be_entitled(
    catalogue: Catalogue, writer: AnswerWriter, transport: PolicyCard
) -> None:
    verdicts = {"P-TRANSPORT": verdict(catalogue)}
    lines = writer.lines(asked(transport, verdicts=verdicts))
    assert not any("可能符合" in line for line in lines)
    assert any("还没核对，您的情况" in line and "审核" in line for line in lines)


def test_in_the_demo_an_unreviewed_card_may_say_it_and_the_sum(
    catalogue: Catalogue, transport: PolicyCard
) -> None:
    trusting = AnswerWriter(catalogue.policies, catalogue.texts, trusts_unreviewed=True)
    lines = trusting.lines(asked(transport, verdicts={"P-TRANSPORT": verdict(catalogue)}))
    assert any("您可能符合" in line and "审核" in line for line in lines)
    assert "照文件算是198.50元，审核了才作数。" in lines


def test_a_card_in_force_may_say_it_and_a_historic_one_may_not(
    catalogue: Catalogue, transport: PolicyCard
) -> None:
    said = {}
    for status in ReviewStatus:
        card = replace(transport, status=status)
        lines = with_status(catalogue, transport, status).lines(
            asked(card, verdicts={"P-TRANSPORT": verdict(catalogue)})
        )
        said[status] = any("可能符合" in line for line in lines)
    assert said == {
        ReviewStatus.VALID: True,
        ReviewStatus.HISTORIC: False,
        ReviewStatus.UNREVIEWED: False,
    }


def test_a_verdict_gives_its_reasons(
    catalogue: Catalogue, writer: AnswerWriter, transport: PolicyCard
) -> None:
    by_air = verdict(catalogue, trip={**dict(WORKER["trip"]), "mode": "plane"})  # type: ignore[call-overload]  # a mapping
    lines = writer.lines(asked(transport, verdicts={"P-TRANSPORT": by_air}))
    assert any("不符合" in line for line in lines)
    assert catalogue.texts.render("benefits.reason.trip_mode", "zh") in lines


def test_one_missing_fact_is_asked_for(
    catalogue: Catalogue, writer: AnswerWriter, transport: PolicyCard
) -> None:
    unknown = verdict(catalogue, trip={**dict(WORKER["trip"]), "mode": None, "price": None})  # type: ignore[call-overload]  # a mapping
    assert len(unknown.missing) >= 2
    lines = writer.lines(asked(transport, verdicts={"P-TRANSPORT": unknown}))
    assert len([line for line in lines if line.endswith("？")]) == 1


def test_what_the_clause_leaves_out_is_said(catalogue: Catalogue, writer: AnswerWriter) -> None:
    card = card_of(catalogue, "P-TRAINALLOW", "DY")
    asks = frozenset({"amount"})
    lines = writer.lines(asked(card, jurisdiction="DY", asks=asks, handoff=True, reason="left_out"))
    assert "具体多少钱，这一条没有写，不能乱说。" in lines
    assert any("转给干部" in line for line in lines)


@pytest.mark.parametrize(
    "reason",
    ["no_clause", "other_city", "city_unknown", "not_understood", "grievance"],
)
def test_a_refusal_names_what_was_searched_and_hands_over(
    writer: AnswerWriter, reason: str
) -> None:
    city = None if reason == "city_unknown" else "DY"
    lines = writer.lines(asked(jurisdiction=city, handoff=True, reason=reason))
    assert any("转给干部" in line for line in lines)
    assert lines[-1].startswith("查过：德阳市人社局2021年6月28日工作报告，")
    assert "2021年，待核" in lines[-1]


def test_a_matter_of_others_is_named_by_its_item(writer: AnswerWriter) -> None:
    lines = writer.lines(asked(item="11", handoff=True, reason="no_clause"))
    assert lines[0].startswith("渝人社发〔2016〕295号第11条讲到这件事")


def test_no_line_repeats(catalogue: Catalogue, writer: AnswerWriter) -> None:
    for card in catalogue.policies.cards():
        everything = "".join(card.full())
        lines = writer.lines(asked(card, question=everything, asks=frozenset({"amount", "place"})))
        assert len(lines) == len(set(lines))


def test_english_sentences_stand_around_the_cards_lines(
    catalogue: Catalogue, transport: PolicyCard
) -> None:
    lines = AnswerWriter(catalogue.policies, catalogue.texts, "en").lines(asked(transport))
    assert lines[0] == transport.chat[0]
    assert lines[-1].startswith("Source: 渝人社发〔2016〕295号, item 3")
