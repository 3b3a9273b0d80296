"""Questions told as a story of somebody's life, in which no policy is named."""

from __future__ import annotations

import pytest

from bot.understanding.policy_questions import Reason
from bot.understanding.policy_questions.clauses import LONGEST, MOST_CLAUSES, clauses
from bot.understanding.policy_questions.situations import SituationIndex
from content.catalogue import Catalogue
from tests.understanding.policy_questions.labelled import Find

IDLE_TALK = "我们院子头的人都走完了,昨天落大雨,妹儿你慢慢听哈,"


@pytest.fixture(scope="module")
def situations(catalogue: Catalogue) -> SituationIndex:
    return SituationIndex(catalogue.question_words)


def test_a_story_is_parted_at_its_stops_and_neighbours_are_kept_together() -> None:
    assert clauses("屋头养了三头猪,昨天又落大雨,想问个事情哈") == (
        "屋头养了三头猪",
        "昨天又落大雨",
        "想问个事情哈",
        "屋头养了三头猪昨天又落大雨",
        "昨天又落大雨想问个事情哈",
    )


def test_a_voice_without_stops_is_parted_by_length() -> None:
    parts = clauses("啊" * (LONGEST * 2))
    assert parts == ("啊" * LONGEST, "啊" * LONGEST)


def test_a_short_question_has_no_parts() -> None:
    assert clauses("车票报不报") == ()


def test_what_is_pasted_behind_a_story_costs_nothing() -> None:
    assert len(clauses("今天天气好得很," * 500)) == MOST_CLAUSES * 2 - 1


def test_the_life_told_points_to_the_matter_that_is_not_named(find: Find) -> None:
    assert find("我五十八了厂里不要,村头有没得扫路守林子的活", "DY").mechanisms == ("P-PWJ",)


def test_idle_talk_around_a_question_hides_it_not(find: Find) -> None:
    assert find(f"{IDLE_TALK}雨露计划一年给好多", "CQ").mechanisms == ("P-YULU",)


def test_idle_talk_alone_is_not_understood(find: Find) -> None:
    found = find(IDLE_TALK, "CQ")
    assert (found.mechanisms, found.reason) == ((), Reason.NOT_UNDERSTOOD)


def test_circumstances_are_known_by_any_of_their_words(situations: SituationIndex) -> None:
    assert {"村里", "公益活"} <= situations.told("村头守林子")


def test_more_circumstances_count_more(situations: SituationIndex, catalogue: Catalogue) -> None:
    at = [topic.id for topic in catalogue.question_words.topics].index("P-PWJ")
    two, three = situations.scores("村头守林子")[at], situations.scores("年纪大,村头守林子")[at]
    assert 0 < two < three


def test_nothing_told_fits_nothing(situations: SituationIndex) -> None:
    assert not situations.scores("").any()
