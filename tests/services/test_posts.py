from __future__ import annotations

import pytest

from bot.services.vacancies import posts
from bot.services.vacancies.vacancy_drafts import gaps, missing_essentials
from storage.models import Vacancy
from tests.chat import City


def unsaid(city: City) -> Vacancy:
    """Return a vacancy of which only the trade is known."""
    return Vacancy(
        bureau_adcode=city.deployment.bureau_adcode, trade="包装工", title="包装工", number=1
    )


@pytest.mark.parametrize(
    ("text", "is_post"),
    [
        ("中江南华镇招平车工6名,计件4000-5500", True),
        ("急招电焊工3人 8千到1万1", True),
        ("招人", False),
        ("保安在不在，我想问一下", False),
        ("我要报名的人的名单在哪里看", False),
    ],
)
def test_a_post_is_told_from_other_words(city: City, text: str, is_post: bool) -> None:
    reading = posts.read_post(city.deployment, text)
    assert posts.looks_like_post(text, reading) is is_post


@pytest.mark.parametrize(
    ("words", "trade"),
    [("夜间哄娃师", "育婴员"), ("缝衣服的", "缝纫工"), ("扫地的", "保洁员"), ("烧饭的", "厨师")],
)
def test_unknown_words_get_the_nearest_known_trades(city: City, words: str, trade: str) -> None:
    nearest = posts.nearest_trades(city.deployment, words)
    assert trade in nearest
    assert len(nearest) <= 3


def test_words_like_no_trade_get_none(city: City) -> None:
    assert posts.nearest_trades(city.deployment, "😀😀😀") == []


def test_several_corrections_stand_in_one_message(city: City) -> None:
    found, unread = posts.corrections_in(
        city.deployment, unsaid(city), "工资 4500-5500，人数 8；住宿 有\n老板人好"
    )
    assert [correction.field for correction in found] == ["wage", "headcount", "lodging"]
    assert unread == ["老板人好"]


def test_gaps_and_essentials_are_what_was_not_said(city: City) -> None:
    vacancy = unsaid(city)
    assert missing_essentials(vacancy) == ["place", "wage"]
    assert gaps(vacancy) == ["headcount", "board", "lodging", "payday", "hours"]


def test_the_minimum_wage_of_an_unknown_place_is_unknown(city: City) -> None:
    assert posts.minimum_wage_of(city.deployment, unsaid(city)) is None
